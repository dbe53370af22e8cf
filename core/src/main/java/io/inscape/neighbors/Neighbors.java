package io.inscape.neighbors;

/// The nearest neighbours of every observation, nearest first; equal distances are ordered by
/// index.
///
/// Distances are computed in double and kept as floats: eight bytes per neighbour in all.
public final class Neighbors {
  private final int k;
  private final int[] index; // [observation * k + neighbor]
  private final float[] distance; // [observation * k + neighbor]
  private final String method;
  private final double recall;

  Neighbors(int k, int[] index, float[] distance, String method, double recall) {
    this.k = k;
    this.index = index;
    this.distance = distance;
    this.method = method;
    this.recall = recall;
  }

  /// {@return the number of neighbours of each observation}
  public int k() {
    return k;
  }

  /// {@return the number of observations}
  public int observations() {
    return index.length / k;
  }

  /// One neighbour.
  ///
  /// @param observation whose neighbour
  /// @param neighbor 0 for the nearest, below k
  /// @return the neighbour's observation number
  public int index(int observation, int neighbor) {
    return index[observation * k + neighbor];
  }

  /// How far one neighbour is.
  ///
  /// @param observation whose neighbour
  /// @param neighbor 0 for the nearest, below k
  /// @return its distance in the metric of the search
  public double distance(int observation, int neighbor) {
    return distance[observation * k + neighbor];
  }

  /// How far one neighbour is, squared.
  ///
  /// @param observation whose neighbour
  /// @param neighbor 0 for the nearest, below k
  /// @return the square of its distance in the metric of the search
  public double squaredDistance(int observation, int neighbor) {
    double length = distance[observation * k + neighbor];
    return length * length;
  }

  /// {@return how they were found: `exact` or `nn-descent`}
  public String method() {
    return method;
  }

  /// {@return the share of the true neighbours among those found, measured on a sample of the
  /// observations; 1 when exact}
  public double recall() {
    return recall;
  }
}
