package io.inscape.neighbors;

/// The nearest neighbours of every observation, nearest first.
public final class Neighbors {
  private final int k;
  private final int[] index; // [observation * k + neighbor]
  private final double[] squaredDistance; // [observation * k + neighbor]

  Neighbors(int k, int[] index, double[] squaredDistance) {
    this.k = k;
    this.index = index;
    this.squaredDistance = squaredDistance;
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
  /// @return its squared Euclidean distance
  public double squaredDistance(int observation, int neighbor) {
    return squaredDistance[observation * k + neighbor];
  }
}
