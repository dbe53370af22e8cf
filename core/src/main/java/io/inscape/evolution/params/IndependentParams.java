package io.inscape.evolution.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of layouts of every step on its own.
///
/// @param projection how every step is laid out
/// @param orientation how the layouts are turned towards each other
/// @param perplexity of t-SNE: effective number of neighbours, at least 2 and at most a third of
///   the other observations
/// @param iterations length of every step's descent, from 1 to 100,000 iterations; of metric MDS
///   the most
/// @param seed of every random choice
public record IndependentParams(
    @Option("How every step is laid out: t-SNE, metric MDS or principal components.")
        StepMethod projection,
    @Option(
            "Whether each layout stays as it came out, or is rotated,"
                + " reflected and moved onto the one before, "
                + "which changes no distance.")
        Orientation orientation,
    @Option(
            value =
                "Effective number of neighbours that t-SNE keeps close; "
                    + "at most a third of the other observations.",
            min = 2,
            max = 10_000)
        double perplexity,
    @Option(
            value = "Length of every step's descent; of metric MDS the most.",
            min = 1,
            max = 100_000,
            unit = "iterations")
        int iterations,
    @Option("Seed of every random choice.") long seed)
    implements AlignmentParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public IndependentParams {
    Parameters.check(IndependentParams.class, "perplexity", perplexity);
    Parameters.check(IndependentParams.class, "iterations", iterations);
  }

  /// {@return t-SNE, each onto the one before, perplexity 30, 1,000 iterations, seed 0}
  public static IndependentParams defaults() {
    return new IndependentParams(StepMethod.TSNE, Orientation.PROCRUSTES, 30, 1000, 0);
  }

  /// A copy with another method of a step.
  ///
  /// @param changed the method
  /// @return the copy
  public IndependentParams withProjection(StepMethod changed) {
    return new IndependentParams(changed, orientation, perplexity, iterations, seed);
  }

  /// A copy with another orientation.
  ///
  /// @param changed the orientation
  /// @return the copy
  public IndependentParams withOrientation(Orientation changed) {
    return new IndependentParams(projection, changed, perplexity, iterations, seed);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed from 2 to 10,000
  /// @return the copy
  public IndependentParams withPerplexity(double changed) {
    return new IndependentParams(projection, orientation, changed, iterations, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public IndependentParams withIterations(int changed) {
    return new IndependentParams(projection, orientation, perplexity, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public IndependentParams withSeed(long changed) {
    return new IndependentParams(projection, orientation, perplexity, iterations, changed);
  }

  @Override
  public String method() {
    return "independent";
  }
}
