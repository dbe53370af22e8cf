package io.inscape.projection.tsne;

/// The box around a layout.
///
/// @param low least value per dimension
/// @param high greatest value per dimension
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record Extent(float[] low, float[] high) {
  static Extent of(float[][] position, int count) {
    float[] low = new float[position.length];
    float[] high = new float[position.length];
    for (int dim = 0; dim < position.length; dim++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        least = Math.min(least, position[dim][i]);
        most = Math.max(most, position[dim][i]);
      }
      low[dim] = least;
      high[dim] = most;
    }
    return new Extent(low, high);
  }

  double size(int dim) {
    return (double) high[dim] - low[dim];
  }

  double largest() {
    double largest = 0;
    for (int dim = 0; dim < low.length; dim++) {
      largest = Math.max(largest, size(dim));
    }
    return largest;
  }
}
