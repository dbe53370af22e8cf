package io.inscape.quality;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// A space of many columns: distances from blocked products, `|x|^2 + |y|^2 - 2 xy` on columns
/// centred and scaled. Where that is mostly rounding the exact distance takes its place.
///
/// Products are summed over 128 columns at a time, which keeps the bound on their rounding small
/// and with it the number of pairs that must be settled.
final class WideSpace implements Space {
  private static final int ROWS_PER_CHUNK = 256;
  private static final int DEPTH = 128; // columns summed at a time
  private static final float SETTLED = 16; // margins below which a distance is computed anew

  private final Matrix points;
  private final int[] order;
  private final int references;
  private final int cols;
  private final double scale;
  private final double[] mean;
  private final float[] raw; // the references' own values, [row * cols + col]
  private final int slabs; // of columns
  private final float[][] packed; // [panel * slabs + slab][col in slab * PANEL + row in panel]
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
    slabs = Math.max(1, Math.ceilDiv(cols, DEPTH));
    packed = new float[panels * slabs][];
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

  private int depth(int slab) {
    return Math.min(DEPTH, cols - slab * DEPTH);
  }

  private void pack(int panel) {
    for (int slab = 0; slab < slabs; slab++) {
      packed[panel * slabs + slab] = new float[depth(slab) * Kernels.PANEL];
    }
    int first = panel * Kernels.PANEL;
    int count = Math.min(Kernels.PANEL, references - first);
    float[] values = new float[cols];
    for (int r = 0; r < count; r++) {
      points.copyRow(order[first + r], raw, (first + r) * cols);
      squaredNorm[first + r] = centred(raw, (first + r) * cols, values);
      for (int col = 0; col < cols; col++) {
        packed[panel * slabs + col / DEPTH][col % DEPTH * Kernels.PANEL + r] = values[col];
      }
    }
  }

  /// Centres and scales one row; returns its squared norm.
  private float centred(float[] from, int at, float[] to) {
    double norm = 0;
    for (int col = 0; col < cols; col++) {
      float value = (float) ((from[at + col] - mean[col]) * scale);
      to[col] = value;
      norm += (double) value * value;
    }
    return (float) norm;
  }

  @Override
  public void fill(int from, int to, float[] target) {
    int stride = Space.stride(references);
    int rows = to - from;
    float[][] values = new float[slabs][];
    Arrays.setAll(values, slab -> new float[rows * depth(slab)]);
    float[] norms = new float[rows];
    gather(from, rows, values, norms);
    float[] part = new float[rows * Kernels.PANEL];
    for (int offset = 0; offset < stride; offset += Kernels.PANEL) {
      int panel = offset / Kernels.PANEL * slabs;
      Kernels.products(values[0], 0, rows, depth(0), packed[panel], target, offset, stride);
      for (int slab = 1; slab < slabs; slab++) {
        Kernels.products(
            values[slab], 0, rows, depth(slab), packed[panel + slab], part, 0, Kernels.PANEL);
        for (int row = 0; row < rows; row++) {
          add(part, row * Kernels.PANEL, target, row * stride + offset);
        }
      }
      for (int row = 0; row < rows; row++) {
        finish(norms[row], target, row * stride + offset, offset);
      }
    }
    for (int row = 0; row < rows; row++) {
      settleNear(from + row, norms[row], target, row * stride);
      Arrays.fill(target, row * stride + references, (row + 1) * stride, 0);
    }
  }

  private void gather(int from, int rows, float[][] values, float[] norms) {
    float[] own = new float[cols];
    float[] centred = new float[cols];
    for (int row = 0; row < rows; row++) {
      points.copyRow(order[from + row], own, 0);
      norms[row] = centred(own, 0, centred);
      for (int slab = 0; slab < slabs; slab++) {
        int depth = depth(slab);
        System.arraycopy(centred, slab * DEPTH, values[slab], row * depth, depth);
      }
    }
  }

  private static void add(float[] part, int from, float[] target, int at) {
    for (int other = 0; other < Kernels.PANEL; other++) {
      target[at + other] += part[from + other];
    }
  }

  private void finish(float norm, float[] target, int at, int offset) {
    for (int other = 0; other < Kernels.PANEL; other++) {
      target[at + other] = Math.max(0, norm + squaredNorm[offset + other] - 2 * target[at + other]);
    }
  }

  private void settleNear(int row, float norm, float[] target, int at) {
    float near = SETTLED * bound(2 * Math.sqrt(norm));
    int few = QualityKernels.countBelow(target, at, at + references, near);
    Exact exact = exact(row);
    for (int other = 0; few > 0 && other < references; other++) {
      if (target[at + other] < near) {
        target[at + other] = other == row ? 0 : (float) (exact.to(other) * scale * scale);
        few--;
      }
    }
  }

  /// How far a squared distance can be off, given the sum of the two norms.
  ///
  /// With u = 2^-24: a product of c summands is off by at most c u |x||y|, c u / 2 of the square of
  /// the sum of the norms once doubled; centring, norms and the last two sums are off by at most
  /// six u of it together.
  private float bound(double norms) {
    double summands = Math.min(cols, DEPTH) + slabs;
    return (float) ((summands / 2 + 8) * 0x1p-24 * norms * norms + Float.MIN_NORMAL);
  }

  @Override
  public float margin(int row, float value) {
    double distance = Math.sqrt(value);
    if (row < references) {
      double norm = Math.sqrt(squaredNorm[row]);
      return bound(norm + Math.min(largestNorm, norm + 1.01 * distance));
    }
    return bound(distance + 2 * largestNorm); // no farther from the mean than this
  }

  @Override
  public Exact exact(int row) {
    if (row < references) {
      return reference -> Kernels.squaredDistance(raw, row * cols, raw, reference * cols, cols);
    }
    float[] values = new float[cols];
    points.copyRow(order[row], values, 0);
    return reference -> Kernels.squaredDistance(values, 0, raw, reference * cols, cols);
  }

  @Override
  public double unit() {
    return 1 / scale;
  }
}
