package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of stochastic multidimensional scaling, for more observations than fit pair by pair.
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param iterations length of the descent, from 1 to 100,000; in each every observation meets 63
///   others
/// @param start where the descent begins
/// @param seed of who meets whom, and of a random start
public record StochasticMdsParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option(
            value = "Length of the descent; in each iteration every observation meets 63 others.",
            min = 1,
            max = 100_000,
            unit = "iterations")
        int iterations,
    @Option("Where the descent begins: at classical scaling, or at random positions.")
        MdsStart start,
    @Option("Seed of who meets whom, and of a random start.") long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public StochasticMdsParams {
    Parameters.check(StochasticMdsParams.class, "dimensions", dimensions);
    Parameters.check(StochasticMdsParams.class, "iterations", iterations);
  }

  /// {@return two dimensions, 150 iterations, classical start, seed 0}
  public static StochasticMdsParams defaults() {
    return new StochasticMdsParams(2, 150, MdsStart.CLASSICAL, 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public StochasticMdsParams withDimensions(int changed) {
    return new StochasticMdsParams(changed, iterations, start, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public StochasticMdsParams withIterations(int changed) {
    return new StochasticMdsParams(dimensions, changed, start, seed);
  }

  /// A copy with another start.
  ///
  /// @param changed the start
  /// @return the copy
  public StochasticMdsParams withStart(MdsStart changed) {
    return new StochasticMdsParams(dimensions, iterations, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public StochasticMdsParams withSeed(long changed) {
    return new StochasticMdsParams(dimensions, iterations, start, changed);
  }

  @Override
  public String method() {
    return "smds";
  }
}
