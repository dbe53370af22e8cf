package io.inscape.neighbors;

import java.util.Arrays;

/// Offers rows to each other as neighbours. One thread's scratch: not to be shared.
final class PairJoin {
  private static final int ROWS = NeighborKernels.ROWS;
  private static final int PANEL = NeighborKernels.PANEL;

  private final float[] values;
  private final float[] squares;
  private final int cols;
  private final NeighborGraph graph;
  private final NeighborKernels.Panel panel;
  private final float[] products = new float[ROWS * PANEL];
  private final long[] hits = new long[2 * ROWS];
  private float[] gathered = new float[0];
  private float[] half = new float[0];
  private float[] limit = new float[0];
  private int[] members = new int[2 * PANEL];

  PairJoin(float[] values, float[] squares, int cols, NeighborGraph graph) {
    this.values = values;
    this.squares = squares;
    this.cols = cols;
    this.graph = graph;
    panel = new NeighborKernels.Panel(cols);
  }

  /// Compares all pairs of some rows that no other thread is looking at.
  void all(int[] rows) {
    members = rows;
    gather(rows.length);
    for (int first = 0; first < rows.length; first += PANEL) {
      int width = Math.min(PANEL, rows.length - first);
      pack(first, width);
      for (int at = 0; at < first + width; at += ROWS) {
        if (filter(at)) {
          for (int r = 0; r < ROWS && at + r < rows.length; r++) {
            meet(at + r, first, before(at + r, first), r, true);
          }
        }
      }
    }
  }

  /// Packed rows that come after a row, so that each pair is taken once.
  private static long before(int row, int first) {
    int after = row - first + 1;
    return after <= 0 ? -1 : after >= PANEL ? 0 : -1L << after;
  }

  /// Compares those that a row knows: new ones with each other and with old ones.
  void around(JoinLists lists, int row) {
    if (members.length < 2 * PANEL) {
      members = new int[2 * PANEL];
    }
    int fresh = lists.fresh(row, members, 0);
    if (fresh == 0) {
      return;
    }
    int count = fresh + lists.known(row, members, fresh);
    gather(count);
    pack(0, fresh);
    for (int at = 0; at < count; at += ROWS) {
      if (filter(at)) {
        for (int r = 0; r < ROWS && at + r < count; r++) {
          meet(at + r, 0, at + r < fresh ? before(at + r, 0) : -1, r, false);
        }
      }
    }
  }

  private boolean filter(int at) {
    return NeighborKernels.filter(gathered, at, cols, half, limit, panel, hits, products);
  }

  private void meet(int at, int first, long wanted, int r, boolean alone) {
    int row = members[at];
    for (long left = (hits[r] | hits[ROWS + r]) & wanted; left != 0; left &= left - 1) {
      int slot = Long.numberOfTrailingZeros(left);
      int other = members[first + slot];
      if (other == row) {
        continue;
      }
      float squared = Math.max(0f, -2 * products[r * PANEL + slot]);
      if (alone) {
        graph.offerAlone(row, other, squared);
        graph.offerAlone(other, row, squared);
        panel.limit[slot] = limit(other);
      } else {
        graph.offer(row, other, squared);
        graph.offer(other, row, squared);
      }
    }
    if (alone) {
      limit[at] = limit(row);
    }
  }

  private void gather(int count) {
    int padded = Math.ceilDiv(count, ROWS) * ROWS;
    if (half.length < padded) {
      gathered = new float[padded * cols];
      half = new float[padded];
      limit = new float[padded];
    }
    for (int at = 0; at < count; at++) {
      int row = members[at];
      System.arraycopy(values, row * cols, gathered, at * cols, cols);
      half[at] = squares[row];
      limit[at] = limit(row);
    }
    Arrays.fill(gathered, count * cols, padded * cols, 0);
    Arrays.fill(half, count, padded, Float.NEGATIVE_INFINITY);
    Arrays.fill(limit, count, padded, Float.POSITIVE_INFINITY);
  }

  private void pack(int first, int width) {
    for (int slot = 0; slot < width; slot++) {
      int at = (first + slot) * cols;
      for (int col = 0; col < cols; col++) {
        panel.values[col * PANEL + slot] = gathered[at + col];
      }
      panel.half[slot] = half[first + slot];
      panel.limit[slot] = limit[first + slot];
    }
    Arrays.fill(panel.half, width, PANEL, Float.NEGATIVE_INFINITY);
    Arrays.fill(panel.limit, width, PANEL, Float.POSITIVE_INFINITY);
  }

  private float limit(int row) {
    float reach = graph.reach(row);
    return reach == Float.POSITIVE_INFINITY ? -Float.MAX_VALUE : Math.nextDown(reach * -0.5f);
  }
}
