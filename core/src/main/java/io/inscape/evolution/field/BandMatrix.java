package io.inscape.evolution.field;

import io.inscape.matrix.Workers;

/// A symmetric positive definite band matrix, and its factors L D L' once factorised.
///
/// The upper half is stored, row by row: entry (row, row + offset) at row * width + offset.
final class BandMatrix {
  private static final int PANEL = 32;
  private static final int FEWEST_TO_SHARE = 128; // below this band panels are too small to share
  private static final double LEAST_PIVOT = 1e-15; // of the greatest diagonal entry

  private final int size;
  private final int width; // entries of a row, 1 + the half band
  private final double[] entries;

  BandMatrix(int size, int halfBand) {
    this.size = size;
    this.width = halfBand + 1;
    long count = (long) size * width;
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("a band matrix of " + size + " x " + width + " is too large");
    }
    this.entries = new double[(int) count];
  }

  int size() {
    return size;
  }

  /// Adds to an entry on or above the diagonal; 0 may be added anywhere, to no effect.
  void add(int row, int col, double value) {
    if (value != 0) {
      entries[row * width + col - row] += value;
    }
  }

  /// Factorises in place. Row k then holds D_k and, behind it, D_k times the entries of L'.
  ///
  /// A pivot that rounding has made too small or negative is raised to a least one: the factors are
  /// then those of a nearby matrix, good enough for a preconditioner.
  void factorize(Workers workers) {
    double greatest = 0;
    for (int row = 0; row < size; row++) {
      greatest = Math.max(greatest, entries[row * width]);
    }
    double least = LEAST_PIVOT * greatest;
    boolean shared = width > FEWEST_TO_SHARE;
    for (int panel = 0; panel < size; panel += PANEL) {
      int start = panel;
      int end = Math.min(size, panel + PANEL);
      if (shared) {
        workers.forEachChunk(
            end - start,
            1,
            (_, from, to) -> eliminate(start + from, start + to, rowsAbove(start + from), start));
      }
      for (int row = start; row < end; row++) {
        eliminate(row, row + 1, shared ? start : rowsAbove(row), row);
        entries[row * width] = Math.max(entries[row * width], least);
      }
    }
  }

  private int rowsAbove(int row) {
    return Math.max(0, row - width + 1);
  }

  /// Subtracts from the rows [from, to) what the pivots in [first, last) contribute.
  private void eliminate(int from, int to, int first, int last) {
    for (int row = from; row < to; row++) {
      int pivot = first;
      for (; pivot < last; pivot++) {
        int source = pivot * width;
        int offset = row - pivot;
        double factor = entries[source + offset] / entries[source];
        if (factor != 0) {
          subtract(factor, source + offset, row * width, width - offset);
        }
      }
    }
  }

  private void subtract(double factor, int source, int target, int count) {
    for (int at = 0; at < count; at++) {
      entries[target + at] -= factor * entries[source + at];
    }
  }

  /// Solves for one right side, given the factors.
  ///
  /// @param right the right side, which becomes the solution
  void solve(double[] right) {
    for (int row = 0; row < size; row++) {
      int at = row * width;
      double share = right[row] / entries[at];
      int count = Math.min(width, size - row);
      for (int offset = 1; offset < count; offset++) {
        right[row + offset] -= share * entries[at + offset];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      int at = row * width;
      int count = Math.min(width, size - row);
      double sum = 0;
      for (int offset = 1; offset < count; offset++) {
        sum += entries[at + offset] * right[row + offset];
      }
      right[row] = (right[row] - sum) / entries[at];
    }
  }
}
