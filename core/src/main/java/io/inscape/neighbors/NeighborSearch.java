package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// Nearest neighbours by whatever is best for the size: exact, or approximate where exact would
/// take more than twice as long.
///
/// The cost of both is estimated from measurements on two cores with vectors of sixteen floats, in
/// seconds of one core: exact `n^2 (d + 60) / 8.5e10`, approximate `n (23 + 2.2 k) (1 + d / 200) /
/// 1e6`. With 50 columns and 90 neighbours that is exact up to about 430,000 observations. Up to
/// four columns it is always exact, by a tree.
public final class NeighborSearch {
  private static final int SMALL = 20_000;

  /// How much longer an exact result may take than an approximate one.
  private static final double PATIENCE = 2;

  private NeighborSearch() {}

  /// Finds the neighbours of every row.
  ///
  /// @param data rows = observations; not modified
  /// @param k number of neighbours, from 1 to the number of observations less 1
  /// @param metric what distance means
  /// @param seed of the random choices of the approximate search
  /// @param workers do the arithmetic
  /// @param progress hears the stage `neighbors`
  /// @return the neighbours, nearest first; they say how they were found
  /// @throws IllegalArgumentException if `k` is out of range
  public static Neighbors find(
      Matrix data, int k, Metric metric, long seed, Workers workers, Progress progress) {
    progress.report("neighbors", 0);
    Neighbors found =
        exactly(data.rows(), data.cols(), k)
            ? ExactNeighbors.find(data, k, metric, workers, progress)
            : ApproximateNeighbors.find(data, k, metric, seed, workers, progress);
    progress.report("neighbors", 1);
    return found;
  }

  /// Whether to search exactly.
  static boolean exactly(int rows, int cols, int k) {
    double n = rows;
    double exact = n * n * (cols + 60) / 8.5e10;
    double approximate = n * (23 + 2.2 * k) * (1 + cols / 200.0) / 1e6;
    return cols <= KdTree.MOST_COLUMNS || rows < SMALL || exact <= PATIENCE * approximate;
  }
}
