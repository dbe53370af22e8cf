package io.inscape.weight;

import io.inscape.matrix.Kernels;

/// The inner loops over weights, on vectors or on their plain twin, which gives the same bits:
/// sixteen sums side by side whatever the width of the machine's vectors. No argument is checked.
final class WeightKernels {
  /// Sums side by side.
  static final int LANES = 16;

  private WeightKernels() {}

  /// Sums up finite weights; where one is not finite, the sum is not.
  ///
  /// @param weights not modified
  /// @param from first
  /// @param to one past the last
  /// @param pilot what squares are taken about
  /// @param threshold of the sizes that count as near zero
  static Moments moments(float[] weights, int from, int to, float pilot, float threshold) {
    return Kernels.vectorized() && WeightVectorKernels.fits()
        ? WeightVectorKernels.moments(weights, from, to, pilot, threshold)
        : WeightPlainKernels.moments(weights, from, to, pilot, threshold);
  }

  /// The bins of weights: `floor(weight scale) - first`.
  ///
  /// @param scale a power of two, at least 1
  /// @param bins `[weight - from]`, written
  static void bins(float[] weights, int from, int to, float scale, int first, int[] bins) {
    if (Kernels.vectorized() && WeightVectorKernels.fits()) {
      WeightVectorKernels.bins(weights, from, to, scale, first, bins);
    } else {
      WeightPlainKernels.bins(weights, from, to, scale, first, bins);
    }
  }

  /// Takes out the weights within three ranges, in their order.
  ///
  /// @param ends least and greatest of each range, `[2 * range + end]`
  /// @param target written from 0; room for all
  /// @return how many were written
  static int take(float[] weights, int from, int to, float[] ends, float[] target) {
    return Kernels.vectorized() && WeightVectorKernels.fits()
        ? WeightVectorKernels.take(weights, from, to, ends, target)
        : WeightPlainKernels.take(weights, from, to, ends, target, 0);
  }
}
