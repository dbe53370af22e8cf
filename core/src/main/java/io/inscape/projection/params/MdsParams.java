package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of classical multidimensional scaling.
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param seed starts the search for the axes; the result does not depend on it beyond rounding
public record MdsParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option("Seed of the random start; the axes found do not depend on it beyond rounding.")
        long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public MdsParams {
    Parameters.check(MdsParams.class, "dimensions", dimensions);
  }

  /// {@return two dimensions, seed 0}
  public static MdsParams defaults() {
    return new MdsParams(2, 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public MdsParams withDimensions(int changed) {
    return new MdsParams(changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public MdsParams withSeed(long changed) {
    return new MdsParams(dimensions, changed);
  }

  @Override
  public String method() {
    return "mds";
  }
}
