package io.inscape.evolution.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of dynamic t-SNE.
///
/// @param lambda weight of movement between neighbouring steps, from 0 to 1,000
/// @param perplexity of t-SNE: effective number of neighbours, at least 2 and at most a third of
///   the other observations
/// @param iterations length of the descent, from 1 to 100,000 iterations
/// @param seed of every random choice
public record DynamicTsneParams(
    @Option(
            value =
                "How much movement between neighbouring steps costs; "
                    + "0 lays out every step on its own.",
            min = 0,
            max = 1000)
        double lambda,
    @Option(
            value =
                "Effective number of neighbours that t-SNE keeps close; "
                    + "at most a third of the other observations.",
            min = 2,
            max = 10_000)
        double perplexity,
    @Option(value = "Length of the descent.", min = 1, max = 100_000, unit = "iterations")
        int iterations,
    @Option("Seed of every random choice.") long seed)
    implements AlignmentParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public DynamicTsneParams {
    Parameters.check(DynamicTsneParams.class, "lambda", lambda);
    Parameters.check(DynamicTsneParams.class, "perplexity", perplexity);
    Parameters.check(DynamicTsneParams.class, "iterations", iterations);
  }

  /// {@return lambda 0.1, perplexity 30, 1,000 iterations, seed 0}
  public static DynamicTsneParams defaults() {
    return new DynamicTsneParams(0.1, 30, 1000, 0);
  }

  /// A copy with another weight of movement.
  ///
  /// @param changed from 0 to 1,000
  /// @return the copy
  public DynamicTsneParams withLambda(double changed) {
    return new DynamicTsneParams(changed, perplexity, iterations, seed);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed from 2 to 10,000
  /// @return the copy
  public DynamicTsneParams withPerplexity(double changed) {
    return new DynamicTsneParams(lambda, changed, iterations, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public DynamicTsneParams withIterations(int changed) {
    return new DynamicTsneParams(lambda, perplexity, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public DynamicTsneParams withSeed(long changed) {
    return new DynamicTsneParams(lambda, perplexity, iterations, changed);
  }

  @Override
  public String method() {
    return "dtsne";
  }
}
