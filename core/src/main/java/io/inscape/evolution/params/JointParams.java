package io.inscape.evolution.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of one t-SNE of all steps together.
///
/// @param perplexity of t-SNE: effective number of neighbours, at least 2 and at most a third of
///   the other observations
/// @param iterations length of the descent, from 1 to 100,000 iterations
/// @param seed of every random choice
public record JointParams(
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
  public JointParams {
    Parameters.check(JointParams.class, "perplexity", perplexity);
    Parameters.check(JointParams.class, "iterations", iterations);
  }

  /// {@return perplexity 30, 1,000 iterations, seed 0}
  public static JointParams defaults() {
    return new JointParams(30, 1000, 0);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed from 2 to 10,000
  /// @return the copy
  public JointParams withPerplexity(double changed) {
    return new JointParams(changed, iterations, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public JointParams withIterations(int changed) {
    return new JointParams(perplexity, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public JointParams withSeed(long changed) {
    return new JointParams(perplexity, iterations, changed);
  }

  @Override
  public String method() {
    return "joint";
  }
}
