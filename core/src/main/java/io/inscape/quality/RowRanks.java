package io.inscape.quality;

import java.util.Arrays;

/// The distances of one row to the references in one space: who is nearest, and who comes how far
/// down. Exact: what the float distances leave open is settled in double, equal distances are
/// ordered by observation number.
///
/// To be used by one thread.
final class RowRanks {
  private final Space space;
  private final int[] order;
  private final int references;
  private final int k;
  private final float[] heap; // the k smallest seen, largest on top
  private final double[] exact; // NaN where not asked for yet
  private final double[] best;
  private final int[] nearest;
  private float[] distances = {};
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
    int clear = QualityKernels.countBelow(distances, at, at + references, low);
    int open = QualityKernels.countBelow(distances, at, at + references, Math.nextUp(high));
    int rank = 1 + clear;
    if (open == clear + 1) {
      return rank; // only the target itself is in between
    }
    double distance = exact(target);
    for (int other = 0; other < references; other++) {
      float there = distances[at + other];
      if (there >= low && there <= high && other != target) {
        double one = exact(other);
        if (one < distance || (one == distance && order[other] < order[target])) {
          rank++;
        }
      }
    }
    return rank;
  }

  private double exact(int other) {
    if (Double.isNaN(exact[other])) {
      exact[other] = space.exact(row, other);
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
