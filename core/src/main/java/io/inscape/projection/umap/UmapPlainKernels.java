package io.inscape.projection.umap;

import static io.inscape.projection.umap.UmapKernels.BLOCK;
import static io.inscape.projection.umap.UmapKernels.CLIP;
import static io.inscape.projection.umap.UmapKernels.LANES;
import static io.inscape.projection.umap.UmapKernels.SOFTENING;

import java.util.Arrays;

/// The inner loops in plain words; see [UmapKernels].
final class UmapPlainKernels {
  private UmapPlainKernels() {}

  static void move(
      float[][] from, float[][] to, int base, int[] partners, int[] steps, Sweep sweep) {
    for (int lane = 0; lane < LANES; lane++) {
      if (from.length == 2) {
        moveFlat(from, to, base + lane, partners, lane, steps[lane], sweep);
      } else {
        moveDeep(from, to, base + lane, partners, lane, steps[lane], sweep);
      }
    }
  }

  private static void moveFlat(
      float[][] from, float[][] to, int i, int[] partners, int lane, int steps, Sweep sweep) {
    float[] xs = from[0];
    float[] ys = from[1];
    float x = xs[i];
    float y = ys[i];
    int state = UmapKernels.stream(sweep.key(), i);
    for (int step = 0; step < steps; step++) {
      int partner = partners[step * LANES + lane];
      float dx = x - xs[partner];
      float dy = y - ys[partner];
      float pull = pull(bounded(Math.fma(dx, dx, dy * dy)), sweep);
      x = Math.fma(clip(pull * dx), sweep.alpha(), x);
      y = Math.fma(clip(pull * dy), sweep.alpha(), y);
      float x0 = x;
      float y0 = y;
      for (int sample = 0; sample < sweep.negatives(); sample++) {
        state = next(state);
        int other = draw(state, sweep.count());
        if (other != i) {
          dx = x0 - xs[other];
          dy = y0 - ys[other];
          float push = push(bounded(Math.fma(dx, dx, dy * dy)), sweep);
          x = Math.fma(clip(push * dx), sweep.alpha(), x);
          y = Math.fma(clip(push * dy), sweep.alpha(), y);
        }
      }
    }
    to[0][i] = x;
    to[1][i] = y;
  }

  private static void moveDeep(
      float[][] from, float[][] to, int i, int[] partners, int lane, int steps, Sweep sweep) {
    float[] xs = from[0];
    float[] ys = from[1];
    float[] zs = from[2];
    float x = xs[i];
    float y = ys[i];
    float z = zs[i];
    int state = UmapKernels.stream(sweep.key(), i);
    for (int step = 0; step < steps; step++) {
      int partner = partners[step * LANES + lane];
      float dx = x - xs[partner];
      float dy = y - ys[partner];
      float dz = z - zs[partner];
      float pull = pull(bounded(Math.fma(dx, dx, Math.fma(dy, dy, dz * dz))), sweep);
      x = Math.fma(clip(pull * dx), sweep.alpha(), x);
      y = Math.fma(clip(pull * dy), sweep.alpha(), y);
      z = Math.fma(clip(pull * dz), sweep.alpha(), z);
      float x0 = x;
      float y0 = y;
      float z0 = z;
      for (int sample = 0; sample < sweep.negatives(); sample++) {
        state = next(state);
        int other = draw(state, sweep.count());
        if (other != i) {
          dx = x0 - xs[other];
          dy = y0 - ys[other];
          dz = z0 - zs[other];
          float push = push(bounded(Math.fma(dx, dx, Math.fma(dy, dy, dz * dz))), sweep);
          x = Math.fma(clip(push * dx), sweep.alpha(), x);
          y = Math.fma(clip(push * dy), sweep.alpha(), y);
          z = Math.fma(clip(push * dz), sweep.alpha(), z);
        }
      }
    }
    to[0][i] = x;
    to[1][i] = y;
    to[2][i] = z;
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

  /// What multiplies a partner's difference: `-2ab d^2(b-1) / (1 + a d^2b)`.
  static float pull(float squared, Sweep sweep) {
    float power = power(squared, sweep.b());
    return -2 * sweep.a() * sweep.b() * power / (squared * Math.fma(sweep.a(), power, 1));
  }

  /// What multiplies a random partner's difference: `2cb / ((0.001 + d^2) (1 + a d^2b))`.
  static float push(float squared, Sweep sweep) {
    float power = power(squared, sweep.b());
    return 2
        * sweep.repulsion()
        * sweep.b()
        / ((squared + SOFTENING) * Math.fma(sweep.a(), power, 1));
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

  private static float clip(float step) {
    return Math.max(-CLIP, Math.min(CLIP, step));
  }

  /// Xorshift, 32 bits.
  private static int next(int state) {
    int s = state;
    s ^= s << 13;
    s ^= s >>> 17;
    return s ^ (s << 5);
  }

  private static int draw(int state, int count) {
    return Math.min((int) ((state >>> 8) * UmapKernels.TO_UNIT * count), count - 1);
  }
}
