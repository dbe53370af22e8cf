package io.inscape.quality;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// A space of many columns: distances from blocked products, `|x|^2 + |y|^2 - 2 xy` on columns
/// centred and scaled. Where that is all rounding the exact distance takes its place.
final class WideSpace implements Space {
  private static final int ROWS_PER_CHUNK = 256;

  private final Matrix points;
  private final int[] order;
  private final int references;
  private final int cols;
  private final double scale;
  private final double[] mean;
  private final float[] raw; // the references' own values, [row * cols + col]
  private final float[][] packed; // [panel][col * PANEL + row in panel], centred and scaled
  private final float[] squaredNorm; // [row], padded to whole panels
  private final double largestNorm;

  WideSpace(Matrix points, int[] order, int references, Workers workers) {
    this.points = points;
    this.order = order;
    this.references = references;
    cols = points.cols();
    mean = SquaredDistances.columnMeans(points);
    scale = Space.scale(largest(workers));
    raw = new float[Math.multiplyExact(references, cols)];
    int panels = Math.ceilDiv(references, Kernels.PANEL);
    packed = new float[panels][];
    squaredNorm = new float[panels * Kernels.PANEL];
    workers.forEachChunk(panels, 1, (panel, _, _) -> pack(panel));
    float largest = 0;
    for (float norm : squaredNorm) {
      largest = Math.max(largest, norm);
    }
    largestNorm = Math.sqrt(largest);
  }

  private double largest(Workers workers) {
    int rows = points.rows();
    double[] largest = new double[Math.ceilDiv(rows, ROWS_PER_CHUNK)];
    workers.forEachChunk(
        rows,
        ROWS_PER_CHUNK,
        (chunk, from, to) -> {
          float[] values = new float[cols];
          for (int row = from; row < to; row++) {
            points.copyRow(row, values, 0);
            for (int col = 0; col < cols; col++) {
              largest[chunk] = Math.max(largest[chunk], Math.abs(values[col] - mean[col]));
            }
          }
        });
    double most = 0;
    for (double one : largest) {
      most = Math.max(most, one);
    }
    return most;
  }

  private void pack(int panel) {
    float[] target = new float[cols * Kernels.PANEL];
    int first = panel * Kernels.PANEL;
    int count = Math.min(Kernels.PANEL, references - first);
    float[] values = new float[cols];
    for (int r = 0; r < count; r++) {
      points.copyRow(order[first + r], raw, (first + r) * cols);
      squaredNorm[first + r] = centred(raw, (first + r) * cols, values, 0);
      for (int col = 0; col < cols; col++) {
        target[col * Kernels.PANEL + r] = values[col];
      }
    }
    packed[panel] = target;
  }

  /// Centres and scales one row; returns its squared norm.
  private float centred(float[] from, int at, float[] to, int offset) {
    double norm = 0;
    for (int col = 0; col < cols; col++) {
      float value = (float) ((from[at + col] - mean[col]) * scale);
      to[offset + col] = value;
      norm += (double) value * value;
    }
    return (float) norm;
  }

  @Override
  public void fill(int from, int to, float[] target) {
    int stride = Space.stride(references);
    int rows = to - from;
    float[] values = new float[rows * cols];
    float[] norms = new float[rows];
    for (int row = 0; row < rows; row++) {
      points.copyRow(order[from + row], values, row * cols);
      norms[row] = centred(values, row * cols, values, row * cols);
    }
    for (int panel = 0; panel < packed.length; panel++) {
      int offset = panel * Kernels.PANEL;
      Kernels.products(values, 0, rows, cols, packed[panel], target, offset, stride);
      for (int row = 0; row < rows; row++) {
        finish(norms[row], target, row * stride + offset, offset);
      }
    }
    for (int row = 0; row < rows; row++) {
      settleNear(from + row, reach(norms[row]), target, row * stride);
      Arrays.fill(target, row * stride + references, (row + 1) * stride, 0);
    }
  }

  private void finish(float norm, float[] target, int at, int offset) {
    for (int other = 0; other < Kernels.PANEL; other++) {
      target[at + other] = Math.max(0, norm + squaredNorm[offset + other] - 2 * target[at + other]);
    }
  }

  private void settleNear(int row, float near, float[] target, int at) {
    int few = QualityKernels.countBelow(target, at, at + references, near);
    for (int other = 0; few > 0 && other < references; other++) {
      if (target[at + other] < near) {
        target[at + other] = other == row ? 0 : (float) (exact(row, other) * scale * scale);
      }
    }
  }

  private float reach(double norm) {
    // Products and norms of c terms are off by at most c units in the last place of |x||y|,
    // centring by one unit of each value, the last two sums by a few; 1.2e-7 is two units (one
    // would do), and twice that is for the sum itself.
    double reach = Math.sqrt(norm) + largestNorm;
    return (float) ((cols + 16) * 1.2e-7 * reach * reach + Float.MIN_NORMAL);
  }

  @Override
  public float margin(int row, float value) {
    if (row < references) {
      return reach(squaredNorm[row]);
    }
    double far = Math.sqrt(value) + 2 * largestNorm; // no farther from the mean than this
    return (float) ((cols + 16) * 1.2e-7 * far * far + Float.MIN_NORMAL);
  }

  @Override
  public double exact(int row, int reference) {
    if (row < references) {
      return Kernels.squaredDistance(raw, row * cols, raw, reference * cols, cols);
    }
    float[] values = new float[cols];
    points.copyRow(order[row], values, 0);
    return Kernels.squaredDistance(values, 0, raw, reference * cols, cols);
  }

  @Override
  public double unit() {
    return 1 / scale;
  }
}
