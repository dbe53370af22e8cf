package io.inscape.probe;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// The mean cross-entropy of a softmax of linear scores on standardised columns, plus half the
/// penalty times the squared weights; biases are not penalised.
///
/// The point is `[group][k * LANES + c]`: sixteen classes to a group, the biases as the row after
/// the last column. Lanes beyond the last class stay 0. Rows are standardised a tile at a time, so
/// the data are read once per value and never copied as a whole.
final class SoftmaxLoss implements Objective {
  static final int LANES = ProbeKernels.LANES;
  private static final int MOST_PARTS = 16; // partial gradients kept at once
  private static final int TILE_VALUES = 1 << 16; // 256 KiB, so that a tile stays in the cache
  private static final int MOST_TILE_ROWS = 64;
  private static final int LEAST_TILE_ROWS = 8;

  private final Matrix data;
  private final int[] labels;
  private final int classes;
  private final Standardization columns;
  private final double penalty;
  private final Workers workers;

  SoftmaxLoss(
      Matrix data,
      int[] labels,
      int classes,
      Standardization columns,
      double penalty,
      Workers workers) {
    this.data = data;
    this.labels = labels;
    this.classes = classes;
    this.columns = columns;
    this.penalty = penalty;
    this.workers = workers;
  }

  static int groups(int classes) {
    return Math.ceilDiv(classes, LANES);
  }

  /// Length of a point.
  static int length(int cols, int classes) {
    return Math.multiplyExact(groups(classes), Math.multiplyExact(cols + 1, LANES));
  }

  static int tileRows(int cols) {
    int fitting = TILE_VALUES / Math.max(1, cols);
    return Math.clamp(fitting, LEAST_TILE_ROWS, MOST_TILE_ROWS);
  }

  @Override
  public double at(double[] point, double[] gradient) {
    float[] weights = new float[point.length];
    for (int at = 0; at < point.length; at++) {
      weights[at] = (float) point[at];
    }
    int chunk = Math.ceilDiv(data.rows(), MOST_PARTS);
    double[][] partial = new double[Math.ceilDiv(data.rows(), chunk)][];
    double loss =
        workers.sumChunks(
            data.rows(),
            chunk,
            (from, to) -> {
              double[] part = new double[point.length];
              partial[from / chunk] = part;
              return new Part(weights, part).run(from, to);
            });
    Arrays.fill(gradient, 0);
    for (double[] part : partial) {
      for (int at = 0; at < part.length; at++) {
        gradient[at] += part[at];
      }
    }
    return loss / data.rows() + regularise(point, gradient);
  }

  /// Turns the sum over observations into the mean, and adds the penalty.
  private double regularise(double[] point, double[] gradient) {
    int stride = (columns.cols() + 1) * LANES;
    double squares = 0;
    for (int at = 0; at < point.length; at++) {
      gradient[at] /= data.rows();
      if (at % stride < stride - LANES) {
        gradient[at] += penalty * point[at];
        squares += point[at] * point[at];
      }
    }
    return .5 * penalty * squares;
  }

  /// Scores of a tile, biases included.
  ///
  /// @param scores receives `[group][row * LANES + c]`
  static void score(float[] tile, int rows, int cols, float[] weights, double[][] scores) {
    int stride = (cols + 1) * LANES;
    for (int group = 0; group < scores.length; group++) {
      int bias = group * stride + cols * LANES;
      for (int at = 0; at < rows * LANES; at++) {
        scores[group][at] = weights[bias + at % LANES];
      }
      ProbeKernels.scores(tile, rows, cols, weights, group * stride, scores[group]);
    }
  }

  /// Turns one row's scores into probabilities, in place.
  ///
  /// @return the logarithm of the sum of the scores' exponentials
  static double softmax(double[][] scores, int row, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, scores[c / LANES][row * LANES + c % LANES]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double power = Math.exp(scores[c / LANES][row * LANES + c % LANES] - largest);
      scores[c / LANES][row * LANES + c % LANES] = power;
      sum += power;
    }
    for (int c = 0; c < classes; c++) {
      scores[c / LANES][row * LANES + c % LANES] /= sum;
    }
    return largest + Math.log(sum);
  }

  /// The loss and the gradient of some rows.
  private final class Part {
    private final float[] weights;
    private final double[] gradient;
    private final int cols = columns.cols();
    private final int tileRows = tileRows(cols);
    private final float[] tile = new float[tileRows * cols];
    private final double[][] scores = new double[groups(classes)][tileRows * LANES];
    private final float[] residual = new float[tileRows * LANES];
    private final float[] sums = new float[cols * LANES];

    Part(float[] weights, double[] gradient) {
      this.weights = weights;
      this.gradient = gradient;
    }

    double run(int from, int to) {
      double loss = 0;
      for (int begin = from; begin < to; begin += tileRows) {
        int rows = Math.min(tileRows, to - begin);
        columns.fill(data, begin, begin + rows, tile);
        score(tile, rows, cols, weights, scores);
        for (int row = 0; row < rows; row++) {
          int label = labels[begin + row];
          double own = scores[label / LANES][row * LANES + label % LANES];
          loss += softmax(scores, row, classes) - own;
          scores[label / LANES][row * LANES + label % LANES] -= 1;
        }
        for (int group = 0; group < scores.length; group++) {
          add(group, rows);
        }
      }
      return loss;
    }

    private void add(int group, int rows) {
      int used = Math.min(LANES, classes - group * LANES);
      int bias = (group * (cols + 1) + cols) * LANES;
      for (int row = 0; row < rows; row++) {
        for (int c = 0; c < LANES; c++) {
          double value = c < used ? scores[group][row * LANES + c] : 0;
          residual[row * LANES + c] = (float) value;
          gradient[bias + c] += value;
        }
      }
      Arrays.fill(sums, 0);
      ProbeKernels.gradient(tile, rows, cols, residual, sums);
      int first = group * (cols + 1) * LANES;
      for (int at = 0; at < sums.length; at++) {
        gradient[first + at] += sums[at];
      }
    }
  }
}
