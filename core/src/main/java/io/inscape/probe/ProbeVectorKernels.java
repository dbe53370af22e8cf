package io.inscape.probe;

import static io.inscape.probe.ProbeKernels.FLOAT_BLOCK;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors: one lane per class, so that each sum has one order whatever the
/// width. See [ProbeKernels] for what they compute.
final class ProbeVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int STRIDE = ProbeKernels.LANES;
  private static final int ROWS = 8;

  private ProbeVectorKernels() {}

  /// Whether a vector is no longer than the classes side by side.
  static boolean fits() {
    return F.length() <= STRIDE;
  }

  static void scores(float[] z, int rows, int depth, float[] w, int offset, double[] out) {
    float[] sums = new float[ROWS * STRIDE];
    int whole = rows - rows % ROWS;
    for (int begin = 0; begin < depth; begin += FLOAT_BLOCK) {
      int end = Math.min(begin + FLOAT_BLOCK, depth);
      for (int row = 0; row < whole; row += ROWS) {
        for (int c = 0; c < STRIDE; c += F.length()) {
          eightRows(z, row * depth, depth, begin, end, w, offset + c, sums, c);
        }
        for (int at = 0; at < sums.length; at++) {
          out[row * STRIDE + at] += sums[at];
        }
      }
    }
    ProbePlainKernels.scores(z, whole, rows, depth, w, offset, out);
  }

  private static void eightRows(
      float[] z, int at, int depth, int begin, int end, float[] w, int c, float[] sums, int lane) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    for (int k = begin; k < end; k++) {
      FloatVector weight = FloatVector.fromArray(F, w, c + k * STRIDE);
      int here = at + k;
      s0 = FloatVector.broadcast(F, z[here]).fma(weight, s0);
      s1 = FloatVector.broadcast(F, z[here + depth]).fma(weight, s1);
      s2 = FloatVector.broadcast(F, z[here + 2 * depth]).fma(weight, s2);
      s3 = FloatVector.broadcast(F, z[here + 3 * depth]).fma(weight, s3);
      s4 = FloatVector.broadcast(F, z[here + 4 * depth]).fma(weight, s4);
      s5 = FloatVector.broadcast(F, z[here + 5 * depth]).fma(weight, s5);
      s6 = FloatVector.broadcast(F, z[here + 6 * depth]).fma(weight, s6);
      s7 = FloatVector.broadcast(F, z[here + 7 * depth]).fma(weight, s7);
    }
    s0.intoArray(sums, lane);
    s1.intoArray(sums, STRIDE + lane);
    s2.intoArray(sums, 2 * STRIDE + lane);
    s3.intoArray(sums, 3 * STRIDE + lane);
    s4.intoArray(sums, 4 * STRIDE + lane);
    s5.intoArray(sums, 5 * STRIDE + lane);
    s6.intoArray(sums, 6 * STRIDE + lane);
    s7.intoArray(sums, 7 * STRIDE + lane);
  }

  static void gradient(float[] z, int rows, int depth, float[] r, float[] out) {
    int whole = rows - rows % ROWS;
    for (int row = 0; row < whole; row += ROWS) {
      for (int c = 0; c < STRIDE; c += F.length()) {
        addEight(z, row * depth, depth, r, row * STRIDE + c, out, c);
      }
    }
    ProbePlainKernels.gradient(z, whole, rows, depth, r, out);
  }

  private static void addEight(
      float[] z, int at, int depth, float[] r, int source, float[] out, int c) {
    FloatVector r0 = FloatVector.fromArray(F, r, source);
    FloatVector r1 = FloatVector.fromArray(F, r, source + STRIDE);
    FloatVector r2 = FloatVector.fromArray(F, r, source + 2 * STRIDE);
    FloatVector r3 = FloatVector.fromArray(F, r, source + 3 * STRIDE);
    FloatVector r4 = FloatVector.fromArray(F, r, source + 4 * STRIDE);
    FloatVector r5 = FloatVector.fromArray(F, r, source + 5 * STRIDE);
    FloatVector r6 = FloatVector.fromArray(F, r, source + 6 * STRIDE);
    FloatVector r7 = FloatVector.fromArray(F, r, source + 7 * STRIDE);
    for (int k = 0; k < depth; k++) {
      int here = at + k;
      FloatVector sum = FloatVector.fromArray(F, out, k * STRIDE + c);
      sum = FloatVector.broadcast(F, z[here]).fma(r0, sum);
      sum = FloatVector.broadcast(F, z[here + depth]).fma(r1, sum);
      sum = FloatVector.broadcast(F, z[here + 2 * depth]).fma(r2, sum);
      sum = FloatVector.broadcast(F, z[here + 3 * depth]).fma(r3, sum);
      sum = FloatVector.broadcast(F, z[here + 4 * depth]).fma(r4, sum);
      sum = FloatVector.broadcast(F, z[here + 5 * depth]).fma(r5, sum);
      sum = FloatVector.broadcast(F, z[here + 6 * depth]).fma(r6, sum);
      sum = FloatVector.broadcast(F, z[here + 7 * depth]).fma(r7, sum);
      sum.intoArray(out, k * STRIDE + c);
    }
  }
}
