package io.inscape.evolution.vff;

import io.inscape.projection.mds.Dissimilarities;

/// What one thread works on: sixteen points against a range of up to [#LENGTH] points.
final class Block {
  /// The most points whose terms are summed in float.
  static final int LENGTH = 256;

  private static final int LANES = Dissimilarities.LANES;

  /// The first of the sixteen points.
  int first;

  /// The first point of the range.
  int begin;

  /// One past the last point of the range.
  int end;

  /// What alignment wants the distances to be, `[(j - begin) * 16 + lane]`.
  final float[] wanted = new float[LENGTH * LANES];

  /// Sums over the range: squared gaps, then the pull along x, then along y, `[sum * 16 + lane]`.
  final float[] sums = new float[3 * LANES];

  /// Adds the sums up in double.
  ///
  /// @param squares per point
  /// @param pull `[dim][point]`
  void addTo(double[] squares, double[][] pull) {
    for (int lane = 0; lane < LANES; lane++) {
      squares[first + lane] += sums[lane];
      pull[0][first + lane] += sums[LANES + lane];
      pull[1][first + lane] += sums[2 * LANES + lane];
    }
  }
}
