package io.inscape.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LinearProbeTest {
  private static final ProbeParams PARAMS = ProbeParams.defaults();

  @AutoClose private final Workers workers = Workers.of(2);

  @Test
  void readsClassesThatALineSeparates() {
    Clusters train = new Clusters(400, 12, 4, .5, 1);
    Clusters test = new Clusters(400, 12, 4, .5, 2);
    LinearProbe probe = fit(train, PARAMS);
    assertThat(probe.accuracy(train.data, train.labels)).isEqualTo(1);
    assertThat(probe.accuracy(test.data, test.labels)).isGreaterThan(.99);
    assertThat(probe.converged()).isTrue();
    assertThat(probe.classes()).isEqualTo(4);
    assertThat(probe.units()).isEqualTo(12);
  }

  @Test
  void whatIsNotLinearIsNotRead() {
    // the class is the sign of a product: a line does no better than a coin
    RandomGenerator random = Rng.of(3, "product");
    float[] values = new float[4000];
    int[] labels = new int[2000];
    for (int i = 0; i < 2000; i++) {
      values[2 * i] = (float) random.nextGaussian();
      values[2 * i + 1] = (float) random.nextGaussian();
      labels[i] = values[2 * i] * values[2 * i + 1] > 0 ? 1 : 0;
    }
    Matrix data = Matrix.of(2000, 2, values);
    LinearProbe probe = LinearProbe.fit(data, labels, 2, PARAMS, workers, Progress.none());
    assertThat(probe.accuracy(data, labels)).isBetween(.45, .6);
  }

  @Test
  void twoObservationsGiveTheWeightsThatCanBeWorkedOut() {
    // x = -1 and 1: by symmetry the scores are (-w x, w x), and the loss log(1 + exp(-2w)) + p w^2
    Matrix data = Matrix.of(2, 1, new float[] {3, 5});
    double penalty = .1;
    double w = 1;
    for (int step = 0; step < 100; step++) { // Newton's method
      double e = 1 / (1 + Math.exp(2 * w));
      w -= (-2 * e + 2 * penalty * w) / (4 * e * (1 - e) + 2 * penalty);
    }
    LinearProbe probe =
        LinearProbe.fit(
            data,
            new int[] {0, 1},
            2,
            PARAMS.withPenalty(penalty).withTolerance(1e-7),
            workers,
            Progress.none());
    double expected = 1 / (1 + Math.exp(-2 * w));
    assertThat((double) probe.probabilities(data).get(1, 1)).isCloseTo(expected, within(1e-5));
    assertThat(probe.loss())
        .isCloseTo(Math.log1p(Math.exp(-2 * w)) + penalty * w * w, within(1e-6));
    // 4 is in the middle
    assertThat(probe.probabilities(Matrix.of(1, 1, new float[] {4})).get(0, 0))
        .isCloseTo(.5f, within(1e-6f));
  }

  @Test
  void findsTheOptimumThatPlainGradientDescentFinds() {
    Clusters train = new Clusters(60, 3, 3, 3, 4);
    LinearProbe probe = fit(train, PARAMS.withPenalty(.05).withTolerance(1e-6));
    double slow = new SlowProbe(train, .05).descend(20_000);
    assertThat(probe.loss()).isCloseTo(slow, within(1e-6));
  }

  @Test
  void probabilitiesAddUpAndTheLargestIsPredicted() {
    Clusters train = new Clusters(300, 7, 19, 2, 5);
    LinearProbe probe = fit(train, PARAMS.withIterations(20));
    Matrix probabilities = probe.probabilities(train.data);
    int[] predicted = probe.predict(train.data);
    for (int row = 0; row < 300; row++) {
      double sum = 0;
      int best = 0;
      for (int c = 0; c < 19; c++) {
        sum += probabilities.get(row, c);
        best = probabilities.get(row, c) > probabilities.get(row, best) ? c : best;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(predicted[row]).isEqualTo(best);
    }
  }

  @Test
  void unitAndOffsetOfAColumnDoNotMatterNorDoesAConstantOne() {
    Clusters train = new Clusters(200, 4, 3, 2, 6);
    float[] scaled = new float[200 * 5];
    for (int row = 0; row < 200; row++) {
      for (int col = 0; col < 4; col++) {
        scaled[row * 5 + col] = 64 * train.data.get(row, col) + 100;
      }
      scaled[row * 5 + 4] = .1f;
    }
    Matrix changed = Matrix.of(200, 5, scaled);
    LinearProbe one = fit(train, PARAMS);
    LinearProbe other = LinearProbe.fit(changed, train.labels, 3, PARAMS, workers, Progress.none());
    assertThat(other.loss()).isCloseTo(one.loss(), within(1e-5));
    assertThat(other.predict(changed)).isEqualTo(one.predict(train.data));
  }

  @Test
  void withoutAnyColumnTheSharesOfTheClassesAreLeft() {
    Matrix nothing = Matrix.of(4, 0, new float[0]);
    int[] labels = {0, 1, 1, 1};
    LinearProbe probe =
        LinearProbe.fit(nothing, labels, 2, PARAMS.withTolerance(1e-6), workers, Progress.none());
    assertThat(probe.probabilities(nothing).get(0, 1)).isCloseTo(.75f, within(1e-4f));
    assertThat(probe.accuracy(nothing, labels)).isEqualTo(.75);
  }

  @Test
  void theSameBitsOnAnyNumberOfThreads() {
    Clusters train = new Clusters(1000, 70, 12, 3, 7);
    List<float[]> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers some = Workers.of(threads)) {
        LinearProbe probe =
            LinearProbe.fit(
                train.data, train.labels, 12, PARAMS.withIterations(15), some, Progress.none());
        results.add(probe.probabilities(train.data).toArray());
      }
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @Test
  void aClassThatNobodyIsInGetsNoProbability() {
    Clusters train = new Clusters(100, 3, 2, .5, 8);
    LinearProbe probe =
        LinearProbe.fit(train.data, train.labels, 3, PARAMS, workers, Progress.none());
    assertThat(probe.probabilities(train.data).get(0, 2)).isLessThan(.01f);
  }

  @Test
  void progressIsToldAndAnInterruptEndsIt() {
    Clusters train = new Clusters(200, 4, 3, 2, 9);
    List<Double> fractions = new ArrayList<>();
    LinearProbe.fit(
        train.data,
        train.labels,
        3,
        PARAMS.withIterations(4).withTolerance(0),
        workers,
        (stage, fraction) -> {
          assertThat(stage).isEqualTo("probe");
          fractions.add(fraction);
        });
    assertThat(fractions).containsExactly(0., .25, .5, .75, 1., 1.);
    Progress interrupt = (_, _) -> Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> LinearProbe.fit(train.data, train.labels, 3, PARAMS, workers, interrupt))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    Clusters train = new Clusters(6, 2, 2, 1, 10);
    LinearProbe probe = fit(train, PARAMS);
    assertThatThrownBy(() -> probe.predict(Matrix.of(1, 3, new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the probe was fitted to 2 units but the data have 3 columns; activations of another"
                + " layer?");
    assertThatThrownBy(() -> probe.accuracy(train.data, new int[5]))
        .hasMessage("labels must be one per observation, got 5 for 6 observations");
    assertThatThrownBy(() -> probe.accuracy(Matrix.of(0, 2, new float[0]), new int[0]))
        .hasMessage("an accuracy needs at least 1 observation, got 0");
    assertThatThrownBy(() -> fit(train.data, new int[] {0, 1, 2, 0, 0, 0}, 2))
        .hasMessage("labels must be from 0 to 1, got 2 at row 2");
    assertThatThrownBy(() -> fit(train.data, new int[6], 1))
        .hasMessage("a probe needs at least 2 classes, got 1");
    assertThatThrownBy(() -> fit(Matrix.of(0, 2, new float[0]), new int[0], 2))
        .hasMessage("a probe needs at least 1 observation, got 0");
    assertThatThrownBy(() -> PARAMS.withPenalty(-1))
        .hasMessage("penalty must be at least 0, got -1");
  }

  @Test
  void optionsTravelThroughAMap() {
    ProbeParams params = PARAMS.withPenalty(.5).withIterations(7).withTolerance(.01);
    assertThat(Parameters.fromMap(ProbeParams.class, Parameters.toMap(params))).isEqualTo(params);
  }

  private LinearProbe fit(Clusters train, ProbeParams params) {
    return LinearProbe.fit(
        train.data, train.labels, train.classes, params, workers, Progress.none());
  }

  private LinearProbe fit(Matrix data, int[] labels, int classes) {
    return LinearProbe.fit(data, labels, classes, PARAMS, workers, Progress.none());
  }

  /// Classes around means that are the same for every seed.
  private static final class Clusters {
    final Matrix data;
    final int[] labels;
    final int classes;

    Clusters(int rows, int cols, int classes, double noise, long seed) {
      this.classes = classes;
      RandomGenerator means = Rng.of(0, "means");
      double[] mean = new double[classes * cols];
      Arrays.setAll(mean, _ -> 2 * means.nextGaussian());
      RandomGenerator random = Rng.of(seed, "clusters");
      float[] values = new float[rows * cols];
      labels = new int[rows];
      for (int row = 0; row < rows; row++) {
        labels[row] = row % classes;
        for (int col = 0; col < cols; col++) {
          values[row * cols + col] =
              (float) (mean[labels[row] * cols + col] + noise * random.nextGaussian());
        }
      }
      data = Matrix.of(rows, cols, values);
    }
  }

  /// The same problem in double, one observation after the other, by small steps downhill.
  private record SlowProbe(Clusters train, double penalty) {
    double descend(int steps) {
      double[][] z = standardised();
      int cols = z[0].length;
      double[][] w = new double[train.classes][cols + 1];
      double loss = 0;
      for (int step = 0; step <= steps; step++) {
        double[][] slope = new double[train.classes][cols + 1];
        loss = 0;
        for (int row = 0; row < z.length; row++) {
          double[] p = new double[train.classes];
          for (int c = 0; c < p.length; c++) {
            p[c] = w[c][cols];
            for (int k = 0; k < cols; k++) {
              p[c] += w[c][k] * z[row][k];
            }
            p[c] = Math.exp(p[c]);
          }
          double sum = Arrays.stream(p).sum();
          loss -= Math.log(p[train.labels[row]] / sum) / z.length;
          for (int c = 0; c < p.length; c++) {
            double residual = (p[c] / sum - (c == train.labels[row] ? 1 : 0)) / z.length;
            for (int k = 0; k < cols; k++) {
              slope[c][k] += residual * z[row][k];
            }
            slope[c][cols] += residual;
          }
        }
        for (int c = 0; c < w.length; c++) {
          for (int k = 0; k <= cols; k++) {
            loss += k < cols ? penalty / 2 * w[c][k] * w[c][k] : 0;
            w[c][k] -= .5 * (slope[c][k] + (k < cols ? penalty * w[c][k] : 0));
          }
        }
      }
      return loss;
    }

    private double[][] standardised() {
      Matrix data = train.data;
      double[][] z = new double[data.rows()][data.cols()];
      for (int col = 0; col < data.cols(); col++) {
        double mean = 0;
        double variance = 0;
        for (int row = 0; row < z.length; row++) {
          mean += data.get(row, col) / (double) z.length;
        }
        for (int row = 0; row < z.length; row++) {
          variance += Math.pow(data.get(row, col) - mean, 2) / z.length;
        }
        for (int row = 0; row < z.length; row++) {
          z[row][col] = (data.get(row, col) - mean) / Math.sqrt(variance);
        }
      }
      return z;
    }
  }
}
