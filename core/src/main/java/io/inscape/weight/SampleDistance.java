package io.inscape.weight;

import io.inscape.matrix.Workers;

/// How far the distributions of two tensors are apart, exactly, on all their weights.
///
/// @param kolmogorovSmirnov the greatest difference of the two shares of weights up to some value,
///   0 to 1
/// @param wasserstein how far weights must be moved on average to turn one distribution into the
///   other (the Wasserstein-1 or earth mover's distance), in units of the weights
public record SampleDistance(double kolmogorovSmirnov, double wasserstein) {
  /// Compares two tensors. Cost: both are copied and sorted.
  ///
  /// @param one at least one weight, all finite; not modified
  /// @param other at least one weight, all finite, as many as it likes; not modified
  /// @param workers sort them
  /// @return the distances
  /// @throws IllegalArgumentException if there is no weight, or one is not finite
  public static SampleDistance of(float[] one, float[] other, Workers workers) {
    float[][] samples = {one, other};
    int[][] sorted = new int[2][];
    workers.forEachChunk(
        2,
        1,
        (which, _, _) -> {
          require(samples[which]);
          sorted[which] = RadixSort.keys(samples[which]);
        });
    return walk(sorted[0], sorted[1]);
  }

  private static void require(float[] weights) {
    if (weights.length == 0) {
      throw new IllegalArgumentException(
          "a distribution to compare needs at least 1 weight, got 0");
    }
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "distributions are compared by finite weights, got "
                + weights[i]
                + " as weight "
                + i
                + "; has the training diverged?");
      }
    }
  }

  /// One walk through both, from value to value. Shares are compared as whole numbers.
  private static SampleDistance walk(int[] a, int[] b) {
    long greatest = 0;
    double moved = 0;
    int i = 0;
    int j = 0;
    double value = RadixSort.weight(Integer.compareUnsigned(a[0], b[0]) < 0 ? a[0] : b[0]);
    while (i < a.length || j < b.length) {
      int key =
          j == b.length || (i < a.length && Integer.compareUnsigned(a[i], b[j]) < 0) ? a[i] : b[j];
      double next = RadixSort.weight(key);
      long gap = Math.abs((long) i * b.length - (long) j * a.length);
      greatest = Math.max(greatest, gap);
      moved += gap * (next - value);
      value = next;
      while (i < a.length && a[i] == key) {
        i++;
      }
      while (j < b.length && b[j] == key) {
        j++;
      }
    }
    double pairs = (double) a.length * b.length;
    return new SampleDistance(greatest / pairs, moved / pairs);
  }
}
