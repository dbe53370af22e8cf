package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;

/// Principal components, exact to rounding: centred columns, eigenvectors of the covariance matrix
/// in double.
///
/// Of each component the loading of largest magnitude is positive (the first of equals), so that
/// the picture does not flip. Components beyond the rank of the data are zero.
///
/// @param scores rows = observations, columns = components
/// @param variance variance along each component, largest first; n - 1 in the denominator
/// @param loadings `[component][col]`, of unit length, or zero beyond the rank
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record Pca(Matrix scores, double[] variance, double[][] loadings) {
  private static final int ROWS_PER_CHUNK = 256;
  private static final double GOOD_ENOUGH = 1e-4; // of the largest eigenvalue, for a start

  static Pca of(Matrix data, int components, long seed, Workers workers) {
    return of(data, components, seed, Krylov.EXACT, workers);
  }

  /// Scores that are good enough to start an iterative method from.
  static Matrix start(Matrix data, int components, long seed, Workers workers) {
    return of(data, components, seed, GOOD_ENOUGH, workers).scores();
  }

  private static Pca of(Matrix data, int components, long seed, double tolerance, Workers workers) {
    int rows = data.rows();
    int cols = data.cols();
    float[] centred = data.toArray();
    double[] mean = SquaredDistances.columnMeans(data);
    double scale = centre(centred, mean);
    double[][] loadings =
        new Krylov(centred, rows, cols, components, tolerance, workers).leading(seed);
    for (double[] loading : loadings) {
      fixSign(loading);
    }
    float[] scores = new float[rows * components];
    double[] squares = new double[components];
    workers.forEachChunk(
        rows, ROWS_PER_CHUNK, (_, from, to) -> project(centred, from, to, loadings, scale, scores));
    for (int at = 0; at < scores.length; at++) {
      squares[at % components] += (double) scores[at] * scores[at];
    }
    for (int component = 0; component < components; component++) {
      squares[component] /= Math.max(1, rows - 1);
    }
    return new Pca(Matrix.of(rows, components, scores), squares, loadings);
  }

  /// Takes the means off and scales by a power of two, so that the largest value is about 1.
  /// Returns the scale.
  private static double centre(float[] values, double[] mean) {
    double largest = 0;
    for (int row = 0; row < values.length; row += mean.length) {
      for (int col = 0; col < mean.length; col++) {
        largest = Math.max(largest, Math.abs(values[row + col] - mean[col]));
      }
    }
    double scale = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest));
    for (int row = 0; row < values.length; row += mean.length) {
      for (int col = 0; col < mean.length; col++) {
        values[row + col] = (float) ((values[row + col] - mean[col]) * scale);
      }
    }
    return scale;
  }

  private static void project(
      float[] centred, int from, int to, double[][] loadings, double scale, float[] scores) {
    int cols = loadings[0].length;
    for (int row = from; row < to; row++) {
      for (int component = 0; component < loadings.length; component++) {
        double[] loading = loadings[component];
        double sum = 0;
        for (int col = 0; col < cols; col++) {
          sum += centred[row * cols + col] * loading[col];
        }
        scores[row * loadings.length + component] = (float) (sum / scale);
      }
    }
  }

  /// Turns a component so that its largest loading is positive. Those within rounding of the
  /// largest count as equal.
  private static void fixSign(double[] loading) {
    double largest = 0;
    for (double value : loading) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (double value : loading) {
      if (Math.abs(value) >= largest * (1 - 1e-9)) {
        if (value < 0) {
          for (int col = 0; col < loading.length; col++) {
            loading[col] = 0 - loading[col];
          }
        }
        return;
      }
    }
  }
}
