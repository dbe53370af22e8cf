package io.inscape.weight;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of a distribution.
///
/// @param bins of the histogram, from 1 to 4,096, of equal width
/// @param nearZero a weight counts as near zero when its size is at most this, from 0
public record DistributionParams(
    @Option(
            value = "Bins of the histogram, of equal width from the least to the greatest weight.",
            min = 1,
            max = 4096,
            unit = "bins")
        int bins,
    @Option(value = "A weight of at most this size counts as near zero.", min = 0)
        double nearZero) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public DistributionParams {
    Parameters.check(DistributionParams.class, "bins", bins);
    Parameters.check(DistributionParams.class, "nearZero", nearZero);
  }

  /// {@return 64 bins, near zero up to 0.001}
  public static DistributionParams defaults() {
    return new DistributionParams(64, 0.001);
  }

  /// A copy with another number of bins.
  ///
  /// @param changed from 1 to 4,096
  /// @return the copy
  public DistributionParams withBins(int changed) {
    return new DistributionParams(changed, nearZero);
  }

  /// A copy with another threshold.
  ///
  /// @param changed at least 0
  /// @return the copy
  public DistributionParams withNearZero(double changed) {
    return new DistributionParams(bins, changed);
  }
}
