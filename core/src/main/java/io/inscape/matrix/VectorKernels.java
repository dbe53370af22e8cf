package io.inscape.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [Kernels] for what they compute and [PlainKernels] for the same
/// in plain words.
final class VectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(
          float.class, jdk.incubator.vector.VectorShape.forBitSize(D.vectorBitSize() / 2));
  private static final int LANES = F.length();
  private static final int PAIR = 2 * LANES;

  private VectorKernels() {}

  /// Whether a vector is no longer than the padding allows.
  static boolean fits() {
    return LANES <= Kernels.LANES;
  }

  static void products(
      float[] a, int row, int rows, int depth, float[] panel, float[] out, int offset, int stride) {
    if (PAIR > Kernels.PANEL) {
      PlainKernels.products(a, row, rows, depth, panel, out, offset, stride);
      return;
    }
    for (int c = 0; c < Kernels.PANEL; c += PAIR) {
      int r = 0;
      for (; r + 6 <= rows; r += 6) {
        sixRows(a, (row + r) * depth, depth, panel, c, out, offset + r * stride + c, stride);
      }
      for (; r < rows; r++) {
        oneRow(a, (row + r) * depth, depth, panel, c, out, offset + r * stride + c);
      }
    }
  }

  /// Six rows by two vectors: twelve sums stay in registers.
  private static void sixRows(
      float[] a, int at, int depth, float[] panel, int c, float[] out, int target, int stride) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero;
    FloatVector s30 = zero, s31 = zero, s40 = zero, s41 = zero, s50 = zero, s51 = zero;
    for (int k = 0; k < depth; k++) {
      FloatVector p0 = FloatVector.fromArray(F, panel, k * Kernels.PANEL + c);
      FloatVector p1 = FloatVector.fromArray(F, panel, k * Kernels.PANEL + c + LANES);
      FloatVector x = FloatVector.broadcast(F, a[at + k]);
      s00 = x.fma(p0, s00);
      s01 = x.fma(p1, s01);
      x = FloatVector.broadcast(F, a[at + depth + k]);
      s10 = x.fma(p0, s10);
      s11 = x.fma(p1, s11);
      x = FloatVector.broadcast(F, a[at + 2 * depth + k]);
      s20 = x.fma(p0, s20);
      s21 = x.fma(p1, s21);
      x = FloatVector.broadcast(F, a[at + 3 * depth + k]);
      s30 = x.fma(p0, s30);
      s31 = x.fma(p1, s31);
      x = FloatVector.broadcast(F, a[at + 4 * depth + k]);
      s40 = x.fma(p0, s40);
      s41 = x.fma(p1, s41);
      x = FloatVector.broadcast(F, a[at + 5 * depth + k]);
      s50 = x.fma(p0, s50);
      s51 = x.fma(p1, s51);
    }
    store(s00, s01, out, target);
    store(s10, s11, out, target + stride);
    store(s20, s21, out, target + 2 * stride);
    store(s30, s31, out, target + 3 * stride);
    store(s40, s41, out, target + 4 * stride);
    store(s50, s51, out, target + 5 * stride);
  }

  private static void oneRow(
      float[] a, int at, int depth, float[] panel, int c, float[] out, int target) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    for (int k = 0; k < depth; k++) {
      FloatVector x = FloatVector.broadcast(F, a[at + k]);
      s0 = x.fma(FloatVector.fromArray(F, panel, k * Kernels.PANEL + c), s0);
      s1 = x.fma(FloatVector.fromArray(F, panel, k * Kernels.PANEL + c + LANES), s1);
    }
    store(s0, s1, out, target);
  }

  private static void store(FloatVector first, FloatVector second, float[] out, int target) {
    first.intoArray(out, target);
    second.intoArray(out, target + LANES);
  }

  static double squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
    double[] sums = new double[PlainKernels.SUMS];
    int whole = length - length % PlainKernels.SUMS;
    switch (D.length()) {
      case 8 -> {
        for (int half = 0; half < PlainKernels.SUMS; half += 8) {
          squares(a, aOffset + half, b, bOffset + half, whole, sums, half);
        }
      }
      case 4 -> {
        for (int part = 0; part < PlainKernels.SUMS; part += 4) {
          squares(a, aOffset + part, b, bOffset + part, whole, sums, part);
        }
      }
      default -> whole = 0;
    }
    return PlainKernels.finishDistance(sums, a, aOffset, b, bOffset, whole, length);
  }

  private static void squares(
      float[] a, int aOffset, float[] b, int bOffset, int whole, double[] sums, int target) {
    DoubleVector sum = DoubleVector.zero(D);
    for (int k = 0; k < whole; k += PlainKernels.SUMS) {
      DoubleVector difference = wide(a, aOffset + k).sub(wide(b, bOffset + k));
      sum = difference.fma(difference, sum);
    }
    sum.intoArray(sums, target);
  }

  private static DoubleVector wide(float[] values, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, at).convertShape(VectorOperators.F2D, D, 0);
  }

  static void multiply(float[] x, int from, int to, int depth, double[] v, double[] out) {
    if (D.length() > Kernels.BLOCK) {
      PlainKernels.multiply(x, from, to, depth, v, out);
      return;
    }
    int row = from;
    for (; row + 4 <= to; row += 4) {
      for (int c = 0; c < Kernels.BLOCK; c += D.length()) {
        multiplyFour(x, row * depth, depth, v, c, out, row * Kernels.BLOCK + c);
      }
    }
    PlainKernels.multiply(x, row, to, depth, v, out);
  }

  private static void multiplyFour(
      float[] x, int at, int depth, double[] v, int c, double[] out, int target) {
    DoubleVector s0 = DoubleVector.zero(D);
    DoubleVector s1 = s0, s2 = s0, s3 = s0;
    for (int k = 0; k < depth; k++) {
      DoubleVector value = DoubleVector.fromArray(D, v, k * Kernels.BLOCK + c);
      s0 = DoubleVector.broadcast(D, x[at + k]).fma(value, s0);
      s1 = DoubleVector.broadcast(D, x[at + depth + k]).fma(value, s1);
      s2 = DoubleVector.broadcast(D, x[at + 2 * depth + k]).fma(value, s2);
      s3 = DoubleVector.broadcast(D, x[at + 3 * depth + k]).fma(value, s3);
    }
    s0.intoArray(out, target);
    s1.intoArray(out, target + Kernels.BLOCK);
    s2.intoArray(out, target + 2 * Kernels.BLOCK);
    s3.intoArray(out, target + 3 * Kernels.BLOCK);
  }

  static void multiplyTransposed(float[] x, int from, int to, int depth, double[] y, double[] out) {
    if (D.length() > Kernels.BLOCK) {
      PlainKernels.multiplyTransposed(x, from, to, depth, y, out);
      return;
    }
    int row = from;
    for (; row + 4 <= to; row += 4) {
      for (int c = 0; c < Kernels.BLOCK; c += D.length()) {
        addFour(x, row * depth, depth, y, row * Kernels.BLOCK + c, out, c);
      }
    }
    PlainKernels.multiplyTransposed(x, row, to, depth, y, out);
  }

  private static void addFour(
      float[] x, int at, int depth, double[] y, int source, double[] out, int c) {
    DoubleVector y0 = DoubleVector.fromArray(D, y, source);
    DoubleVector y1 = DoubleVector.fromArray(D, y, source + Kernels.BLOCK);
    DoubleVector y2 = DoubleVector.fromArray(D, y, source + 2 * Kernels.BLOCK);
    DoubleVector y3 = DoubleVector.fromArray(D, y, source + 3 * Kernels.BLOCK);
    for (int k = 0; k < depth; k++) {
      DoubleVector sum = DoubleVector.fromArray(D, out, k * Kernels.BLOCK + c);
      sum = DoubleVector.broadcast(D, x[at + k]).fma(y0, sum);
      sum = DoubleVector.broadcast(D, x[at + depth + k]).fma(y1, sum);
      sum = DoubleVector.broadcast(D, x[at + 2 * depth + k]).fma(y2, sum);
      sum = DoubleVector.broadcast(D, x[at + 3 * depth + k]).fma(y3, sum);
      sum.intoArray(out, k * Kernels.BLOCK + c);
    }
  }

  static void repulsion(
      float[][] position, int count, int from, int to, double[][] force, double[] weight) {
    float[] sums = new float[4 * LANES];
    for (int i = from; i < to; i += LANES) {
      java.util.Arrays.fill(weight, i, i + LANES, 0);
      for (double[] axis : force) {
        java.util.Arrays.fill(axis, i, i + LANES, 0);
      }
      for (int begin = 0; begin < count; begin += PlainKernels.FLOAT_BLOCK) {
        int end = Math.min(begin + PlainKernels.FLOAT_BLOCK, count);
        if (position.length == 2) {
          flat(position[0], position[1], i, begin, end, sums);
        } else {
          deep(position, i, begin, end, sums);
        }
        for (int lane = 0; lane < LANES; lane++) {
          weight[i + lane] += sums[lane];
          for (int dim = 0; dim < position.length; dim++) {
            force[dim][i + lane] += sums[(dim + 1) * LANES + lane];
          }
        }
      }
    }
  }

  private static void flat(float[] x, float[] y, int i, int begin, int end, float[] sums) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector far = FloatVector.broadcast(F, PlainKernels.FAR);
    FloatVector xi = FloatVector.fromArray(F, x, i);
    FloatVector yi = FloatVector.fromArray(F, y, i);
    FloatVector weights = FloatVector.zero(F);
    FloatVector fx = weights, fy = weights;
    int j = begin;
    for (; j + 4 <= end; j += 4) {
      FloatVector x0 = xi.sub(x[j]), x1 = xi.sub(x[j + 1]);
      FloatVector x2 = xi.sub(x[j + 2]), x3 = xi.sub(x[j + 3]);
      FloatVector y0 = yi.sub(y[j]), y1 = yi.sub(y[j + 1]);
      FloatVector y2 = yi.sub(y[j + 2]), y3 = yi.sub(y[j + 3]);
      FloatVector s0 = y0.fma(y0, x0.fma(x0, one)).min(far);
      FloatVector s1 = y1.fma(y1, x1.fma(x1, one)).min(far);
      FloatVector s2 = y2.fma(y2, x2.fma(x2, one)).min(far);
      FloatVector s3 = y3.fma(y3, x3.fma(x3, one)).min(far);
      FloatVector left = s0.mul(s1), right = s2.mul(s3);
      FloatVector inverse = one.div(left.mul(right));
      FloatVector inverseLeft = inverse.mul(right), inverseRight = inverse.mul(left);
      FloatVector w0 = inverseLeft.mul(s1), w1 = inverseLeft.mul(s0);
      FloatVector w2 = inverseRight.mul(s3), w3 = inverseRight.mul(s2);
      weights = weights.add(w0.add(w1).add(w2.add(w3)));
      w0 = w0.mul(w0);
      w1 = w1.mul(w1);
      w2 = w2.mul(w2);
      w3 = w3.mul(w3);
      fx = w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, fx))));
      fy = w3.fma(y3, w2.fma(y2, w1.fma(y1, w0.fma(y0, fy))));
    }
    for (; j < end; j++) {
      FloatVector dx = xi.sub(x[j]), dy = yi.sub(y[j]);
      FloatVector w = one.div(dy.fma(dy, dx.fma(dx, one)));
      weights = weights.add(w);
      w = w.mul(w);
      fx = w.fma(dx, fx);
      fy = w.fma(dy, fy);
    }
    weights.intoArray(sums, 0);
    fx.intoArray(sums, LANES);
    fy.intoArray(sums, 2 * LANES);
  }

  private static void deep(float[][] position, int i, int begin, int end, float[] sums) {
    float[] x = position[0], y = position[1], z = position[2];
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector far = FloatVector.broadcast(F, PlainKernels.FAR);
    FloatVector xi = FloatVector.fromArray(F, x, i);
    FloatVector yi = FloatVector.fromArray(F, y, i);
    FloatVector zi = FloatVector.fromArray(F, z, i);
    FloatVector weights = FloatVector.zero(F);
    FloatVector fx = weights, fy = weights, fz = weights;
    int j = begin;
    for (; j + 4 <= end; j += 4) {
      FloatVector x0 = xi.sub(x[j]), x1 = xi.sub(x[j + 1]);
      FloatVector x2 = xi.sub(x[j + 2]), x3 = xi.sub(x[j + 3]);
      FloatVector y0 = yi.sub(y[j]), y1 = yi.sub(y[j + 1]);
      FloatVector y2 = yi.sub(y[j + 2]), y3 = yi.sub(y[j + 3]);
      FloatVector z0 = zi.sub(z[j]), z1 = zi.sub(z[j + 1]);
      FloatVector z2 = zi.sub(z[j + 2]), z3 = zi.sub(z[j + 3]);
      FloatVector s0 = z0.fma(z0, y0.fma(y0, x0.fma(x0, one))).min(far);
      FloatVector s1 = z1.fma(z1, y1.fma(y1, x1.fma(x1, one))).min(far);
      FloatVector s2 = z2.fma(z2, y2.fma(y2, x2.fma(x2, one))).min(far);
      FloatVector s3 = z3.fma(z3, y3.fma(y3, x3.fma(x3, one))).min(far);
      FloatVector left = s0.mul(s1), right = s2.mul(s3);
      FloatVector inverse = one.div(left.mul(right));
      FloatVector inverseLeft = inverse.mul(right), inverseRight = inverse.mul(left);
      FloatVector w0 = inverseLeft.mul(s1), w1 = inverseLeft.mul(s0);
      FloatVector w2 = inverseRight.mul(s3), w3 = inverseRight.mul(s2);
      weights = weights.add(w0.add(w1).add(w2.add(w3)));
      w0 = w0.mul(w0);
      w1 = w1.mul(w1);
      w2 = w2.mul(w2);
      w3 = w3.mul(w3);
      fx = w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, fx))));
      fy = w3.fma(y3, w2.fma(y2, w1.fma(y1, w0.fma(y0, fy))));
      fz = w3.fma(z3, w2.fma(z2, w1.fma(z1, w0.fma(z0, fz))));
    }
    for (; j < end; j++) {
      FloatVector dx = xi.sub(x[j]), dy = yi.sub(y[j]), dz = zi.sub(z[j]);
      FloatVector w = one.div(dz.fma(dz, dy.fma(dy, dx.fma(dx, one))));
      weights = weights.add(w);
      w = w.mul(w);
      fx = w.fma(dx, fx);
      fy = w.fma(dy, fy);
      fz = w.fma(dz, fz);
    }
    weights.intoArray(sums, 0);
    fx.intoArray(sums, LANES);
    fy.intoArray(sums, 2 * LANES);
    fz.intoArray(sums, 3 * LANES);
  }
}
