package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// Approximate nearest neighbours for many observations.
public final class ApproximateNeighbors {
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
    return ExactNeighbors.find(data, k, metric, workers);
  }
}
