package io.inscape.neighbors;

import java.util.Arrays;

/// Who may be among the k nearest of each row of one block, so far.
///
/// A candidate comes with an upper bound of its squared distance and the largest error of that;
/// when a row's list is full, those that cannot be among the k nearest are dropped, and if that
/// does not make room, exact distances decide.
final class Candidates {
  private static final int ROOM = NeighborKernels.PANEL; // what one panel may add at once

  private final BlockedRows rows;
  private final BlockedRows others;
  private final int start;
  private final int k;
  private final int capacity;
  private final float[] upper; // [row * capacity + slot]
  private final int[] who; // [row * capacity + slot], positions in the others
  private final int[] count;
  private final int[] compacted; // the count after the last time
  private final float[] reach;
  private final float[] error;
  private final float[] scratch;
  private final int[] scratchWho;
  private final double[] exact;

  Candidates(BlockedRows rows, int block, BlockedRows others, int k) {
    this.rows = rows;
    this.others = others;
    this.k = k;
    start = rows.start(block);
    int size = rows.start(block + 1) - start;
    capacity = k + Math.max(k, ROOM) + ROOM;
    upper = new float[size * capacity];
    who = new int[size * capacity];
    count = new int[size];
    compacted = new int[size];
    reach = new float[size];
    Arrays.fill(reach, Float.POSITIVE_INFINITY);
    error = new float[size];
    scratch = new float[capacity];
    scratchWho = new int[capacity];
    exact = new double[capacity];
  }

  int size() {
    return count.length;
  }

  /// {@return an upper bound of the squared distance of a row's k-th neighbour, infinite as long as
  /// nothing is known}
  float reach(int row) {
    return reach[row];
  }

  /// Takes a candidate in.
  ///
  /// @param row in the block
  /// @param position of the candidate
  /// @param squared its approximate squared distance
  /// @param wrong how far that can be from the exact one
  /// @return whether the row's reach may have changed
  boolean add(int row, int position, double squared, double wrong) {
    int at = row * capacity + count[row]++;
    upper[at] = Math.nextUp((float) (squared + wrong));
    who[at] = position;
    error[row] = Math.max(error[row], Math.nextUp((float) wrong));
    if (count[row] == capacity) {
      compact(row);
      return true;
    }
    return false;
  }

  /// Learns the reach of every row that has k candidates, and enough new ones to be worth it.
  void compactAll() {
    for (int row = 0; row < count.length; row++) {
      if (count[row] >= k && count[row] - compacted[row] > k / 8) {
        compact(row);
      }
    }
  }

  private void compact(int row) {
    int from = row * capacity;
    int found = count[row];
    System.arraycopy(upper, from, scratch, 0, found);
    System.arraycopy(who, from, scratchWho, 0, found);
    Select.partition(scratch, scratchWho, 0, found, k - 1);
    reach[row] = Math.min(reach[row], scratch[k - 1]);
    double farthest = reach[row] + 2.0 * error[row];
    int kept = 0;
    for (int slot = 0; slot < found; slot++) {
      if (slot < k || scratch[slot] * (1 - 1e-6) <= farthest) {
        upper[from + kept] = scratch[slot];
        who[from + kept++] = scratchWho[slot];
      }
    }
    count[row] = kept;
    compacted[row] = kept;
    if (kept > capacity - ROOM) {
      settle(row);
    }
  }

  /// Keeps the k nearest by exact distances.
  private void settle(int row) {
    int from = row * capacity;
    sortExactly(row);
    count[row] = k;
    compacted[row] = k;
    double scale = (double) rows.scale * rows.scale;
    for (int slot = 0; slot < k; slot++) {
      upper[from + slot] = Math.nextUp((float) (exact[slot] * scale));
      who[from + slot] = others.position(scratchWho[slot]);
    }
    error[row] = 0;
    reach[row] = Math.min(reach[row], upper[from + k - 1]);
  }

  /// Sorts a row's candidates by exact distance and number in the matrix: `exact` and `scratchWho`.
  private void sortExactly(int row) {
    int from = row * capacity;
    for (int slot = 0; slot < count[row]; slot++) {
      exact[slot] = rows.exact(start + row, others, who[from + slot]);
      scratchWho[slot] = others.row(who[from + slot]);
    }
    Select.sort(exact, scratchWho, count[row]);
  }

  /// Writes the k nearest of every row.
  ///
  /// @param index `[row of the matrix * k + neighbor]`
  /// @param distance the same
  /// @param metric what distances mean
  void finish(int[] index, float[] distance, Metric metric) {
    for (int row = 0; row < count.length; row++) {
      compact(row);
      sortExactly(row);
      int target = rows.row(start + row) * k;
      for (int slot = 0; slot < k; slot++) {
        index[target + slot] = scratchWho[slot];
        distance[target + slot] = metric.fromSquared(exact[slot]);
      }
    }
  }
}
