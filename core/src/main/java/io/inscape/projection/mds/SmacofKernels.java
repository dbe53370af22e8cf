package io.inscape.projection.mds;

import io.inscape.matrix.Kernels;

/// The inner loop of stress majorisation, on vectors or on its plain twin, which gives the same
/// bits. No argument is checked.
final class SmacofKernels {
  /// A distance in the layout below which it counts as this.
  static final float TINY = 1e-30f;

  private SmacofKernels() {}

  /// What all points do to sixteen of them: with `D` the dissimilarities, `d` the distances in the
  /// layout and `w` the weights, the sums over j of `w (D / d - 1) (y_i - y_j)` and of `w (D -
  /// d)^2`.
  ///
  /// Floats are summed within blocks of 256 points, the blocks in double. Equal positions pull in
  /// no direction.
  ///
  /// @param table dissimilarities, `[offset + j * stride + lane]`, at most 1
  /// @param offset where the first point's row begins
  /// @param stride distance between rows
  /// @param position one array per dimension, 2 or 3
  /// @param first the first of the sixteen points
  /// @param count number of points j
  /// @param floor 0 for weights of 1; else weights are one over the dissimilarity, at least this
  /// @param pull one array per dimension; sixteen values from `first` on are written
  /// @param stress sixteen values from `first` on are written
  static void pull(
      float[] table,
      int offset,
      int stride,
      float[][] position,
      int first,
      int count,
      float floor,
      double[][] pull,
      double[] stress) {
    if (Kernels.vectorized() && SmacofVectorKernels.fits()) {
      SmacofVectorKernels.pull(table, offset, stride, position, first, count, floor, pull, stress);
    } else {
      SmacofPlainKernels.pull(table, offset, stride, position, first, count, floor, pull, stress);
    }
  }
}
