package io.inscape.probe;

import static io.inscape.probe.ProbeKernels.FLOAT_BLOCK;
import static io.inscape.probe.ProbeKernels.LANES;

/// The plain twin of [ProbeVectorKernels]: the same sums in the same order.
final class ProbePlainKernels {
  private ProbePlainKernels() {}

  static void scores(float[] z, int rows, int depth, float[] w, int offset, double[] out) {
    scores(z, 0, rows, depth, w, offset, out);
  }

  static void scores(
      float[] z, int first, int rows, int depth, float[] w, int offset, double[] out) {
    for (int begin = 0; begin < depth; begin += FLOAT_BLOCK) {
      int end = Math.min(begin + FLOAT_BLOCK, depth);
      for (int row = first; row < rows; row++) {
        for (int c = 0; c < LANES; c++) {
          float sum = 0;
          for (int k = begin; k < end; k++) {
            sum = Math.fma(z[row * depth + k], w[offset + k * LANES + c], sum);
          }
          out[row * LANES + c] += sum;
        }
      }
    }
  }

  static void gradient(float[] z, int rows, int depth, float[] r, float[] out) {
    gradient(z, 0, rows, depth, r, out);
  }

  static void gradient(float[] z, int first, int rows, int depth, float[] r, float[] out) {
    for (int row = first; row < rows; row++) {
      for (int k = 0; k < depth; k++) {
        for (int c = 0; c < LANES; c++) {
          int at = k * LANES + c;
          out[at] = Math.fma(z[row * depth + k], r[row * LANES + c], out[at]);
        }
      }
    }
  }
}
