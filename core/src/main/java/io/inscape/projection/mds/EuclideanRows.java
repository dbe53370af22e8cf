package io.inscape.projection.mds;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;

/// Euclidean distances from rows to all rows by blocked products on centred and scaled columns;
/// where those would be mostly rounding, from differences in double.
final class EuclideanRows {
  /// Below this share of the squared norms a squared distance is computed anew: rounding is about a
  /// thousandth of it.
  private static final float NEAR = 1e-3f;

  private final float[] raw;
  private final int rows;
  private final int cols;
  private final double scale;
  private final float[] values; // centred and scaled, [row * cols + col]
  private final float[][] packed; // [panel][col * PANEL + row in panel]
  private final float[] squaredNorm;

  EuclideanRows(Matrix data, Workers workers) {
    rows = data.rows();
    cols = data.cols();
    raw = data.toArray();
    values = new float[raw.length];
    scale = centre(SquaredDistances.columnMeans(data));
    int panels = Math.ceilDiv(rows, Kernels.PANEL);
    packed = new float[panels][];
    squaredNorm = new float[panels * Kernels.PANEL];
    workers.forEachChunk(panels, 1, (panel, _, _) -> pack(panel));
  }

  /// Takes the means off and scales; returns the scale, a power of two by which no distance exceeds
  /// 1.
  private double centre(double[] mean) {
    double largest = 0;
    for (int row = 0; row < rows; row++) {
      double norm = 0;
      for (int col = 0; col < cols; col++) {
        double value = raw[row * cols + col] - mean[col];
        norm += value * value;
      }
      largest = Math.max(largest, norm);
    }
    double factor = largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(Math.sqrt(largest)) - 2);
    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        values[row * cols + col] = (float) ((raw[row * cols + col] - mean[col]) * factor);
      }
    }
    return factor;
  }

  private void pack(int panel) {
    float[] target = new float[cols * Kernels.PANEL];
    int first = panel * Kernels.PANEL;
    int count = Math.min(Kernels.PANEL, rows - first);
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

  int stride() {
    return squaredNorm.length;
  }

  /// What a distance of 1 is in the data's unit.
  double unit() {
    return 1 / scale;
  }

  /// Distances of rows [from, to) to all, `[(row - from) * stride + other]`; the padding is 0.
  void distances(int from, int to, float[] target) {
    int stride = stride();
    for (int panel = 0; panel < packed.length; panel++) {
      int offset = panel * Kernels.PANEL;
      Kernels.products(values, from, to - from, cols, packed[panel], target, offset, stride);
    }
    for (int row = from; row < to; row++) {
      int at = (row - from) * stride;
      for (int other = 0; other < rows; other++) {
        target[at + other] = distance(row, other, target[at + other]);
      }
      java.util.Arrays.fill(target, at + rows, at + stride, 0);
    }
  }

  private float distance(int row, int other, float product) {
    float norms = squaredNorm[row] + squaredNorm[other];
    float squared = norms - 2 * product;
    if (squared >= NEAR * norms) {
      return (float) Math.sqrt(squared);
    }
    return row == other
        ? 0
        : (float)
            (scale * Math.sqrt(Kernels.squaredDistance(raw, row * cols, raw, other * cols, cols)));
  }
}
