package io.inscape.probe;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// Columns brought to mean 0 and variance 1, a tile of rows at a time; a constant column becomes 0.
final class Standardization {
  private static final int MOST_PARTS = 16; // partial sums kept at once

  private final double[] mean; // [col]
  private final double[] inverse; // [col], one over the standard deviation, 0 where constant

  private Standardization(double[] mean, double[] inverse) {
    this.mean = mean;
    this.inverse = inverse;
  }

  /// Finds means and deviations of the columns of some rows.
  static Standardization of(Matrix data, Workers workers) {
    double[] zero = new double[data.cols()];
    double[] mean = columnMeans(data, zero, false, workers);
    double[] variance = columnMeans(data, mean, true, workers);
    double[] inverse = new double[variance.length];
    for (int col = 0; col < inverse.length; col++) {
      inverse[col] = variance[col] > 0 ? 1 / Math.sqrt(variance[col]) : 0;
    }
    return new Standardization(mean, inverse);
  }

  int cols() {
    return mean.length;
  }

  /// Standardises the rows [from, to).
  ///
  /// @param tile receives `[(row - from) * cols + col]`
  void fill(Matrix data, int from, int to, float[] tile) {
    int cols = mean.length;
    for (int row = from; row < to; row++) {
      int at = (row - from) * cols;
      data.copyRow(row, tile, at);
      for (int col = 0; col < cols; col++) {
        tile[at + col] = (float) ((tile[at + col] - mean[col]) * inverse[col]);
      }
    }
  }

  private static double[] columnMeans(
      Matrix data, double[] center, boolean squared, Workers workers) {
    int chunk = Math.max(1, Math.ceilDiv(data.rows(), MOST_PARTS));
    double[][] partial = new double[Math.ceilDiv(data.rows(), chunk)][];
    workers.forEachChunk(
        data.rows(),
        chunk,
        (number, from, to) -> {
          double[] sum = new double[center.length];
          float[] row = new float[center.length];
          for (int i = from; i < to; i++) {
            data.copyRow(i, row, 0);
            add(row, center, squared, sum);
          }
          partial[number] = sum;
        });
    double[] mean = new double[center.length];
    for (double[] part : partial) {
      for (int col = 0; col < mean.length; col++) {
        mean[col] += part[col];
      }
    }
    for (int col = 0; col < mean.length; col++) {
      mean[col] /= data.rows();
    }
    return mean;
  }

  private static void add(float[] row, double[] center, boolean squared, double[] sum) {
    for (int col = 0; col < row.length; col++) {
      double way = row[col] - center[col];
      sum[col] += squared ? way * way : way;
    }
  }
}
