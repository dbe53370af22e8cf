package io.inscape.neighbors;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// Exact nearest neighbours by comparing all pairs.
///
/// Fast approximate distances by blocked products pick the candidates, generously by a rigorous
/// bound on their error; the candidates' distances are then computed in double. Equal distances are
/// ordered by index; an observation is not its own neighbour, its duplicates are. Costs n^2 d
/// multiply-adds; the result does not depend on the number of threads.
public final class ExactNeighbors {
  private static final int ROWS_PER_CHUNK = 48; // eight register blocks of six rows

  private ExactNeighbors() {}

  /// Finds the neighbours of every row by Euclidean distance.
  ///
  /// @param data rows = observations; not modified
  /// @param k number of neighbours, from 1 to the number of observations less 1
  /// @param workers do the arithmetic
  /// @return the neighbours, nearest first
  /// @throws IllegalArgumentException if `k` is out of range
  public static Neighbors find(Matrix data, int k, Workers workers) {
    return find(data, k, Metric.EUCLIDEAN, workers);
  }

  /// Finds the neighbours of every row.
  ///
  /// @param data rows = observations; not modified
  /// @param k number of neighbours, from 1 to the number of observations less 1
  /// @param metric what distance means
  /// @param workers do the arithmetic
  /// @return the neighbours, nearest first
  /// @throws IllegalArgumentException if `k` is out of range
  public static Neighbors find(Matrix data, int k, Metric metric, Workers workers) {
    int n = data.rows();
    if (k < 1 || k >= n) {
      throw new IllegalArgumentException(
          "the number of neighbors must be from 1 to the other observations, "
              + (n - 1)
              + ", got "
              + k);
    }
    Matrix rows = metric == Metric.COSINE ? UnitRows.of(data, UnitRows.anyZero(data)) : data;
    int[] index = new int[Math.multiplyExact(n, k)];
    float[] distance = new float[n * k];
    PairSearch.find(rows, k, metric, index, distance, workers, Progress.none());
    return new Neighbors(k, index, distance, "exact", 1);
  }

  /// Finds the nearest rows of `data` for every row of `queries`; none is left out, also if it is
  /// equal.
  ///
  /// @param data rows = observations to be found; not modified
  /// @param queries rows = observations whose neighbours are wanted, same columns; not modified
  /// @param k number of neighbours, from 1 to the number of rows of `data`
  /// @param metric what distance means
  /// @param workers do the arithmetic
  /// @return for every query its neighbours' rows in `data`, nearest first
  /// @throws IllegalArgumentException if `k` is out of range or the columns differ
  public static Neighbors search(
      Matrix data, Matrix queries, int k, Metric metric, Workers workers) {
    if (k < 1 || k > data.rows()) {
      throw new IllegalArgumentException(
          "the number of neighbors must be from 1 to the observations searched, "
              + data.rows()
              + ", got "
              + k);
    }
    if (data.cols() != queries.cols()) {
      throw new IllegalArgumentException(
          "the queries have "
              + queries.cols()
              + " columns but the observations searched have "
              + data.cols()
              + "; both must be of the same space");
    }
    boolean extra =
        metric == Metric.COSINE && (UnitRows.anyZero(data) || UnitRows.anyZero(queries));
    Matrix rows = metric == Metric.COSINE ? UnitRows.of(data, extra) : data;
    Matrix sought = metric == Metric.COSINE ? UnitRows.of(queries, extra) : queries;
    int[] index = new int[Math.multiplyExact(queries.rows(), k)];
    double[] squared = new double[index.length];
    float[] values = rows.toArray();
    float[] wanted = sought.toArray();
    int cols = rows.cols();
    workers.forEachChunk(
        queries.rows(),
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int query = from; query < to; query++) {
            int found = 0;
            for (int row = 0; row < rows.rows(); row++) {
              double distance =
                  Kernels.squaredDistance(wanted, query * cols, values, row * cols, cols);
              if (found < k || distance < squared[query * k + k - 1]) {
                int at = Math.min(found, k - 1);
                for (; at > 0 && squared[query * k + at - 1] > distance; at--) {
                  squared[query * k + at] = squared[query * k + at - 1];
                  index[query * k + at] = index[query * k + at - 1];
                }
                squared[query * k + at] = distance;
                index[query * k + at] = row;
                found = Math.min(found + 1, k);
              }
            }
          }
        });
    return new Neighbors(k, index, lengths(squared, metric), "exact", 1);
  }

  private static float[] lengths(double[] squared, Metric metric) {
    float[] lengths = new float[squared.length];
    for (int at = 0; at < lengths.length; at++) {
      lengths[at] = (float) (metric == Metric.COSINE ? squared[at] / 2 : Math.sqrt(squared[at]));
    }
    return lengths;
  }
}
