package io.inscape.neuron;

import io.inscape.matrix.Kernels;

/// The inner loops of a tree, on vectors or on their plain twin. They compare and count, so both
/// give the same bits. No argument is checked.
final class TreeKernels {
  private TreeKernels() {}

  /// The least and the greatest of some values.
  ///
  /// @param values finite
  /// @param from first
  /// @param to one past the last, above `from`
  /// @param range receives both
  static void range(float[] values, int from, int to, float[] range) {
    if (Kernels.vectorized()) {
      TreeVectorKernels.range(values, from, to, range);
    } else {
      TreePlainKernels.range(values, from, to, range);
    }
  }

  /// How many values are at most a cut.
  ///
  /// @param values finite
  /// @param from first
  /// @param to one past the last
  /// @param cut finite
  /// @return from 0 to `to - from`
  static int atMost(float[] values, int from, int to, float cut) {
    return Kernels.vectorized()
        ? TreeVectorKernels.atMost(values, from, to, cut)
        : TreePlainKernels.atMost(values, from, to, cut);
  }

  /// Fetches one unit's values of some observations.
  ///
  /// @param column values of all units
  /// @param base where the unit's begin
  /// @param rows observations
  /// @param from first of `rows` to be fetched
  /// @param to one past the last
  /// @param out receives the values
  /// @param at where the first goes
  static void gather(float[] column, int base, int[] rows, int from, int to, float[] out, int at) {
    int row = from;
    int target = at;
    for (; row + 4 <= to; row += 4, target += 4) {
      float a = column[base + rows[row]];
      float b = column[base + rows[row + 1]];
      float c = column[base + rows[row + 2]];
      float d = column[base + rows[row + 3]];
      out[target] = a;
      out[target + 1] = b;
      out[target + 2] = c;
      out[target + 3] = d;
    }
    for (; row < to; row++, target++) {
      out[target] = column[base + rows[row]];
    }
  }
}
