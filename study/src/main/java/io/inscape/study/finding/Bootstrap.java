package io.inscape.study.finding;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How sure a difference of means is: observations are drawn again with replacement, many times,
/// and the middle 95 % of what comes out is the interval.
final class Bootstrap {
  private static final int RESAMPLES = 1000;

  private Bootstrap() {}

  /// A difference of means.
  ///
  /// @param value as it was measured
  /// @param low where 2.5 % of the resamples are below
  /// @param high where 2.5 % are above
  record Difference(double value, double low, double high) {}

  /// The mean of one set less the mean of another.
  static Difference between(double[] one, double[] other, long seed) {
    RandomGenerator random = Rng.of(seed, "bootstrap");
    double[] differences = new double[RESAMPLES];
    Arrays.setAll(differences, _ -> resampled(one, random) - resampled(other, random));
    return of(mean(one) - mean(other), differences);
  }

  /// The mean of differences that belong together in pairs.
  static Difference mean(double[] differences, long seed) {
    RandomGenerator random = Rng.of(seed, "bootstrap");
    double[] means = new double[RESAMPLES];
    Arrays.setAll(means, _ -> resampled(differences, random));
    return of(mean(differences), means);
  }

  private static Difference of(double value, double[] resamples) {
    Arrays.sort(resamples);
    int tail = RESAMPLES / 40;
    return new Difference(value, resamples[tail], resamples[RESAMPLES - 1 - tail]);
  }

  private static double resampled(double[] values, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
