package io.inscape.projection.umap;

import static io.inscape.projection.umap.UmapKernels.BLOCK;

import java.util.Arrays;

/// The inner loops in plain words; see [UmapKernels].
final class UmapPlainKernels {
  private UmapPlainKernels() {}

  /// The coefficients from `from` on.
  static void coefficients(
      float[] values,
      int from,
      int length,
      float power,
      float constant,
      float softening,
      Sweep sweep) {
    for (int at = from; at < length; at++) {
      float squared = bounded(values[at]);
      float raised = power(squared, sweep.b());
      values[at] =
          Math.fma(power, raised, constant)
              / ((softening + squared) * Math.fma(sweep.a(), raised, 1));
    }
  }

  /// The steps from `from` on.
  static void step(
      float[] position,
      float[] difference,
      float[] coefficient,
      int offset,
      int from,
      int length,
      float alpha) {
    for (int at = from; at < length; at++) {
      float force = coefficient[offset + at] * difference[offset + at];
      force = Math.max(-UmapKernels.CLIP, Math.min(UmapKernels.CLIP, force));
      position[at] = Math.fma(alpha, force, position[at]);
    }
  }

  static void average(
      int[] rowStart,
      int[] index,
      float[] weight,
      float[] scale,
      float[] in,
      float[] out,
      int from,
      int to) {
    float[] sum = new float[BLOCK];
    for (int row = from; row < to; row++) {
      Arrays.fill(sum, 0);
      for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
        for (int c = 0; c < BLOCK; c++) {
          sum[c] = Math.fma(weight[at], in[index[at] * BLOCK + c], sum[c]);
        }
      }
      for (int c = 0; c < BLOCK; c++) {
        out[row * BLOCK + c] = sum[c] * scale[row];
      }
    }
  }

  /// `squared` to the power `b`, with a relative error below 1e-4 for any power below 1e30.
  static float power(float squared, float b) {
    int bits = Float.floatToRawIntBits(squared);
    int exponent = (bits - UmapKernels.SQRT_HALF_BITS) >> 23;
    float t = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
    float p = Math.fma(UmapKernels.L6, t, UmapKernels.L5);
    p = Math.fma(p, t, UmapKernels.L4);
    p = Math.fma(p, t, UmapKernels.L3);
    p = Math.fma(p, t, UmapKernels.L2);
    p = Math.fma(p, t, UmapKernels.L1);
    p = Math.fma(p, t, UmapKernels.L0);
    float log = Math.fma(p, t, (float) exponent) * b;
    log = Math.max(-UmapKernels.MOST_EXPONENT, Math.min(UmapKernels.MOST_EXPONENT, log));
    float rounded = log + UmapKernels.ROUNDER;
    float f = log - (rounded - UmapKernels.ROUNDER);
    float q = Math.fma(UmapKernels.E4, f, UmapKernels.E3);
    q = Math.fma(q, f, UmapKernels.E2);
    q = Math.fma(q, f, UmapKernels.E1);
    q = Math.fma(q, f, UmapKernels.E0);
    int whole = Float.floatToRawIntBits(rounded) - UmapKernels.ROUNDER_BITS;
    return Float.intBitsToFloat(Float.floatToRawIntBits(q) + (whole << 23));
  }

  private static float bounded(float squared) {
    return Math.max(UmapKernels.LEAST_SQUARE, Math.min(UmapKernels.MOST_SQUARE, squared));
  }
}
