package io.inscape.matrix;

import java.util.Arrays;

/// The plain twins of [VectorKernels]: the same sums in the same order.
final class PlainKernels {
  /// Points whose float sums are added up before they go into double.
  static final int FLOAT_BLOCK = 256;

  /// A squared distance beyond which a weight no longer shrinks: four of them multiply without
  /// overflow.
  static final float FAR = 4e9f;

  /// Partial sums of a squared distance.
  static final int SUMS = 16;

  private PlainKernels() {}

  static void products(
      float[] a, int row, int rows, int depth, float[] panel, float[] out, int offset, int stride) {
    for (int r = 0; r < rows; r++) {
      int target = offset + r * stride;
      Arrays.fill(out, target, target + Kernels.PANEL, 0);
      for (int k = 0; k < depth; k++) {
        float value = a[(row + r) * depth + k];
        for (int c = 0; c < Kernels.PANEL; c++) {
          out[target + c] = Math.fma(value, panel[k * Kernels.PANEL + c], out[target + c]);
        }
      }
    }
  }

  static double squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
    return finishDistance(new double[SUMS], a, aOffset, b, bOffset, 0, length);
  }

  /// Goes on from column `from`, a multiple of `SUMS`, and adds the partial sums up.
  static double finishDistance(
      double[] sums, float[] a, int aOffset, float[] b, int bOffset, int from, int length) {
    for (int k = from; k < length; k++) {
      double difference = (double) a[aOffset + k] - b[bOffset + k];
      sums[k % SUMS] = Math.fma(difference, difference, sums[k % SUMS]);
    }
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  static void multiply(float[] x, int from, int to, int depth, double[] v, double[] out) {
    Arrays.fill(out, from * Kernels.BLOCK, to * Kernels.BLOCK, 0);
    for (int row = from; row < to; row++) {
      for (int k = 0; k < depth; k++) {
        double value = x[row * depth + k];
        for (int c = 0; c < Kernels.BLOCK; c++) {
          int at = row * Kernels.BLOCK + c;
          out[at] = Math.fma(value, v[k * Kernels.BLOCK + c], out[at]);
        }
      }
    }
  }

  static void multiplyTransposed(float[] x, int from, int to, int depth, double[] y, double[] out) {
    for (int row = from; row < to; row++) {
      for (int k = 0; k < depth; k++) {
        double value = x[row * depth + k];
        for (int c = 0; c < Kernels.BLOCK; c++) {
          int at = k * Kernels.BLOCK + c;
          out[at] = Math.fma(value, y[row * Kernels.BLOCK + c], out[at]);
        }
      }
    }
  }

  static void repulsion(
      float[][] position, int count, int from, int to, double[][] force, double[] weight) {
    int dimensions = position.length;
    float[] difference = new float[4 * dimensions];
    float[] w = new float[4];
    float[] sum = new float[dimensions];
    for (int i = from; i < to; i++) {
      weight[i] = 0;
      for (double[] axis : force) {
        axis[i] = 0;
      }
      for (int begin = 0; begin < count; begin += FLOAT_BLOCK) {
        int end = Math.min(begin + FLOAT_BLOCK, count);
        float weights = 0;
        Arrays.fill(sum, 0);
        int j = begin;
        for (; j + 4 <= end; j += 4) {
          weights += four(position, i, j, difference, w);
          addForces(difference, w, 4, sum);
        }
        for (; j < end; j++) {
          w[0] = 1 / distance(position, i, j, difference, 0);
          weights += w[0];
          addForces(difference, w, 1, sum);
        }
        weight[i] += weights;
        for (int dim = 0; dim < dimensions; dim++) {
          force[dim][i] += sum[dim];
        }
      }
    }
  }

  /// Four weights for one division; returns their sum.
  private static float four(float[][] position, int i, int j, float[] difference, float[] w) {
    for (int t = 0; t < 4; t++) {
      w[t] = Math.min(distance(position, i, j + t, difference, t), FAR);
    }
    float left = w[0] * w[1];
    float right = w[2] * w[3];
    float inverse = 1 / (left * right);
    float inverseLeft = inverse * right;
    float inverseRight = inverse * left;
    float w0 = inverseLeft * w[1];
    float w1 = inverseLeft * w[0];
    float w2 = inverseRight * w[3];
    float w3 = inverseRight * w[2];
    w[0] = w0;
    w[1] = w1;
    w[2] = w2;
    w[3] = w3;
    return (w0 + w1) + (w2 + w3);
  }

  /// One plus the squared distance; keeps the differences.
  private static float distance(float[][] position, int i, int j, float[] difference, int slot) {
    float squared = 1;
    for (int dim = 0; dim < position.length; dim++) {
      float d = position[dim][i] - position[dim][j];
      difference[slot * position.length + dim] = d;
      squared = Math.fma(d, d, squared);
    }
    return squared;
  }

  private static void addForces(float[] difference, float[] w, int count, float[] sum) {
    for (int t = 0; t < count; t++) {
      float squared = w[t] * w[t];
      for (int dim = 0; dim < sum.length; dim++) {
        sum[dim] = Math.fma(squared, difference[t * sum.length + dim], sum[dim]);
      }
    }
  }
}
