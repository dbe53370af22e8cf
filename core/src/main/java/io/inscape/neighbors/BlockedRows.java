package io.inscape.neighbors;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// Rows in blocks of near ones, each block packed into panels around its own centre, so that
/// products of its rows in float keep the digits that distances need.
///
/// Everything packed is scaled by a power of two to within [-1, 1], so that nothing overflows; the
/// rows themselves are kept as they are.
final class BlockedRows {
  private static final int LARGEST_BLOCK = 1024;
  private static final int SMALLEST_BLOCK = 96;
  private static final int BLOCK_VALUES = 128 * 1024; // half a MiB: a fraction of a core's cache
  private static final double UNIT = 0x1p-24; // rounding error of a float
  private static final double TINY = 1e-37; // more than anything lost to underflow

  final int cols;
  final float scale;
  final float[] rows; // [position * cols + col], not scaled
  private final BlockOrder order;
  private final int[] position; // [row of the matrix]
  private final float[] centre; // [block * cols + col], scaled
  private final float[] radius; // [block], scaled, rounded up
  private final NeighborKernels.Panel[][] panels; // [block][panel]

  private BlockedRows(Matrix data, BlockOrder order, float scale, Workers workers) {
    cols = data.cols();
    this.order = order;
    position = order.positions();
    this.scale = scale;
    rows = new float[data.rows() * cols];
    centre = new float[Math.multiplyExact(order.blocks(), cols)];
    radius = new float[order.blocks()];
    panels = new NeighborKernels.Panel[order.blocks()][];
    workers.forEachChunk(
        data.rows(),
        1024,
        (_, from, to) -> {
          for (int at = from; at < to; at++) {
            data.copyRow(order.row(at), rows, at * cols);
          }
        });
  }

  /// Prepares rows to be compared with others of the same scale.
  static BlockedRows of(Matrix data, float scale, Workers workers) {
    int largest =
        Math.clamp(BLOCK_VALUES / Math.max(1, data.cols()), SMALLEST_BLOCK, LARGEST_BLOCK);
    BlockedRows result =
        new BlockedRows(data, BlockOrder.of(data, largest, workers), scale, workers);
    workers.forEachChunk(result.blocks(), 1, (block, _, _) -> result.pack(block));
    return result;
  }

  /// {@return the power of two that takes the largest value to at most 2, or as near as floats get}
  static float scaleOf(Matrix... several) {
    float largest = 0;
    for (Matrix data : several) {
      float[] row = new float[data.cols()];
      for (int at = 0; at < data.rows(); at++) {
        data.copyRow(at, row, 0);
        for (float value : row) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
    }
    return largest == 0 ? 1 : Math.scalb(1f, -Math.clamp(Math.getExponent(largest) + 1, -120, 120));
  }

  int blocks() {
    return order.blocks();
  }

  int start(int block) {
    return order.start(block);
  }

  /// {@return the row of the matrix at a position}
  int row(int position) {
    return order.row(position);
  }

  /// {@return the position of a row of the matrix}
  int position(int row) {
    return position[row];
  }

  NeighborKernels.Panel[] panels(int block) {
    return panels[block];
  }

  /// How far the rows of a block are from its centre at most, scaled.
  float radius(int block) {
    return radius[block];
  }

  /// A row of `from` around the centre of a block of this.
  ///
  /// @return its squared length there
  double around(int block, BlockedRows from, int position, float[] out, int target, float[] sums) {
    return NeighborKernels.centre(
        from.rows, position * cols, scale, centre, block * cols, cols, out, target, sums);
  }

  /// The exact squared distance, unscaled, the same both ways round.
  double exact(int position, BlockedRows other, int otherPosition) {
    return Kernels.squaredDistance(rows, position * cols, other.rows, otherPosition * cols, cols);
  }

  /// How far a squared distance from float products can be from the exact one, when both rows are
  /// within given distances of the centre; all scaled.
  ///
  /// The sum of d products and two halves of squared lengths is off by at most d + 2 roundings of
  /// `(|x| + |y|)^2 / 2`, those lengths by d / 16 and some, and taking off the centre moves a
  /// distance by two more; the rest is generous.
  double error(double length, double otherLength) {
    double terms = 1.1 * cols + 40;
    double reach = length + otherLength;
    return terms * UNIT / (1 - Math.min(0.5, terms * UNIT)) * reach * reach + TINY;
  }

  /// Relative slack for lengths in float.
  double slack() {
    return 1 + 1e-5 + cols * UNIT;
  }

  double centreDistance(int block, BlockedRows other, int otherBlock) {
    return Math.sqrt(
        Kernels.squaredDistance(centre, block * cols, other.centre, otherBlock * cols, cols));
  }

  private void pack(int block) {
    int from = start(block);
    int count = start(block + 1) - from;
    mean(block, from, count);
    NeighborKernels.Panel[] packed =
        new NeighborKernels.Panel[Math.ceilDiv(count, NeighborKernels.PANEL)];
    float[] row = new float[cols];
    float[] sums = new float[NeighborKernels.SUMS];
    double largest = 0;
    for (int at = 0; at < count; at++) {
      int slot = at % NeighborKernels.PANEL;
      if (slot == 0) {
        packed[at / NeighborKernels.PANEL] = new NeighborKernels.Panel(cols);
      }
      NeighborKernels.Panel panel = packed[at / NeighborKernels.PANEL];
      double squared = around(block, this, from + at, row, 0, sums);
      for (int col = 0; col < cols; col++) {
        panel.values[col * NeighborKernels.PANEL + slot] = row[col];
      }
      panel.half[slot] = (float) (squared / -2);
      largest = Math.max(largest, squared);
    }
    radius[block] = Math.nextUp((float) (Math.sqrt(largest) * slack()));
    panels[block] = packed;
  }

  private void mean(int block, int from, int count) {
    double[] sum = new double[cols];
    for (int at = from; at < from + count; at++) {
      for (int col = 0; col < cols; col++) {
        sum[col] += rows[at * cols + col];
      }
    }
    for (int col = 0; col < cols; col++) {
      centre[block * cols + col] = (float) (sum[col] / Math.max(1, count) * scale);
    }
  }
}
