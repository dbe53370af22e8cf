package io.inscape.neighbors;

import io.inscape.matrix.Matrix;

/// How far apart two observations are.
public enum Metric {
  /// The length of the difference.
  EUCLIDEAN,

  /// One less the cosine of the angle, from 0 (same direction) to 2 (opposite). A row of zeros has
  /// no direction: it is at distance 0 from another one and at distance 1 from everything else.
  ///
  /// Rows are scaled to length one and rounded to float before they are compared, so distances
  /// below about 1e-7 mean "the same direction".
  COSINE;

  /// The rows whose Euclidean distances say it all: scaled to length one for `COSINE`.
  Matrix rows(Matrix data) {
    return this == COSINE ? UnitRows.of(data, UnitRows.anyZero(data)) : data;
  }

  /// The distance of two rows whose squared Euclidean distance is known; for `COSINE` that of rows
  /// of length one.
  float fromSquared(double squared) {
    return (float) (this == COSINE ? squared / 2 : Math.sqrt(squared));
  }
}
