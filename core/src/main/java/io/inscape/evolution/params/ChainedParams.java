package io.inscape.evolution.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of t-SNE layouts that each start from the one before.
///
/// @param perplexity of t-SNE: effective number of neighbours, at least 2 and at most a third of
///   the other observations
/// @param iterations length of every step's descent, from 1 to 100,000 iterations
/// @param seed of every random choice
public record ChainedParams(
    @Option(
            value =
                "Effective number of neighbours that t-SNE keeps close; "
                    + "at most a third of the other observations.",
            min = 2,
            max = 10_000)
        double perplexity,
    @Option(value = "Length of every step's descent.", min = 1, max = 100_000, unit = "iterations")
        int iterations,
    @Option("Seed of every random choice.") long seed)
    implements AlignmentParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ChainedParams {
    Parameters.check(ChainedParams.class, "perplexity", perplexity);
    Parameters.check(ChainedParams.class, "iterations", iterations);
  }

  /// {@return perplexity 30, 1,000 iterations, seed 0}
  public static ChainedParams defaults() {
    return new ChainedParams(30, 1000, 0);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed from 2 to 10,000
  /// @return the copy
  public ChainedParams withPerplexity(double changed) {
    return new ChainedParams(changed, iterations, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public ChainedParams withIterations(int changed) {
    return new ChainedParams(perplexity, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public ChainedParams withSeed(long changed) {
    return new ChainedParams(perplexity, iterations, changed);
  }

  @Override
  public String method() {
    return "chained";
  }
}
