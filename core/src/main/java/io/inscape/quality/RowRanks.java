package io.inscape.quality;

import java.util.Arrays;

/// The distances of one row to the references in one space: who is nearest, and who comes how far
/// down. Exact: what the float distances leave open is settled in double, equal distances are
/// ordered by observation number.
///
/// To be used by one thread.
final class RowRanks {
  private static final int SCANNED = 512; // references at a time

  private final Space space;
  private final int[] order;
  private final int references;
  private final int k;
  private final float[] heap; // the k smallest seen, largest on top
  private final double[] exact; // NaN where not asked for yet
  private final double[] best;
  private final int[] nearest;
  private final int[] candidates;
  private float[] distances = {};
  private Space.Exact settled = _ -> Double.NaN;
  private int at;
  private int row;

  RowRanks(Space space, int[] order, int references, int k) {
    this.space = space;
    this.order = order;
    this.references = references;
    this.k = k;
    heap = new float[k];
    exact = new double[references];
    best = new double[k];
    nearest = new int[k];
    candidates = new int[2 * k + 64];
  }

  /// Turns to a row. Its distance to itself, if it is a reference, is set to infinity.
  void look(int row, float[] distances, int at) {
    this.row = row;
    this.distances = distances;
    this.at = at;
    if (row < references) {
      distances[at + row] = Float.POSITIVE_INFINITY;
    }
    Arrays.fill(exact, Double.NaN);
    settled = space.exact(row);
    select();
  }

  /// The k nearest, nearest first, by reference number; valid until the next look.
  int[] nearest() {
    return nearest;
  }

  /// The rank of a reference, 1 for the nearest.
  int rank(int target) {
    float value = distances[at + target];
    float margin = 2.1f * space.margin(row, value);
    float low = Math.nextDown(value - margin);
    float high = Math.nextUp(value + margin);
    float above = Math.nextUp(high);
    int rank = 1;
    for (int from = 0; from < references; from += SCANNED) {
      int to = Math.min(references, from + SCANNED);
      int clear = QualityKernels.countBelow(distances, at + from, at + to, low);
      int open = QualityKernels.countBelow(distances, at + from, at + to, above) - clear;
      rank += clear;
      if (open > (target >= from && target < to ? 1 : 0)) { // not only the target in between
        rank += nearer(target, from, to, low, high);
      }
    }
    return rank;
  }

  /// How many of the references [from, to) that are too close to call come before one.
  private int nearer(int target, int from, int to, float low, float high) {
    int nearer = 0;
    for (int other = from; other < to; other++) {
      float there = distances[at + other];
      if (there >= low && there <= high && other != target && isBefore(other, target, true)) {
        nearer++;
      }
    }
    return nearer;
  }

  private double exact(int other) {
    if (Double.isNaN(exact[other])) {
      exact[other] = settled.to(other);
    }
    return exact[other];
  }

  private void select() {
    float limit = kthSmallest();
    // Whoever is among the k nearest is within the margin of the k-th, and both may be off.
    float cut = Math.nextUp(limit + 2.1f * space.margin(row, limit));
    int found = 0;
    for (int other = 0; other < references; other++) {
      if (distances[at + other] <= cut && other != row) {
        if (found == candidates.length) {
          selectAmongMany(cut);
          return;
        }
        candidates[found++] = other;
      }
    }
    sort(0, found, false);
    for (int from = 0; from < k; ) {
      int to = from + 1;
      while (to < found && isOpen(candidates[to - 1], candidates[to])) {
        to++;
      }
      if (to > from + 1) {
        sort(from, to, true);
      }
      from = to;
    }
    System.arraycopy(candidates, 0, nearest, 0, k);
  }

  private boolean isOpen(int nearer, int farther) {
    float distance = distances[at + farther];
    return distance - distances[at + nearer] <= 2.1f * space.margin(row, distance);
  }

  /// Sorts some candidates, by exact distances and number or by the float ones.
  private void sort(int from, int to, boolean exactly) {
    for (int next = from + 1; next < to; next++) {
      int moved = candidates[next];
      int hole = next;
      while (hole > from && isBefore(moved, candidates[hole - 1], exactly)) {
        candidates[hole] = candidates[hole - 1];
        hole--;
      }
      candidates[hole] = moved;
    }
  }

  private boolean isBefore(int one, int other, boolean exactly) {
    if (!exactly) {
      return distances[at + one] < distances[at + other];
    }
    double difference = exact(one) - exact(other);
    return difference < 0 || (difference == 0 && order[one] < order[other]);
  }

  /// For so many equal distances that a list of all would take long to sort.
  private void selectAmongMany(float cut) {
    int found = 0;
    for (int other = 0; other < references; other++) {
      if (distances[at + other] <= cut && other != row) {
        found = insert(found, exact(other), other);
      }
    }
  }

  private int insert(int found, double distance, int other) {
    if (found == k && !comesBefore(distance, other, k - 1)) {
      return found;
    }
    int place = Math.min(found, k - 1);
    while (place > 0 && comesBefore(distance, other, place - 1)) {
      best[place] = best[place - 1];
      nearest[place] = nearest[place - 1];
      place--;
    }
    best[place] = distance;
    nearest[place] = other;
    return Math.min(found + 1, k);
  }

  private boolean comesBefore(double distance, int other, int place) {
    return distance < best[place]
        || (distance == best[place] && order[other] < order[nearest[place]]);
  }

  private float kthSmallest() {
    Arrays.fill(heap, Float.POSITIVE_INFINITY);
    for (int other = 0; other < references; other++) {
      if (distances[at + other] < heap[0]) {
        replaceLargest(distances[at + other]);
      }
    }
    return heap[0];
  }

  private void replaceLargest(float value) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= k) {
        break;
      }
      if (child + 1 < k && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= value) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = value;
  }
}
