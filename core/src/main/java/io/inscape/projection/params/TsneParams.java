package io.inscape.projection.params;

import io.inscape.neighbors.Metric;
import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;
import io.inscape.projection.tsne.RepulsionMethod;

/// Options of t-SNE.
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param perplexity effective number of neighbours, at least 2 and at most a third of the other
///   observations
/// @param metric what distance between observations means
/// @param iterations length of the whole descent, from 1 to 100,000 iterations
/// @param learningRate step size, for the gradient without its factor 4
/// @param schedule the start and the descent's two phases
/// @param forces how forces between points are computed
/// @param seed of the start and of an approximate search for neighbours
public record TsneParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option(
            value =
                "Effective number of neighbours that each point keeps close; at most a third of the"
                    + " other observations.",
            min = 2,
            max = 10_000)
        double perplexity,
    @Option("What distance between observations means.") Metric metric,
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
    TsneForces forces,
    @Option("Seed of the start, if only of the jitter that tells equal observations apart.")
        long seed)
    implements ProjectionParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public TsneParams {
    Parameters.check(TsneParams.class, "dimensions", dimensions);
    Parameters.check(TsneParams.class, "perplexity", perplexity);
    Parameters.check(TsneParams.class, "iterations", iterations);
    if (forces.repulsion() == RepulsionMethod.FFT && dimensions != 2) {
      throw new IllegalArgumentException(
          "repulsion fft is for 2 dimensions, got "
              + dimensions
              + "; take barnes-hut, exact or auto");
    }
  }

  /// {@return two dimensions, perplexity 30, Euclidean distance, 1,000 iterations, automatic
  /// learning rate, seed 0}
  public static TsneParams defaults() {
    return new TsneParams(
        2,
        30,
        Metric.EUCLIDEAN,
        1000,
        LearningRate.auto(),
        Schedule.defaults(),
        TsneForces.defaults(),
        0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public TsneParams withDimensions(int changed) {
    return new TsneParams(
        changed, perplexity, metric, iterations, learningRate, schedule, forces, seed);
  }

  /// A copy with another perplexity.
  ///
  /// @param changed at least 2
  /// @return the copy
  public TsneParams withPerplexity(double changed) {
    return new TsneParams(
        dimensions, changed, metric, iterations, learningRate, schedule, forces, seed);
  }

  /// A copy with another metric.
  ///
  /// @param changed the metric
  /// @return the copy
  public TsneParams withMetric(Metric changed) {
    return new TsneParams(
        dimensions, perplexity, changed, iterations, learningRate, schedule, forces, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public TsneParams withIterations(int changed) {
    return new TsneParams(
        dimensions, perplexity, metric, changed, learningRate, schedule, forces, seed);
  }

  /// A copy with another learning rate.
  ///
  /// @param changed the learning rate
  /// @return the copy
  public TsneParams withLearningRate(LearningRate changed) {
    return new TsneParams(
        dimensions, perplexity, metric, iterations, changed, schedule, forces, seed);
  }

  /// A copy with another schedule.
  ///
  /// @param changed the schedule
  /// @return the copy
  public TsneParams withSchedule(Schedule changed) {
    return new TsneParams(
        dimensions, perplexity, metric, iterations, learningRate, changed, forces, seed);
  }

  /// A copy with another way of computing forces.
  ///
  /// @param changed the forces
  /// @return the copy
  public TsneParams withForces(TsneForces changed) {
    return new TsneParams(
        dimensions, perplexity, metric, iterations, learningRate, schedule, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public TsneParams withSeed(long changed) {
    return new TsneParams(
        dimensions, perplexity, metric, iterations, learningRate, schedule, forces, changed);
  }

  @Override
  public String method() {
    return "tsne";
  }
}
