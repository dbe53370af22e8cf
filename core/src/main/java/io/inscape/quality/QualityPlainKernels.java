package io.inscape.quality;

import java.util.Arrays;

/// The plain twins of [QualityVectorKernels]: the same sums in the same order.
final class QualityPlainKernels {
  static final int LANES = 16;
  static final int FLOAT_BLOCK = 256;

  private QualityPlainKernels() {}

  static int countBelow(float[] values, int from, int to, float limit) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += values[at] < limit ? 1 : 0;
    }
    return count;
  }

  static void distanceSums(float[] a, float[] b, int at, int count, double[] sums) {
    float[] lanes = new float[QualityKernels.SUMS * LANES];
    Arrays.fill(sums, 0);
    for (int begin = 0; begin < count; begin += FLOAT_BLOCK) {
      int end = Math.min(begin + FLOAT_BLOCK, count);
      Arrays.fill(lanes, 0);
      for (int j = begin; j < end; j++) {
        float far = (float) Math.sqrt(a[at + j]);
        float near = (float) Math.sqrt(b[at + j]);
        int lane = j % LANES;
        lanes[lane] += a[at + j];
        lanes[LANES + lane] = Math.fma(far, near, lanes[LANES + lane]);
        lanes[2 * LANES + lane] += b[at + j];
        lanes[3 * LANES + lane] += far;
        lanes[4 * LANES + lane] += near;
      }
      addLanes(lanes, sums);
    }
  }

  static void addLanes(float[] lanes, double[] sums) {
    for (int sum = 0; sum < sums.length; sum++) {
      double total = 0;
      for (int lane = 0; lane < LANES; lane++) {
        total += lanes[sum * LANES + lane];
      }
      sums[sum] += total;
    }
  }
}
