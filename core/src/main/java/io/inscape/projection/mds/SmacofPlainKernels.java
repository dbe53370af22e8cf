package io.inscape.projection.mds;

import java.util.Arrays;

/// The plain twin of [SmacofVectorKernels]: the same sums in the same order.
final class SmacofPlainKernels {
  static final int FLOAT_BLOCK = 256;

  private SmacofPlainKernels() {}

  static void pull(
      float[] table,
      int offset,
      int stride,
      float[][] position,
      int first,
      int count,
      float floor,
      double[][] pull,
      double[] stress) {
    float[] difference = new float[position.length];
    float[] sum = new float[position.length];
    for (int lane = 0; lane < Dissimilarities.LANES; lane++) {
      int i = first + lane;
      stress[i] = 0;
      for (double[] axis : pull) {
        axis[i] = 0;
      }
      for (int begin = 0; begin < count; begin += FLOAT_BLOCK) {
        int end = Math.min(begin + FLOAT_BLOCK, count);
        Arrays.fill(sum, 0);
        float total = 0;
        for (int j = begin; j < end; j++) {
          float target = table[offset + j * stride + lane];
          float squared = 0;
          for (int dim = 0; dim < sum.length; dim++) {
            float d = position[dim][i] - position[dim][j];
            difference[dim] = d;
            squared = dim == 0 ? d * d : Math.fma(d, d, squared);
          }
          float distance = (float) Math.sqrt(squared);
          float gap = target - distance;
          float weighted = floor > 0 ? gap / Math.max(target, floor) : gap;
          float factor = weighted / Math.max(distance, SmacofKernels.TINY);
          total = Math.fma(weighted, gap, total);
          for (int dim = 0; dim < sum.length; dim++) {
            sum[dim] = Math.fma(factor, difference[dim], sum[dim]);
          }
        }
        stress[i] += total;
        for (int dim = 0; dim < sum.length; dim++) {
          pull[dim][i] += sum[dim];
        }
      }
    }
  }
}
