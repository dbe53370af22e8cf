package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// Exact nearest neighbours.
///
/// Up to four columns by a k-d tree, else by comparing blocks of near rows: products in float with
/// a rigorous bound on their error tell who cannot be a neighbour, distances in double order the
/// rest. Equal distances are ordered by index; an observation is not its own neighbour, its
/// duplicates are. Costs at most `n^2 d / 2` multiply-adds; takes two copies of the data and `8 (2
/// k + max(k, 64) + 64)` bytes per row beyond it. The result does not depend on the number of
/// threads.
public final class ExactNeighbors {
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
    return find(data, k, metric, workers, Progress.none());
  }

  static Neighbors find(Matrix data, int k, Metric metric, Workers workers, Progress progress) {
    check(data, k);
    Matrix rows = metric.rows(data);
    int n = data.rows();
    int[] index = new int[Math.multiplyExact(n, k)];
    float[] distance = new float[n * k];
    if (rows.cols() <= KdTree.MOST_COLUMNS) {
      KdTree.of(rows, workers).findAll(k, metric, index, distance, workers);
    } else {
      Duplicates duplicates = Duplicates.of(rows);
      if (duplicates.matter()) {
        int nearest = Math.min(k, duplicates.groups() - 1);
        int[] near = new int[Math.max(1, duplicates.groups() * nearest)];
        if (nearest > 0) {
          Matrix firsts = rows.selectRows(duplicates.firsts());
          PairSearch.find(firsts, nearest, metric, near, new float[near.length], workers, progress);
        }
        duplicates.expand(rows, k, near, nearest, metric, index, distance, workers);
      } else {
        PairSearch.find(rows, k, metric, index, distance, workers, progress);
      }
    }
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
    return metric == Metric.COSINE
        ? searchRows(UnitRows.of(data, extra), UnitRows.of(queries, extra), k, metric, workers)
        : searchRows(data, queries, k, metric, workers);
  }

  /// The same on rows that are as the metric wants them.
  static Neighbors searchRows(Matrix data, Matrix queries, int k, Metric metric, Workers workers) {
    int[] index = new int[Math.multiplyExact(queries.rows(), k)];
    float[] distance = new float[index.length];
    if (data.cols() <= KdTree.MOST_COLUMNS) {
      KdTree.of(data, workers).findAll(queries, k, metric, index, distance, workers);
    } else {
      QuerySearch.find(data, queries, k, metric, index, distance, workers);
    }
    return new Neighbors(k, index, distance, "exact", 1);
  }

  static void check(Matrix data, int k) {
    if (k < 1 || k >= data.rows()) {
      throw new IllegalArgumentException(
          "the number of neighbors must be from 1 to the other observations, "
              + (data.rows() - 1)
              + ", got "
              + k);
    }
  }
}
