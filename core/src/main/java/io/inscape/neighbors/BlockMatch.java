package io.inscape.neighbors;

import java.util.Arrays;

/// Compares the rows of one block with those of another and lets both sides know. One thread's
/// scratch: not to be shared.
final class BlockMatch {
  private static final int ROWS = NeighborKernels.ROWS;

  private final BlockedRows left;
  private final BlockedRows right;
  private float[] around = new float[0]; // [active row * cols + col]
  private float[] half = new float[0];
  private float[] limit = new float[0];
  private double[] wrong = new double[0];
  private int[] active = new int[0];
  private final double[] panelLength = new double[NeighborKernels.PANEL];
  private final float[] products = new float[ROWS * NeighborKernels.PANEL];
  private final long[] hits = new long[2 * ROWS];
  private final float[] sums = new float[NeighborKernels.SUMS];
  private int count;
  private double longest;

  BlockMatch(BlockedRows left, BlockedRows right) {
    this.left = left;
    this.right = right;
  }

  /// Compares.
  ///
  /// @param block of the left rows
  /// @param candidates of its rows
  /// @param other block of the right rows
  /// @param otherCandidates of its rows, or the same as `candidates` if their rows learn nothing
  /// @param same whether both blocks are the same rows: then none is its own neighbour
  void compare(
      int block, Candidates candidates, int other, Candidates otherCandidates, boolean same) {
    boolean both = candidates != otherCandidates;
    double widest = both ? widest(otherCandidates) : 0;
    if (!gather(block, candidates, other, widest)) {
      return;
    }
    NeighborKernels.Panel[] panels = right.panels(other);
    for (int p = 0; p < panels.length; p++) {
      NeighborKernels.Panel panel = panels[p];
      int first = p * NeighborKernels.PANEL;
      if (both) {
        limits(panel, first, otherCandidates);
      }
      for (int at = 0; at < count; at += ROWS) {
        if (NeighborKernels.filter(around, at, right.cols, half, limit, panel, hits, products)) {
          for (int r = 0; r < ROWS && at + r < count; r++) {
            int row = active[at + r];
            int position = left.start(block) + row;
            int otherFirst = right.start(other) + first;
            long seen = hits[r];
            if (same && position >= otherFirst && position < otherFirst + NeighborKernels.PANEL) {
              seen &= ~(1L << (position - otherFirst));
            }
            take(candidates, at + r, row, seen, otherFirst, r);
            if (both) {
              give(otherCandidates, panel, hits[ROWS + r], first, position, r);
            }
          }
        }
      }
    }
  }

  private void take(Candidates candidates, int at, int row, long seen, int otherFirst, int r) {
    for (long left = seen; left != 0; left &= left - 1) {
      int slot = Long.numberOfTrailingZeros(left);
      double squared = -2.0 * products[r * NeighborKernels.PANEL + slot];
      if (candidates.add(row, otherFirst + slot, squared, wrong[at])) {
        limit[at] = limit(candidates.reach(row), wrong[at]);
      }
    }
  }

  private void give(
      Candidates candidates,
      NeighborKernels.Panel panel,
      long seen,
      int first,
      int position,
      int r) {
    for (long left = seen; left != 0; left &= left - 1) {
      int slot = Long.numberOfTrailingZeros(left);
      double squared = -2.0 * products[r * NeighborKernels.PANEL + slot];
      double error = panelLength[slot];
      if (candidates.add(first + slot, position, squared, error)) {
        panel.limit[slot] = limit(candidates.reach(first + slot), error);
      }
    }
  }

  private static double widest(Candidates candidates) {
    double widest = 0;
    for (int row = 0; row < candidates.size(); row++) {
      widest = Math.max(widest, candidates.reach(row));
    }
    return widest;
  }

  /// Puts the left rows that may matter around the other block's centre.
  private boolean gather(int block, Candidates candidates, int other, double widest) {
    int size = candidates.size();
    grow(size);
    double radius = right.radius(other);
    double slack = right.slack();
    count = 0;
    longest = 0;
    for (int row = 0; row < size; row++) {
      double squared =
          right.around(other, left, left.start(block) + row, around, count * right.cols, sums);
      double length = Math.sqrt(squared);
      double least = (length / slack - radius * slack) / slack;
      if (least > 0 && least * least > Math.max(candidates.reach(row), widest) * slack + 1e-30) {
        continue;
      }
      active[count] = row;
      half[count] = (float) (squared / -2);
      wrong[count] = right.error(length, radius);
      limit[count] = limit(candidates.reach(row), wrong[count]);
      longest = Math.max(longest, length);
      count++;
    }
    int padded = Math.ceilDiv(count, ROWS) * ROWS;
    Arrays.fill(around, count * right.cols, padded * right.cols, 0);
    Arrays.fill(half, count, padded, Float.NEGATIVE_INFINITY);
    Arrays.fill(limit, count, padded, Float.POSITIVE_INFINITY);
    return count > 0;
  }

  private void grow(int size) {
    int padded = size + ROWS;
    if (half.length < padded) {
      around = new float[padded * right.cols];
      half = new float[padded];
      limit = new float[padded];
      wrong = new double[padded];
      active = new int[padded];
    }
  }

  private void limits(NeighborKernels.Panel panel, int first, Candidates candidates) {
    int present = Math.min(NeighborKernels.PANEL, candidates.size() - first);
    for (int slot = 0; slot < present; slot++) {
      panelLength[slot] = right.error(Math.sqrt(-2.0 * panel.half[slot]), longest);
      panel.limit[slot] = limit(candidates.reach(first + slot), panelLength[slot]);
    }
  }

  /// The least half negative squared distance of interest.
  private static float limit(double reach, double wrong) {
    return reach == Double.POSITIVE_INFINITY
        ? -Float.MAX_VALUE
        : Math.nextDown((float) ((reach + wrong) * -0.5));
  }
}
