package io.inscape.quality;

import io.inscape.matrix.Kernels;

/// The inner loops of the quality measures, on vectors or on their plain twins, which give the same
/// bits. No argument is checked.
final class QualityKernels {
  /// Sums that [#distanceSums] makes.
  static final int SUMS = 5;

  private QualityKernels() {}

  /// How many of the values in [from, to) are below a limit.
  static int countBelow(float[] values, int from, int to, float limit) {
    return Kernels.vectorized()
        ? QualityVectorKernels.countBelow(values, from, to, limit)
        : QualityPlainKernels.countBelow(values, from, to, limit);
  }

  /// Sums over pairs of squared distances in two spaces: with `D` and `d` their roots, the sums of
  /// `D^2`, `D d`, `d^2`, `D` and `d`, in this order.
  ///
  /// Sixteen float sums over blocks of 256 pairs each, the blocks in double.
  ///
  /// @param count a multiple of 16
  static void distanceSums(float[] a, float[] b, int at, int count, double[] sums) {
    if (Kernels.vectorized()) {
      QualityVectorKernels.distanceSums(a, b, at, count, sums);
    } else {
      QualityPlainKernels.distanceSums(a, b, at, count, sums);
    }
  }
}
