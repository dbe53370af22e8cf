package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// Squared Euclidean distances from observations to some of them, the references, in one of the two
/// spaces that are compared: the data's or the layout's.
///
/// Rows are numbered by a given order of the observations; the first of them are the references.
/// The distances filled in are in float, in a scale of the space's own and with a bound on their
/// error; [#exact] settles what is too close to call.
sealed interface Space permits NarrowSpace, WideSpace {
  /// Columns up to which differences are cheaper than products.
  int NARROW = 8;

  /// @param points rows = observations
  /// @param order observation number of each row
  /// @param references how many rows are references
  static Space of(Matrix points, int[] order, int references, Workers workers) {
    return points.cols() <= NARROW
        ? new NarrowSpace(points, order, references)
        : new WideSpace(points, order, references, workers);
  }

  /// The length of a row of distances: the number of references, padded.
  static int stride(int references) {
    return Math.ceilDiv(references, 64) * 64;
  }

  /// Fills in the distances of rows [from, to) to every reference, `[(row - from) * stride +
  /// reference]`; the padding is zero, and so is a row's distance to itself.
  void fill(int from, int to, float[] target);

  /// How far a distance of a row that was filled in can be from the truth, in its scale.
  float margin(int row, float value);

  /// Turns to a row for its exact distances.
  Exact exact(int row);

  /// The exact distances of one row.
  @FunctionalInterface
  interface Exact {
    /// The squared distance to a reference, in the data's own scale.
    double to(int reference);
  }

  /// What a distance of 1 in the scale of [#fill], not squared, is in the data's own scale.
  double unit();

  /// The factor that brings magnitudes to at most 1; a power of two, so that nothing is rounded.
  static double scale(double largest) {
    return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest) - 1);
  }
}
