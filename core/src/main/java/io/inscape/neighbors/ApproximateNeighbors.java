package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;

/// Approximate nearest neighbours for many observations: random trees, then descent over the graph
/// of neighbours (NN-descent, Dong, Charikar, Li 2011), and the recall measured on 500 rows.
///
/// Takes about linear time. Memory beyond the data: two copies of the values, `8 k + 768` bytes per
/// row while it runs and `8 k` for the result: about 2.6 GB for 1,000,000 x 50 with 90 neighbours.
public final class ApproximateNeighbors {
  /// Rows whose neighbours are also found exactly.
  private static final int SAMPLE = 500;

  private ApproximateNeighbors() {}

  /// Finds most of the neighbours of every row.
  ///
  /// @param data rows = observations; not modified
  /// @param k number of neighbours, from 1 to the number of observations less 1
  /// @param metric what distance means
  /// @param seed of the random choices; the same seed gives the same neighbours on any number of
  ///   threads
  /// @param workers do the arithmetic
  /// @return the neighbours, nearest first, with the recall measured on a sample
  /// @throws IllegalArgumentException if `k` is out of range
  public static Neighbors find(Matrix data, int k, Metric metric, long seed, Workers workers) {
    return find(data, k, metric, seed, workers, Progress.none());
  }

  static Neighbors find(
      Matrix data, int k, Metric metric, long seed, Workers workers, Progress progress) {
    ExactNeighbors.check(data, k);
    Matrix rows = metric.rows(data);
    int[] index = new int[Math.multiplyExact(data.rows(), k)];
    float[] distance = new float[index.length];
    Descent.find(rows, k, metric, seed, index, distance, workers, progress);
    progress.report("neighbors", 0.95);
    double recall = recall(rows, k, metric, seed, distance, workers);
    return new Neighbors(k, index, distance, "nn-descent", recall);
  }

  /// The share of a sample's neighbours that are as near as the true ones.
  private static double recall(
      Matrix rows, int k, Metric metric, long seed, float[] distance, Workers workers) {
    int[] sample =
        Rng.of(seed, "recall").ints(0, rows.rows()).distinct().limit(sampled(rows)).toArray();
    Neighbors truth =
        ExactNeighbors.searchRows(
            rows, rows.selectRows(sample), k + 1, metric, workers); // a row finds itself, too
    long found = 0;
    for (int at = 0; at < sample.length; at++) {
      for (int neighbor = 0; neighbor < k; neighbor++) {
        found += distance[sample[at] * k + neighbor] <= truth.distance(at, k) ? 1 : 0;
      }
    }
    return (double) found / ((double) sample.length * k);
  }

  private static int sampled(Matrix rows) {
    return Math.min(SAMPLE, rows.rows());
  }
}
