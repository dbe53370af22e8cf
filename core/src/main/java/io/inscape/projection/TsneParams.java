package io.inscape.projection;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of t-SNE.
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param perplexity effective number of neighbours, at least 2 and at most a third of the other
///   observations
/// @param iterations length of the whole descent, from 1 to 100,000 iterations
/// @param learningRate step size, for the gradient without its factor 4
/// @param schedule the descent's two phases
/// @param seed of the jitter on the starting layout
public record TsneParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option(
            value =
                "Effective number of neighbours that each point keeps close; at most a third of the"
                    + " other observations.",
            min = 2,
            max = 10_000)
        double perplexity,
    @Option(
            value = "Length of the descent, both phases together.",
            min = 1,
            max = 100_000,
            unit = "iterations")
        int iterations,
    @Option(
            value =
                "Step size of the descent; auto is the number of observations over the"
                    + " exaggeration, at least 200.",
            min = 0,
            minExclusive = true,
            max = 100_000)
        LearningRate learningRate,
    Schedule schedule,
    @Option("Seed of the small jitter that tells equal observations apart at the start.") long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public TsneParams {
    Parameters.check(TsneParams.class, "dimensions", dimensions);
    Parameters.check(TsneParams.class, "perplexity", perplexity);
    Parameters.check(TsneParams.class, "iterations", iterations);
  }

  /// {@return two dimensions, perplexity 30, 1,000 iterations, automatic learning rate, seed 0}
  public static TsneParams defaults() {
    return new TsneParams(2, 30, 1000, LearningRate.auto(), Schedule.defaults(), 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public TsneParams withDimensions(int changed) {
    return new TsneParams(changed, perplexity, iterations, learningRate, schedule, seed);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed at least 2
  /// @return the copy
  public TsneParams withPerplexity(double changed) {
    return new TsneParams(dimensions, changed, iterations, learningRate, schedule, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public TsneParams withIterations(int changed) {
    return new TsneParams(dimensions, perplexity, changed, learningRate, schedule, seed);
  }

  /// A copy with another learning rate.
  ///
  /// @param changed the learning rate
  /// @return the copy
  public TsneParams withLearningRate(LearningRate changed) {
    return new TsneParams(dimensions, perplexity, iterations, changed, schedule, seed);
  }

  /// A copy with another schedule.
  ///
  /// @param changed the schedule
  /// @return the copy
  public TsneParams withSchedule(Schedule changed) {
    return new TsneParams(dimensions, perplexity, iterations, learningRate, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public TsneParams withSeed(long changed) {
    return new TsneParams(dimensions, perplexity, iterations, learningRate, schedule, changed);
  }

  @Override
  public String method() {
    return "tsne";
  }
}
