package io.inscape.matrix;

/// Squared Euclidean distances between the rows of a matrix: fast approximate ones with a rigorous
/// bound on their error, and exact ones.
///
/// The fast ones are `|x|^2 + |y|^2 - 2 xy` in float, on columns centred and scaled by a power of
/// two so that nothing overflows; the approximate values are in that scale. Whoever needs exact
/// order takes every candidate within twice the bound and settles it with [#exact].
public final class SquaredDistances {
  private final Matrix data;
  private final int panels;
  private final float[] values; // centred and scaled, [row * cols + col]
  private final float[][] packed; // [panel][col * PANEL + row in panel]
  private final float[] squaredNorm; // [row], padded to whole panels
  private final double largestNorm;

  private SquaredDistances(Matrix data, Workers workers) {
    this.data = data;
    int rows = data.rows();
    panels = Math.ceilDiv(rows, Kernels.PANEL);
    values = centred(data);
    packed = new float[panels][];
    squaredNorm = new float[panels * Kernels.PANEL];
    workers.forEachChunk(panels, 1, (panel, _, _) -> pack(panel));
    float largest = 0;
    for (float norm : squaredNorm) {
      largest = Math.max(largest, norm);
    }
    largestNorm = Math.sqrt(largest);
  }

  /// Prepares a matrix.
  ///
  /// @param data rows to be compared
  /// @param workers do the arithmetic
  /// @return distances between its rows
  public static SquaredDistances of(Matrix data, Workers workers) {
    return new SquaredDistances(data, workers);
  }

  /// {@return the length of a row of approximate distances: the number of rows rounded up to whole
  /// panels}
  public int stride() {
    return panels * Kernels.PANEL;
  }

  /// Approximate distances of some rows to all rows.
  ///
  /// @param from first row
  /// @param to one past the last row
  /// @param target receives `[(row - from) * stride + other]`; what is beyond the number of rows
  ///   means nothing
  public void approximate(int from, int to, float[] target) {
    int stride = stride();
    for (int panel = 0; panel < panels; panel++) {
      int offset = panel * Kernels.PANEL;
      Kernels.products(values, from, to - from, data.cols(), packed[panel], target, offset, stride);
      for (int row = from; row < to; row++) {
        int at = (row - from) * stride + offset;
        float norm = squaredNorm[row];
        for (int other = 0; other < Kernels.PANEL; other++) {
          target[at + other] = norm + squaredNorm[offset + other] - 2 * target[at + other];
        }
      }
    }
  }

  /// How far an approximate distance of a row can be from the exact one, in the scale of the
  /// approximate ones.
  ///
  /// @param row in [0, rows)
  /// @return the bound, for the distances to all others
  public float bound(int row) {
    // Products and norms of c terms are off by at most c units in the last place of |x||y|,
    // centring by one unit of
    // each value, the last two sums by a few; 1.2e-7 is two units (one would do), and twice that is
    // for the sum itself.
    double reach = Math.sqrt(squaredNorm[row]) + largestNorm;
    return (float) ((data.cols() + 16) * 1.2e-7 * reach * reach + Float.MIN_NORMAL);
  }

  /// The exact squared distance: differences and sum in double, unscaled, the same both ways round.
  ///
  /// @param row in [0, rows)
  /// @param other in [0, rows)
  /// @return the squared distance
  public double exact(int row, int other) {
    int cols = data.cols();
    return Kernels.squaredDistance(data.values(), row * cols, data.values(), other * cols, cols);
  }

  private void pack(int panel) {
    int cols = data.cols();
    float[] target = new float[cols * Kernels.PANEL];
    int first = panel * Kernels.PANEL;
    int count = Math.min(Kernels.PANEL, data.rows() - first);
    for (int r = 0; r < count; r++) {
      double norm = 0;
      for (int col = 0; col < cols; col++) {
        float value = values[(first + r) * cols + col];
        target[col * Kernels.PANEL + r] = value;
        norm += (double) value * value;
      }
      squaredNorm[first + r] = (float) norm;
    }
    packed[panel] = target;
  }

  /// Columns less their means, scaled by a power of two to stay within [-1, 1].
  private static float[] centred(Matrix data) {
    int cols = data.cols();
    double[] mean = columnMeans(data);
    float[] from = data.values();
    double largest = 0;
    for (int row = 0; row < data.rows(); row++) {
      for (int col = 0; col < cols; col++) {
        largest = Math.max(largest, Math.abs(from[row * cols + col] - mean[col]));
      }
    }
    double scale = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(largest) - 1);
    float[] to = new float[from.length];
    for (int row = 0; row < data.rows(); row++) {
      for (int col = 0; col < cols; col++) {
        to[row * cols + col] = (float) ((from[row * cols + col] - mean[col]) * scale);
      }
    }
    return to;
  }

  /// The mean of every column, summed in double in the order of the rows.
  ///
  /// @param data at least one row
  /// @return one mean per column
  public static double[] columnMeans(Matrix data) {
    double[] mean = new double[data.cols()];
    float[] values = data.values();
    for (int row = 0; row < data.rows(); row++) {
      for (int col = 0; col < mean.length; col++) {
        mean[col] += values[row * mean.length + col];
      }
    }
    for (int col = 0; col < mean.length; col++) {
      mean[col] /= data.rows();
    }
    return mean;
  }
}
