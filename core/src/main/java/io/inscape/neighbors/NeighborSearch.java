package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// Nearest neighbours by whatever is fastest for the size: exact, or approximate where exact would
/// take much longer.
public final class NeighborSearch {
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
    Neighbors found = ExactNeighbors.find(data, k, metric, workers);
    progress.report("neighbors", 1);
    return found;
  }
}
