package io.inscape.weight;

/// What one look at some weights finds.
///
/// @param min the least
/// @param max the greatest
/// @param sum of the differences from the pilot
/// @param squares sum of their squares
/// @param near how many are of at most the threshold's size
record Moments(float min, float max, double sum, double squares, int near) {
  /// Sixteen sums added in one order, so that vectors of any width give the same bits.
  static double fold(double[] lanes) {
    double sum = 0;
    for (int half = lanes.length / 2, lane = 0; lane < half; lane++) {
      sum += lanes[lane] + lanes[lane + half];
    }
    return sum;
  }
}
