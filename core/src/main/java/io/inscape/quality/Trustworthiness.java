package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;

/// Trustworthiness: whether neighbours in a layout are neighbours in the data too.
///
/// `T = 1 - 2 / (n k (2n - 3k - 1)) sum_i sum_j max(0, r(i, j) - k)` over the k nearest neighbours
/// j of i in the layout, with `r(i, j)` the rank of j among i's neighbours in the data, 1 for the
/// nearest. Equal distances are ordered by index.
///
/// @param mean over all observations, in [0, 1]; 1 if no layout neighbour is a stranger in the data
/// @param perObservation one value per observation, in [0, 1]
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Trustworthiness(double mean, float[] perObservation) {
  private static final int ROWS_PER_CHUNK = 48;

  /// Copies the array.
  public Trustworthiness {
    perObservation = perObservation.clone();
  }

  /// {@return a copy: one value per observation}
  @Override
  public float[] perObservation() {
    return perObservation.clone();
  }

  /// Measures a layout.
  ///
  /// @param data rows = observations, in their own space
  /// @param layout rows = the same observations, in the layout
  /// @param k number of neighbours, at least 1 and below half the number of observations
  /// @param workers do the arithmetic
  /// @return the measure
  /// @throws IllegalArgumentException if the rows differ in number, or `k` is out of range
  public static Trustworthiness of(Matrix data, Matrix layout, int k, Workers workers) {
    int n = data.rows();
    if (layout.rows() != n) {
      throw new IllegalArgumentException(
          "the layout has " + layout.rows() + " observations but the data have " + n);
    }
    if (k < 1 || 2L * k >= n) {
      throw new IllegalArgumentException(
          "trustworthiness needs from 1 to fewer neighbors than half the observations, "
              + n
              + ", got k = "
              + k);
    }
    Neighbors neighbors = ExactNeighbors.find(layout, k, workers);
    SquaredDistances distances = SquaredDistances.of(data, workers);
    long[] excess = new long[n];
    workers.forEachChunk(
        n,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] near = new float[(to - from) * distances.stride()];
          distances.approximate(from, to, near);
          for (int row = from; row < to; row++) {
            int offset = (row - from) * distances.stride();
            for (int neighbor = 0; neighbor < k; neighbor++) {
              int rank = rank(distances, n, row, neighbors.index(row, neighbor), near, offset);
              excess[row] += Math.max(0, rank - k);
            }
          }
        });
    return score(excess, k);
  }

  private static Trustworthiness score(long[] excess, int k) {
    int n = excess.length;
    double worst = 0.5 * k * (2.0 * n - 3.0 * k - 1); // of one observation
    float[] perObservation = new float[n];
    long total = 0;
    for (int row = 0; row < n; row++) {
      perObservation[row] = (float) (1 - excess[row] / worst);
      total += excess[row];
    }
    return new Trustworthiness(1 - total / (n * worst), perObservation);
  }

  /// The rank of one observation among a row's neighbours: who is clearly nearer is counted by the
  /// approximate distances, who is too close to call by the exact ones.
  private static int rank(
      SquaredDistances distances, int n, int row, int target, float[] near, int offset) {
    float bound = 2 * distances.bound(row);
    float low = Math.nextDown(near[offset + target] - bound);
    float high = Math.nextUp(near[offset + target] + bound);
    int clear = 0;
    int open = 0;
    for (int other = 0; other < n; other++) {
      clear += near[offset + other] < low ? 1 : 0;
      open += near[offset + other] <= high ? 1 : 0;
    }
    int rank = 1 + clear - (near[offset + row] < low ? 1 : 0);
    if (open == clear + 1) {
      return rank; // only the target itself is in between
    }
    double distance = distances.exact(row, target);
    for (int other = 0; other < n; other++) {
      float value = near[offset + other];
      if (value >= low && value <= high && other != row && other != target) {
        double exact = distances.exact(row, other);
        if (exact < distance || (exact == distance && other < target)) {
          rank++;
        }
      }
    }
    return rank;
  }
}
