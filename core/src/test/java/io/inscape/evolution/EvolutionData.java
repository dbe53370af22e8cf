package io.inscape.evolution;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Small sequences that several tests share.
final class EvolutionData {
  private EvolutionData() {}

  /// Clusters that separate from step to step; observation i is in cluster i mod 3.
  static Sequence separating(int steps, int rows, int cols, long seed) {
    List<Matrix> matrices = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      matrices.add(step(rows, cols, 3.0 * t / steps, seed));
    }
    return Sequence.of(matrices);
  }

  /// One step: the same noise whatever the distance between the clusters.
  static Matrix step(int rows, int cols, double apart, long seed) {
    RandomGenerator random = Rng.of(seed, "separating");
    double[] centres = new double[3 * cols];
    for (int at = 0; at < centres.length; at++) {
      centres[at] = random.nextGaussian();
    }
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      int cluster = at / cols % 3;
      values[at] = (float) (apart * centres[cluster * cols + at % cols] + random.nextGaussian());
    }
    return Matrix.of(rows, cols, values);
  }

  /// The rows turned by random reflections, which changes no distance.
  static Matrix turned(Matrix data, long seed) {
    RandomGenerator random = Rng.of(seed, "turned");
    double[][] rows = new double[data.rows()][data.cols()];
    for (int row = 0; row < rows.length; row++) {
      for (int col = 0; col < data.cols(); col++) {
        rows[row][col] = data.get(row, col);
      }
    }
    for (int reflection = 0; reflection < data.cols(); reflection++) {
      double[] normal = random.doubles(data.cols(), -1, 1).toArray();
      double length = dot(normal, normal);
      for (double[] row : rows) {
        double factor = 2 * dot(row, normal) / length;
        for (int col = 0; col < normal.length; col++) {
          row[col] -= factor * normal[col];
        }
      }
    }
    float[] values = new float[data.rows() * data.cols()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) rows[at / data.cols()][at % data.cols()];
    }
    return Matrix.of(data.rows(), data.cols(), values);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }

  /// Mean movement between steps over the standard deviation of all positions.
  static double movement(LayoutSequence layouts) {
    int n = layouts.observations();
    double moved = 0;
    double squares = 0;
    double[] mean = new double[2];
    for (int t = 0; t < layouts.steps(); t++) {
      for (int i = 0; i < n; i++) {
        for (int dim = 0; dim < 2; dim++) {
          mean[dim] += layouts.get(t, i, dim) / ((double) n * layouts.steps());
        }
        if (t > 0) {
          moved +=
              Math.hypot(
                  layouts.get(t, i, 0) - layouts.get(t - 1, i, 0),
                  layouts.get(t, i, 1) - layouts.get(t - 1, i, 1));
        }
      }
    }
    for (int t = 0; t < layouts.steps(); t++) {
      for (int i = 0; i < n; i++) {
        for (int dim = 0; dim < 2; dim++) {
          squares += Math.pow(layouts.get(t, i, dim) - mean[dim], 2);
        }
      }
    }
    double deviation = Math.sqrt(squares / (2.0 * n * layouts.steps()));
    return moved / ((double) n * (layouts.steps() - 1)) / deviation;
  }

  /// The largest distance of any observation between two steps over the extent of the first.
  static double largestGap(LayoutSequence layouts, int one, int other) {
    double gap = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < layouts.observations(); i++) {
      gap =
          Math.max(
              gap,
              Math.hypot(
                  layouts.get(one, i, 0) - layouts.get(other, i, 0),
                  layouts.get(one, i, 1) - layouts.get(other, i, 1)));
      least = Math.min(least, layouts.get(one, i, 0));
      most = Math.max(most, layouts.get(one, i, 0));
    }
    return gap / (most - least);
  }
}
