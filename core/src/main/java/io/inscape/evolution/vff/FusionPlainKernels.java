package io.inscape.evolution.vff;

import io.inscape.projection.mds.Dissimilarities;

/// The plain twin of [FusionVectorKernels]: the same sums in the same order.
final class FusionPlainKernels {
  private static final int LANES = Dissimilarities.LANES;

  private FusionPlainKernels() {}

  static float reciprocalRoot(float squared) {
    float half = -0.5f * squared;
    float root =
        Float.intBitsToFloat(FusionKernels.MAGIC - (Float.floatToRawIntBits(squared) >>> 1));
    root *= Math.fma(half, root * root, 1.5f);
    root *= Math.fma(half, root * root, 1.5f);
    root *= Math.fma(half, root * root, 1.5f);
    return root;
  }

  static void stress(
      float[] table,
      float scale,
      float[][] position,
      float distanceShare,
      float dataShare,
      Block block) {
    float[] x = position[0];
    float[] y = position[1];
    for (int lane = 0; lane < LANES; lane++) {
      int i = block.first + lane;
      float total = 0, px = 0, py = 0;
      for (int j = block.begin; j < block.end; j++) {
        float target = table[j * LANES + lane] * scale;
        float dx = x[i] - x[j];
        float dy = y[i] - y[j];
        float squared = Math.max(Math.fma(dy, dy, dx * dx), FusionKernels.TINY);
        float reciprocal = reciprocalRoot(squared);
        float distance = squared * reciprocal;
        int at = (j - block.begin) * LANES + lane;
        block.wanted[at] =
            Math.fma(distance, distanceShare, Math.fma(target, dataShare, block.wanted[at]));
        float gap = target - distance;
        float factor = gap * reciprocal;
        total = Math.fma(gap, gap, total);
        px = Math.fma(factor, dx, px);
        py = Math.fma(factor, dy, py);
      }
      block.sums[lane] = total;
      block.sums[LANES + lane] = px;
      block.sums[2 * LANES + lane] = py;
    }
  }

  static void alignment(float[][] position, float[][] mean, Block block) {
    float[] x = mean[0];
    float[] y = mean[1];
    for (int lane = 0; lane < LANES; lane++) {
      int i = block.first + lane;
      float total = 0, px = 0, py = 0;
      for (int j = block.begin; j < block.end; j++) {
        float dx = position[0][i] - x[j];
        float dy = position[1][i] - y[j];
        float squared = Math.max(Math.fma(dy, dy, dx * dx), FusionKernels.TINY);
        float reciprocal = reciprocalRoot(squared);
        float gap = block.wanted[(j - block.begin) * LANES + lane] - squared * reciprocal;
        float factor = gap * reciprocal;
        total = Math.fma(gap, gap, total);
        px = Math.fma(factor, dx, px);
        py = Math.fma(factor, dy, py);
      }
      block.sums[lane] = total;
      block.sums[LANES + lane] = px;
      block.sums[2 * LANES + lane] = py;
    }
  }

  static void between(float[][] mean, Block block) {
    for (int lane = 0; lane < LANES; lane++) {
      int i = block.first + lane;
      for (int j = block.begin; j < block.end; j++) {
        float dx = mean[0][i] - mean[0][j];
        float dy = mean[1][i] - mean[1][j];
        float squared = Math.max(Math.fma(dy, dy, dx * dx), FusionKernels.TINY);
        block.wanted[(j - block.begin) * LANES + lane] = squared * reciprocalRoot(squared);
      }
    }
  }
}
