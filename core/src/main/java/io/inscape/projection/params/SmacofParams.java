package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;
import io.inscape.projection.mds.Weights;

/// Options of metric multidimensional scaling by stress majorisation (SMACOF).
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param iterations the most iterations, from 1 to 100,000
/// @param tolerance relative fall of the stress in one iteration at which the descent ends, from 0
///   to below 1
/// @param weights how much each pair counts
/// @param start where the descent begins
/// @param seed of a random start
public record SmacofParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option(
            value = "The most iterations of the descent.",
            min = 1,
            max = 100_000,
            unit = "iterations")
        int iterations,
    @Option(
            value =
                "The descent ends early once an iteration lowers the stress by no more than this"
                    + " share of it.",
            min = 0,
            max = 1,
            maxExclusive = true)
        double tolerance,
    @Option(
            "How much each pair counts: uniform counts all alike, sammon counts a pair by one over"
                + " its distance.")
        Weights weights,
    @Option("Where the descent begins: at classical scaling, or at random positions.")
        MdsStart start,
    @Option("Seed of a random start.") long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public SmacofParams {
    Parameters.check(SmacofParams.class, "dimensions", dimensions);
    Parameters.check(SmacofParams.class, "iterations", iterations);
    Parameters.check(SmacofParams.class, "tolerance", tolerance);
  }

  /// {@return two dimensions, at most 300 iterations, tolerance 1e-6, uniform weights, classical
  /// start, seed 0}
  public static SmacofParams defaults() {
    return new SmacofParams(2, 300, 1e-6, Weights.UNIFORM, MdsStart.CLASSICAL, 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public SmacofParams withDimensions(int changed) {
    return new SmacofParams(changed, iterations, tolerance, weights, start, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public SmacofParams withIterations(int changed) {
    return new SmacofParams(dimensions, changed, tolerance, weights, start, seed);
  }

  /// A copy with another tolerance.
  ///
  /// @param changed from 0 to below 1
  /// @return the copy
  public SmacofParams withTolerance(double changed) {
    return new SmacofParams(dimensions, iterations, changed, weights, start, seed);
  }

  /// A copy with other weights.
  ///
  /// @param changed the weights
  /// @return the copy
  public SmacofParams withWeights(Weights changed) {
    return new SmacofParams(dimensions, iterations, tolerance, changed, start, seed);
  }

  /// A copy with another start.
  ///
  /// @param changed the start
  /// @return the copy
  public SmacofParams withStart(MdsStart changed) {
    return new SmacofParams(dimensions, iterations, tolerance, weights, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public SmacofParams withSeed(long changed) {
    return new SmacofParams(dimensions, iterations, tolerance, weights, start, changed);
  }

  @Override
  public String method() {
    return "smacof";
  }
}
