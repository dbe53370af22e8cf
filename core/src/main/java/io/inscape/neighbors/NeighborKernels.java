package io.inscape.neighbors;

import io.inscape.matrix.Kernels;

/// The inner loops of the search. With the module `jdk.incubator.vector` they run on vectors, else
/// on their plain twins; both give the same bits. No argument is checked.
final class NeighborKernels {
  /// Rows of a packed panel.
  static final int PANEL = 64;

  /// Rows of a register block; blocks of rows are padded to a multiple of this.
  static final int ROWS = 6;

  /// Partial sums of a squared length.
  static final int SUMS = 16;

  private NeighborKernels() {}

  /// Half the negative squared distances `xy - |x|^2 / 2 - |y|^2 / 2` of six rows to the rows of a
  /// panel, and who of them reaches a limit.
  ///
  /// @param a row-major values of `depth` columns
  /// @param row first of the six rows
  /// @param depth columns
  /// @param half half the negative squared length of every row of `a`, negative infinity for
  ///   padding
  /// @param limit least value of interest for every row of `a`
  /// @param panel the packed rows
  /// @param hits receives six bit sets for the limits of the rows, then six for those of the panel;
  ///   untouched if there is no hit
  /// @param out receives `[row * PANEL + packed row]`; what is written where no bit is set means
  ///   nothing
  /// @return whether there is any hit
  static boolean filter(
      float[] a,
      int row,
      int depth,
      float[] half,
      float[] limit,
      Panel panel,
      long[] hits,
      float[] out) {
    return Kernels.vectorized()
        ? NeighborVectorKernels.filter(a, row, depth, half, limit, panel, hits, out)
        : NeighborPlainKernels.filter(a, row, depth, half, limit, panel, hits, out);
  }

  /// A row scaled and less a centre.
  ///
  /// @param values the row
  /// @param offset where it begins
  /// @param scale a power of two
  /// @param centre what is taken off after scaling
  /// @param centreOffset where it begins
  /// @param length columns
  /// @param out receives the result
  /// @param target where it begins
  /// @param sums scratch of `SUMS` values
  /// @return the squared length of the result, in float with `SUMS` partial sums
  static double centre(
      float[] values,
      int offset,
      float scale,
      float[] centre,
      int centreOffset,
      int length,
      float[] out,
      int target,
      float[] sums) {
    return Kernels.vectorized()
        ? NeighborVectorKernels.centre(
            values, offset, scale, centre, centreOffset, length, out, target, sums)
        : NeighborPlainKernels.centre(
            values, offset, scale, centre, centreOffset, length, out, target, sums);
  }

  /// Up to `PANEL` rows side by side, so that one vector holds one column of several rows.
  static final class Panel {
    /// `[col * PANEL + packed row]`.
    final float[] values;

    /// Half the negative squared length of every packed row, negative infinity for padding.
    final float[] half = new float[PANEL];

    /// Least value of interest for every packed row; changes as the search goes on.
    final float[] limit = new float[PANEL];

    Panel(int depth) {
      values = new float[depth * PANEL];
      java.util.Arrays.fill(half, Float.NEGATIVE_INFINITY);
      java.util.Arrays.fill(limit, Float.POSITIVE_INFINITY);
    }
  }
}
