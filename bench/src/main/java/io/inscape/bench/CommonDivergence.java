package io.inscape.bench;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;

/// The exact Kullback-Leibler divergence of any tool's layout from one common P: Gaussian
/// affinities of perplexity 30 over the 90 exact nearest neighbours, made symmetric. Written for
/// itself, in double and without tricks, so that it judges our own method like the others.
final class CommonDivergence {
  private static final double PERPLEXITY = 30;
  private static final int NEIGHBORS = 90;
  private static final int ROWS_PER_CHUNK = 64;

  private final int n;
  private final Neighbors neighbors;
  private final double[] conditional; // p(j | i), [i * NEIGHBORS + place of j]
  private final double entropy; // sum p log p
  private final Workers workers;

  CommonDivergence(Matrix data, Workers workers) {
    this.workers = workers;
    n = data.rows();
    neighbors = ExactNeighbors.find(data, NEIGHBORS, workers);
    conditional = new double[n * NEIGHBORS];
    workers.forEachChunk(
        n,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int i = from; i < to; i++) {
            calibrate(i);
          }
        });
    entropy = workers.sumChunks(n, ROWS_PER_CHUNK, this::entropy);
  }

  static boolean fits(Matrix data) {
    return data.rows() > 3 * PERPLEXITY + 1;
  }

  /// Bisects for the precision whose weights have the perplexity.
  private void calibrate(int i) {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    for (int round = 0; round < 100; round++) {
      double sum = 0;
      double energy = 0;
      for (int m = 0; m < NEIGHBORS; m++) {
        double excess = neighbors.squaredDistance(i, m) - neighbors.squaredDistance(i, 0);
        double weight = Math.exp(-precision * excess);
        conditional[i * NEIGHBORS + m] = weight;
        sum += weight;
        energy += weight * excess;
      }
      for (int m = 0; m < NEIGHBORS; m++) {
        conditional[i * NEIGHBORS + m] /= sum;
      }
      double difference = Math.log(sum) + precision * energy / sum - Math.log(PERPLEXITY);
      if (Math.abs(difference) < 1e-8) {
        return;
      }
      low = difference > 0 ? precision : low;
      high = difference > 0 ? high : precision;
      precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
    }
  }

  private double entropy(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int m = 0; m < NEIGHBORS; m++) {
        double back = conditional(neighbors.index(i, m), i);
        double p = (conditional[i * NEIGHBORS + m] + back) / (2.0 * n);
        if (p > 0) { // a pair that only one side knows is met once and counts twice
          sum += (back > 0 ? 1 : 2) * p * Math.log(p);
        }
      }
    }
    return sum;
  }

  private double conditional(int i, int j) {
    for (int m = 0; m < NEIGHBORS; m++) {
      if (neighbors.index(i, m) == j) {
        return conditional[i * NEIGHBORS + m];
      }
    }
    return 0;
  }

  /// The divergence of a layout.
  double of(Matrix layout) {
    int dimensions = layout.cols();
    float[] y = layout.toArray();
    double all = // over i < j
        workers.sumChunks(
            n,
            ROWS_PER_CHUNK,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                double row = 0;
                for (int j = i + 1; j < n; j++) {
                  row += 1 / (1 + squared(y, dimensions, i, j));
                }
                sum += row;
              }
              return sum;
            });
    double attraction =
        workers.sumChunks(
            n,
            ROWS_PER_CHUNK,
            (from, to) -> {
              double sum = 0;
              for (int i = from; i < to; i++) {
                for (int m = 0; m < NEIGHBORS; m++) {
                  double distance = squared(y, dimensions, i, neighbors.index(i, m));
                  sum += conditional[i * NEIGHBORS + m] / n * Math.log1p(distance);
                }
              }
              return sum;
            });
    return entropy + attraction + Math.log(2 * all);
  }

  private static double squared(float[] y, int dimensions, int i, int j) {
    double sum = 0;
    for (int dim = 0; dim < dimensions; dim++) {
      double difference = (double) y[i * dimensions + dim] - y[j * dimensions + dim];
      sum += difference * difference;
    }
    return sum;
  }
}
