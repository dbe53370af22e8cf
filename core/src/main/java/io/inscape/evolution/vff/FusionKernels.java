package io.inscape.evolution.vff;

import io.inscape.matrix.Kernels;

/// The inner loops of Visual Feature Fusion, on vectors or on their plain twins, which give the
/// same bits. No argument is checked.
///
/// Distances and their reciprocals come from one reciprocal root: an estimate by the bits of the
/// exponent, then three steps of Newton's method. It is within 3e-7 of the true value, and takes
/// less time than a root and a division, which wait for each other on one unit of the processor.
/// Squared distances below 1e-30 count as that.
final class FusionKernels {
  /// Squared distance in a layout below which it counts as this.
  static final float TINY = 1e-30f;

  /// The bits from which half the bits of a number are taken to estimate its reciprocal root.
  static final int MAGIC = 0x5f3759df;

  private static final boolean VECTOR = Kernels.vectorized() && FusionVectorKernels.fits();

  private FusionKernels() {}

  /// How far the distances of one step's layout are from its data: sums of `(D - d)^2` and of `(D /
  /// d - 1) (y_i - y_j)` over the block's range; also adds what this step contributes to the wanted
  /// distances.
  ///
  /// @param table dissimilarities, `[j * 16 + lane]`
  /// @param scale factor on them
  /// @param position `[dim][point]` of this step
  /// @param distanceShare factor on `d` in the wanted distances
  /// @param dataShare factor on `D` in the wanted distances
  /// @param block its `wanted` is added to, its `sums` are written
  static void stress(
      float[] table,
      float scale,
      float[][] position,
      float distanceShare,
      float dataShare,
      Block block) {
    if (VECTOR) {
      FusionVectorKernels.stress(table, scale, position, distanceShare, dataShare, block);
    } else {
      FusionPlainKernels.stress(table, scale, position, distanceShare, dataShare, block);
    }
  }

  /// How far one step's points are from where the mean positions want them: with `e` the distance
  /// of point i from the mean position `m_j`, sums of `(wanted - e)^2` and of `(wanted / e - 1)
  /// (y_i - m_j)` over the block's range.
  ///
  /// @param position `[dim][point]` of this step
  /// @param mean `[dim][point]`
  /// @param block its `sums` are written
  static void alignment(float[][] position, float[][] mean, Block block) {
    if (VECTOR) {
      FusionVectorKernels.alignment(position, mean, block);
    } else {
      FusionPlainKernels.alignment(position, mean, block);
    }
  }

  /// Sets the wanted distances to those between mean positions.
  ///
  /// @param mean `[dim][point]`
  /// @param block its `wanted` is written
  static void between(float[][] mean, Block block) {
    if (VECTOR) {
      FusionVectorKernels.between(mean, block);
    } else {
      FusionPlainKernels.between(mean, block);
    }
  }
}
