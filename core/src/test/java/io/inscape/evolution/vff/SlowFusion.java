package io.inscape.evolution.vff;

import io.inscape.evolution.params.AlignmentTarget;
import io.inscape.projection.mds.Dissimilarities;
import java.util.List;

/// Visual Feature Fusion by the formulas, in double, one pair after the other.
final class SlowFusion {
  final double[][][] position; // [step][point][dim]
  final double energy;

  private final double lambda;
  private final double[][][] data; // [step][i][j], over the largest
  private final double[][] mean; // [point][dim]
  private final double[][] wanted; // [i][j]

  SlowFusion(
      List<Dissimilarities> tables, double[][][] position, double lambda, AlignmentTarget target) {
    this.position = position;
    this.lambda = lambda;
    int steps = tables.size();
    int n = tables.getFirst().count();
    data = new double[steps][n][n];
    int counting = 0;
    boolean[] counts = new boolean[steps];
    for (int t = 0; t < steps; t++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          data[t][i][j] = tables.get(t).get(i, j);
          largest = Math.max(largest, data[t][i][j]);
        }
      }
      counts[t] = largest > 0;
      counting += counts[t] ? 1 : 0;
      for (int i = 0; i < n * n && largest > 0; i++) {
        data[t][i / n][i % n] /= largest;
      }
    }
    mean = new double[n][2];
    wanted = new double[n][n];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < n && counts[t]; i++) {
        mean[i][0] += position[t][i][0] / counting;
        mean[i][1] += position[t][i][1] / counting;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int t = 0; t < steps; t++) {
          double share = counts[t] ? 1.0 / counting : 0;
          wanted[i][j] +=
              switch (target) {
                case MEAN_DISTANCE -> share * distance(position[t][i], position[t][j]);
                case ORIGINAL -> share * data[t][i][j];
                case MEAN_POSITION -> distance(mean[i], mean[j]) / steps;
              };
        }
      }
    }
    energy = energyWithMeansHeld();
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  double energyWithMeansHeld() {
    int n = mean.length;
    double sum = 0;
    for (int t = 0; t < position.length; t++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double stress = data[t][i][j] - distance(position[t][i], position[t][j]);
          double alignment = wanted[i][j] - distance(mean[i], position[t][j]);
          sum += lambda * stress * stress + (1 - lambda) * alignment * alignment;
        }
      }
    }
    return sum / ((double) n * n);
  }

  /// The point at which both quadratic functions together are least: the linear system `(2 lambda
  /// (n I - 11') + (1 - lambda) n I) Y = 2 lambda S + (1 - lambda) A` solved by relaxation.
  double[][][] swept() {
    int n = mean.length;
    double[][][] next = new double[position.length][n][2];
    for (int t = 0; t < position.length; t++) {
      double[][] right = new double[n][2];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double d = distance(position[t][i], position[t][j]);
          double e = distance(mean[i], position[t][j]);
          for (int dim = 0; dim < 2; dim++) {
            double own = position[t][j][dim] - position[t][i][dim];
            double other = position[t][j][dim] - mean[i][dim];
            right[j][dim] += 2 * lambda * (d > 0 ? data[t][i][j] * own / d : 0);
            right[j][dim] += (1 - lambda) * (mean[i][dim] + (e > 0 ? wanted[i][j] * other / e : 0));
          }
        }
      }
      for (int dim = 0; dim < 2; dim++) {
        double drift = 0; // without alignment nothing holds the mean
        for (int i = 0; i < n; i++) {
          next[t][i][dim] = position[t][i][dim];
          drift -= position[t][i][dim] / n;
        }
        for (int round = 0; round < 2000; round++) {
          for (int i = 0; i < n; i++) {
            double rest = -next[t][i][dim];
            for (int j = 0; j < n; j++) {
              rest += next[t][j][dim];
            }
            next[t][i][dim] =
                (right[i][dim] + 2 * lambda * rest) / (2 * lambda * (n - 1) + (1 - lambda) * n);
          }
        }
        for (int i = 0; i < n; i++) {
          drift += next[t][i][dim] / n;
        }
        for (int i = 0; i < n && lambda == 1; i++) {
          next[t][i][dim] -= drift;
        }
      }
    }
    return next;
  }

  static double[][][] spread(float[][] start, int steps) {
    double[][][] position = new double[steps][start[0].length][2];
    for (double[][] step : position) {
      for (int i = 0; i < step.length; i++) {
        step[i][0] = start[0][i];
        step[i][1] = start[1][i];
      }
    }
    return position;
  }
}
