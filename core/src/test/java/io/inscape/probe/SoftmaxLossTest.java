package io.inscape.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class SoftmaxLossTest {
  private static final int ROWS = 90;
  private static final int COLS = 5;

  @AutoClose private final Workers workers = Workers.of(2);

  @Test
  void theValueIsTheFormula() {
    for (int classes : new int[] {3, 20}) {
      Problem problem = new Problem(classes, .3);
      double[] point = problem.somePoint();
      double value = problem.loss.at(point, new double[point.length]);
      assertThat(value).isCloseTo(problem.slow(point), within(1e-6));
    }
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    for (int classes : new int[] {3, 20}) {
      Problem problem = new Problem(classes, .3);
      double[] point = problem.somePoint();
      double[] gradient = new double[point.length];
      problem.loss.at(point, gradient);
      for (int at = 0; at < point.length; at++) {
        double[] ahead = point.clone();
        double[] behind = point.clone();
        ahead[at] += 1e-5;
        behind[at] -= 1e-5;
        double slope = (problem.slow(ahead) - problem.slow(behind)) / 2e-5;
        assertThat(gradient[at]).isCloseTo(slope, within(1e-5));
      }
    }
  }

  @Test
  void lanesWithoutAClassStayAtZero() {
    Problem problem = new Problem(20, .3);
    double[] point = problem.somePoint();
    double[] gradient = new double[point.length];
    problem.loss.at(point, gradient);
    int stride = (COLS + 1) * 16;
    for (int at = stride; at < 2 * stride; at++) {
      if (at % 16 >= 4) {
        assertThat(gradient[at]).isZero();
      }
    }
  }

  /// Random observations and the formula on them, written down once more.
  private final class Problem {
    final int classes;
    final double penalty;
    final float[] values = new float[ROWS * COLS];
    final int[] labels = new int[ROWS];
    final SoftmaxLoss loss;
    final RandomGenerator random = Rng.of(3, "softmax loss");

    Problem(int classes, double penalty) {
      this.classes = classes;
      this.penalty = penalty;
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) (3 + at % COLS * random.nextGaussian()); // column 0 is constant
      }
      Arrays.setAll(labels, _ -> random.nextInt(classes));
      Matrix data = Matrix.of(ROWS, COLS, values);
      loss =
          new SoftmaxLoss(
              data, labels, classes, Standardization.of(data, workers), penalty, workers);
    }

    double[] somePoint() {
      double[] point = new double[SoftmaxLoss.length(COLS, classes)];
      for (int k = 0; k <= COLS; k++) {
        for (int c = 0; c < classes; c++) {
          point[place(k, c)] = (float) (.5 * random.nextGaussian());
        }
      }
      return point;
    }

    /// Where the weight of column k for class c is; k = COLS is the bias.
    int place(int k, int c) {
      return (c / 16 * (COLS + 1) + k) * 16 + c % 16;
    }

    double slow(double[] point) {
      double total = 0;
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(score(point, row, c));
        }
        total += (Math.log(sum) - score(point, row, labels[row])) / ROWS;
      }
      for (int k = 0; k < COLS; k++) {
        for (int c = 0; c < classes; c++) {
          total += penalty / 2 * point[place(k, c)] * point[place(k, c)];
        }
      }
      return total;
    }

    private double score(double[] point, int row, int c) {
      double score = point[place(COLS, c)];
      for (int k = 1; k < COLS; k++) {
        double mean = 0;
        double variance = 0;
        for (int other = 0; other < ROWS; other++) {
          mean += values[other * COLS + k] / (double) ROWS;
        }
        for (int other = 0; other < ROWS; other++) {
          variance += Math.pow(values[other * COLS + k] - mean, 2) / ROWS;
        }
        score += point[place(k, c)] * (values[row * COLS + k] - mean) / Math.sqrt(variance);
      }
      return score;
    }
  }
}
