package io.inscape.neighbors;

import io.inscape.matrix.Matrix;

/// Rows scaled to length one, so that the squared Euclidean distance is twice the cosine distance.
///
/// A row of zeros becomes one of a column of its own, at a right angle to everything else.
final class UnitRows {
  private UnitRows() {}

  /// Whether a row has no direction.
  static boolean anyZero(Matrix data) {
    float[] row = new float[data.cols()];
    for (int at = 0; at < data.rows(); at++) {
      data.copyRow(at, row, 0);
      if (norm(row) == 0) {
        return true;
      }
    }
    return false;
  }

  /// The scaled rows.
  ///
  /// @param data rows of any length
  /// @param extra whether to add the column for rows of zeros
  /// @return rows of length one
  static Matrix of(Matrix data, boolean extra) {
    int cols = data.cols() + (extra ? 1 : 0);
    float[] values = new float[Math.multiplyExact(data.rows(), cols)];
    float[] row = new float[data.cols()];
    for (int at = 0; at < data.rows(); at++) {
      data.copyRow(at, row, 0);
      double norm = norm(row);
      for (int col = 0; col < row.length; col++) {
        values[at * cols + col] = norm == 0 ? 0 : (float) (row[col] / norm);
      }
      if (norm == 0) {
        values[at * cols + cols - 1] = 1;
      }
    }
    return Matrix.of(data.rows(), cols, values);
  }

  private static double norm(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value; // the square of any float is a finite, positive double
    }
    return Math.sqrt(sum);
  }
}
