package io.inscape.projection.tsne;

import java.util.Arrays;

/// The plain twins of [TsneVectorKernels]: the same sums in the same order.
final class TsnePlainKernels {
  private static final int LANES = TsneKernels.LANES;

  /// Cosines and sines of a third and of one and two fifths of a turn.
  static final float SIN_3 = (float) (Math.sqrt(3) / 2);

  static final float COS_5 = (float) Math.cos(2 * Math.PI / 5);
  static final float COS_52 = (float) Math.cos(4 * Math.PI / 5);
  static final float SIN_5 = (float) Math.sin(2 * Math.PI / 5);
  static final float SIN_52 = (float) Math.sin(4 * Math.PI / 5);

  private TsnePlainKernels() {}

  static void pass(
      int radix, float[][] from, float[][] to, int groups, int stride, float[] twiddle) {
    float[] r = new float[radix];
    float[] i = new float[radix];
    int step = stride * groups * LANES;
    for (int group = 0; group < groups; group++) {
      for (int at = 0; at < stride * LANES; at++) {
        int source = stride * group * LANES + at;
        for (int m = 0; m < radix; m++) {
          r[m] = from[0][source + m * step];
          i[m] = from[1][source + m * step];
        }
        switch (radix) {
          case 2 -> two(r, i);
          case 3 -> three(r, i);
          case 4 -> four(r, i);
          default -> five(r, i);
        }
        int target = stride * radix * group * LANES + at;
        to[0][target] = r[0];
        to[1][target] = i[0];
        for (int k = 1; k < radix; k++) {
          float c = twiddle[(group * (radix - 1) + k - 1) * 2];
          float s = twiddle[(group * (radix - 1) + k - 1) * 2 + 1];
          to[0][target + k * stride * LANES] = Math.fma(r[k], c, i[k] * -s);
          to[1][target + k * stride * LANES] = Math.fma(r[k], s, i[k] * c);
        }
      }
    }
  }

  private static void two(float[] r, float[] i) {
    float dr = r[0] - r[1];
    float di = i[0] - i[1];
    r[0] += r[1];
    i[0] += i[1];
    r[1] = dr;
    i[1] = di;
  }

  private static void three(float[] r, float[] i) {
    float tr = r[1] + r[2];
    float ti = i[1] + i[2];
    float ur = (i[1] - i[2]) * SIN_3;
    float ui = (r[2] - r[1]) * SIN_3;
    float mr = Math.fma(tr, -0.5f, r[0]);
    float mi = Math.fma(ti, -0.5f, i[0]);
    r[0] += tr;
    i[0] += ti;
    r[1] = mr + ur;
    i[1] = mi + ui;
    r[2] = mr - ur;
    i[2] = mi - ui;
  }

  private static void four(float[] r, float[] i) {
    float ar = r[0] + r[2];
    float ai = i[0] + i[2];
    float br = r[0] - r[2];
    float bi = i[0] - i[2];
    float cr = r[1] + r[3];
    float ci = i[1] + i[3];
    float dr = i[1] - i[3]; // -i times the difference
    float di = r[3] - r[1];
    r[0] = ar + cr;
    i[0] = ai + ci;
    r[1] = br + dr;
    i[1] = bi + di;
    r[2] = ar - cr;
    i[2] = ai - ci;
    r[3] = br - dr;
    i[3] = bi - di;
  }

  private static void five(float[] r, float[] i) {
    float ar = r[1] + r[4];
    float ai = i[1] + i[4];
    float br = r[2] + r[3];
    float bi = i[2] + i[3];
    float cr = r[1] - r[4];
    float ci = i[1] - i[4];
    float dr = r[2] - r[3];
    float di = i[2] - i[3];
    float mr = Math.fma(br, COS_52, Math.fma(ar, COS_5, r[0]));
    float mi = Math.fma(bi, COS_52, Math.fma(ai, COS_5, i[0]));
    float nr = Math.fma(br, COS_5, Math.fma(ar, COS_52, r[0]));
    float ni = Math.fma(bi, COS_5, Math.fma(ai, COS_52, i[0]));
    float ur = Math.fma(di, SIN_52, ci * SIN_5); // -i times the odd part
    float ui = Math.fma(dr, -SIN_52, cr * -SIN_5);
    float vr = Math.fma(di, -SIN_5, ci * SIN_52);
    float vi = Math.fma(dr, SIN_5, cr * -SIN_52);
    r[0] = r[0] + ar + br;
    i[0] = i[0] + ai + bi;
    r[1] = mr + ur;
    i[1] = mi + ui;
    r[2] = nr + vr;
    i[2] = ni + vi;
    r[3] = nr - vr;
    i[3] = ni - vi;
    r[4] = mr - ur;
    i[4] = mi - ui;
  }

  static void attraction(
      float[][] position,
      int[] rowStart,
      int[] index,
      float[] value,
      float scale,
      int from,
      int to,
      float[][] pull) {
    int dimensions = position.length;
    float[] sums = new float[dimensions * LANES];
    float[] difference = new float[dimensions];
    for (int i = from; i < to; i++) {
      Arrays.fill(sums, 0);
      for (int at = rowStart[i]; at < rowStart[i + 1]; at++) {
        int j = index[at];
        float squared = 0;
        for (int dim = 0; dim < dimensions; dim++) {
          difference[dim] = position[dim][i] - position[dim][j];
          squared =
              dim == 0
                  ? difference[dim] * difference[dim]
                  : Math.fma(difference[dim], difference[dim], squared);
        }
        float strength = value[at] / Math.fma(squared, scale, 1f);
        int lane = (at - rowStart[i]) % LANES;
        for (int dim = 0; dim < dimensions; dim++) {
          int sum = dim * LANES + lane;
          sums[sum] = Math.fma(strength, difference[dim], sums[sum]);
        }
      }
      for (int dim = 0; dim < dimensions; dim++) {
        pull[dim][i] = total(sums, dim * LANES);
      }
    }
  }

  /// Sixteen lanes in one fixed order.
  static float total(float[] sums, int at) {
    float a = sums[at] + sums[at + 8] + (sums[at + 4] + sums[at + 12]);
    float b = sums[at + 1] + sums[at + 9] + (sums[at + 5] + sums[at + 13]);
    float c = sums[at + 2] + sums[at + 10] + (sums[at + 6] + sums[at + 14]);
    float d = sums[at + 3] + sums[at + 11] + (sums[at + 7] + sums[at + 15]);
    return a + c + (b + d);
  }

  static void push(
      float[][] source, float[] mass, int count, float[][] target, int at, double[] sums) {
    int dimensions = source.length;
    float[] difference = new float[dimensions];
    float[] part = new float[dimensions + 1];
    Arrays.fill(sums, 0, (dimensions + 1) * LANES, 0);
    for (int lane = 0; lane < LANES; lane++) {
      for (int begin = 0; begin < count; begin += TsneKernels.FLOAT_BLOCK) {
        Arrays.fill(part, 0);
        for (int j = begin; j < Math.min(count, begin + TsneKernels.FLOAT_BLOCK); j++) {
          float squared = 1;
          for (int dim = 0; dim < dimensions; dim++) {
            difference[dim] = target[dim][at + lane] - source[dim][j];
            squared = Math.fma(difference[dim], difference[dim], squared);
          }
          float w = 1 / squared;
          float heavy = w * mass[j];
          part[0] += heavy;
          float strength = heavy * w;
          for (int dim = 0; dim < dimensions; dim++) {
            part[dim + 1] = Math.fma(strength, difference[dim], part[dim + 1]);
          }
        }
        for (int sum = 0; sum <= dimensions; sum++) {
          sums[sum * LANES + lane] += part[sum];
        }
      }
    }
  }
}
