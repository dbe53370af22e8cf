package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of principal component analysis.
///
/// @param dimensions number of components, 2 or 3
/// @param seed starts the search for the components; the result does not depend on it beyond
///   rounding
public record PcaParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option("Seed of the random start; the components found do not depend on it beyond rounding.")
        long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public PcaParams {
    Parameters.check(PcaParams.class, "dimensions", dimensions);
  }

  /// {@return two components, seed 0}
  public static PcaParams defaults() {
    return new PcaParams(2, 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public PcaParams withDimensions(int changed) {
    return new PcaParams(changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public PcaParams withSeed(long changed) {
    return new PcaParams(dimensions, changed);
  }

  @Override
  public String method() {
    return "pca";
  }
}
