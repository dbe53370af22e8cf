package io.inscape.neighbors;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// Rows in an order in which near ones tend to stand together, cut into a power of two of blocks of
/// equal size (within one row).
///
/// The rows are halved along the direction in which a sample of them varies most, and so are the
/// halves. Blocks whose numbers differ in low bits only are near relatives.
final class BlockOrder {
  private static final int SAMPLE = 256;
  private static final int POWER_ITERATIONS = 3;

  private final int blocks;
  private final int[] order; // [position] = row

  private BlockOrder(int blocks, int[] order) {
    this.blocks = blocks;
    this.order = order;
  }

  /// Orders the rows.
  ///
  /// @param data at least one row
  /// @param largest rows of a block at most
  /// @param workers do the arithmetic
  static BlockOrder of(Matrix data, int largest, Workers workers) {
    return of(data, largest, BlockOrder::direction, workers);
  }

  /// Orders the rows by halving along the differences of two rows drawn at random.
  ///
  /// @param data at least one row
  /// @param largest rows of a block at most
  /// @param seed of the draws
  /// @param workers do the arithmetic
  static BlockOrder random(Matrix data, int largest, long seed, Workers workers) {
    return of(
        data, largest, (rows, order, from, to) -> difference(rows, order, from, to, seed), workers);
  }

  private static BlockOrder of(Matrix data, int largest, Splitter splitter, Workers workers) {
    int blocks = 1;
    while ((long) blocks * largest < data.rows()) {
      blocks *= 2;
    }
    int[] order = new int[data.rows()];
    for (int at = 0; at < order.length; at++) {
      order[at] = at;
    }
    BlockOrder result = new BlockOrder(blocks, order);
    float[] key = new float[order.length];
    for (int nodes = 1; nodes < blocks; nodes *= 2) {
      int width = blocks / nodes;
      workers.forEachChunk(
          nodes,
          1,
          (node, _, _) -> result.halve(data, key, node * width, width, splitter, workers));
    }
    return result;
  }

  int blocks() {
    return blocks;
  }

  /// {@return the first position of a block; that of the block after the last is the number of
  /// rows}
  int start(int block) {
    return (int) ((long) order.length * block / blocks);
  }

  int row(int position) {
    return order[position];
  }

  /// {@return where every row is}
  int[] positions() {
    int[] position = new int[order.length];
    for (int at = 0; at < order.length; at++) {
      position[order[at]] = at;
    }
    return position;
  }

  private void halve(
      Matrix data, float[] key, int block, int width, Splitter splitter, Workers workers) {
    int from = start(block);
    int middle = start(block + width / 2);
    int to = start(block + width);
    double[] direction = splitter.direction(data, order, from, to);
    workers.forEachChunk(
        to - from,
        4096,
        (_, begin, end) -> {
          float[] row = new float[data.cols()];
          for (int at = from + begin; at < from + end; at++) {
            data.copyRow(order[at], row, 0);
            key[at] = (float) dot(row, direction);
          }
        });
    Select.partition(key, order, from, to, middle);
  }

  private static double[] difference(Matrix data, int[] order, int from, int to, long seed) {
    long draw = JoinLists.mix(seed ^ JoinLists.mix((long) from << 32 | to));
    float[] one = new float[data.cols()];
    float[] other = new float[data.cols()];
    data.copyRow(order[from + (int) Long.remainderUnsigned(draw, to - from)], one, 0);
    draw = JoinLists.mix(draw);
    data.copyRow(order[from + (int) Long.remainderUnsigned(draw, to - from)], other, 0);
    double[] direction = new double[one.length];
    for (int col = 0; col < one.length; col++) {
      direction[col] = (double) one[col] - other[col];
    }
    normalise(direction);
    return direction;
  }

  /// Where a sample varies most: a few steps of the power method, from the row farthest from the
  /// mean.
  private static double[] direction(Matrix data, int[] order, int from, int to) {
    int cols = data.cols();
    int count = Math.min(SAMPLE, to - from);
    float[][] sample = new float[count][cols];
    double[] mean = new double[cols];
    for (int at = 0; at < count; at++) {
      data.copyRow(order[from + (int) ((long) (to - from) * at / count)], sample[at], 0);
      for (int col = 0; col < cols; col++) {
        mean[col] += sample[at][col];
      }
    }
    for (int col = 0; col < cols; col++) {
      mean[col] /= count;
    }
    double farthest = -1;
    double[] direction = new double[cols];
    for (float[] row : sample) {
      double squared = 0;
      for (int col = 0; col < cols; col++) {
        squared += (row[col] - mean[col]) * (row[col] - mean[col]);
      }
      if (squared > farthest) {
        farthest = squared;
        for (int col = 0; col < cols; col++) {
          direction[col] = row[col] - mean[col];
        }
      }
    }
    for (int step = 0; step < POWER_ITERATIONS && farthest > 0; step++) {
      direction = turned(sample, mean, direction);
    }
    return direction;
  }

  private static double[] turned(float[][] sample, double[] mean, double[] direction) {
    normalise(direction);
    double offset = 0;
    for (int col = 0; col < mean.length; col++) {
      offset += mean[col] * direction[col];
    }
    double[] next = new double[mean.length];
    for (float[] row : sample) {
      double along = dot(row, direction) - offset;
      for (int col = 0; col < row.length; col++) {
        next[col] += along * (row[col] - mean[col]);
      }
    }
    normalise(next);
    return next;
  }

  private static void normalise(double[] direction) {
    double largest = 0;
    for (double value : direction) {
      largest = Math.max(largest, Math.abs(value));
    }
    double sum = 0;
    for (int col = 0; col < direction.length; col++) {
      direction[col] = largest > 0 ? direction[col] / largest : 0;
      sum += direction[col] * direction[col];
    }
    for (int col = 0; col < direction.length; col++) {
      direction[col] = sum > 0 ? direction[col] / Math.sqrt(sum) : 0;
    }
  }

  private static double dot(float[] row, double[] direction) {
    double even = 0;
    double odd = 0;
    int col = 0;
    for (; col + 1 < row.length; col += 2) {
      even += row[col] * direction[col];
      odd += row[col + 1] * direction[col + 1];
    }
    return even + odd + (col < row.length ? row[col] * direction[col] : 0);
  }

  /// Chooses along what to halve the rows at some positions.
  private interface Splitter {
    double[] direction(Matrix data, int[] order, int from, int to);
  }
}
