package io.inscape.neighbors;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [NeighborKernels] for what they compute and
/// [NeighborPlainKernels] for the same in plain words.
final class NeighborVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();
  private static final int PAIR = 2 * LANES;
  private static final int PANEL = NeighborKernels.PANEL;
  private static final int ROWS = NeighborKernels.ROWS;

  private NeighborVectorKernels() {}

  static boolean filter(
      float[] a,
      int row,
      int depth,
      float[] half,
      float[] limit,
      NeighborKernels.Panel panel,
      long[] hits,
      float[] out) {
    if (PAIR > PANEL) {
      return NeighborPlainKernels.filter(a, row, depth, half, limit, panel, hits, out);
    }
    boolean any = false;
    for (int c = 0; c < PANEL; c += PAIR) {
      products(a, row * depth, depth, panel.values, c, out);
      float[] panelHalf = panel.half;
      float[] panelLimit = panel.limit;
      boolean hit = false;
      for (int r = 0; r < ROWS; r++) {
        hit |= scan(out, r * PANEL + c, half[row + r], limit[row + r], panelHalf, panelLimit, c);
        hit |=
            scan(
                out,
                r * PANEL + c + LANES,
                half[row + r],
                limit[row + r],
                panelHalf,
                panelLimit,
                c + LANES);
      }
      if (hit) {
        if (!any) {
          java.util.Arrays.fill(hits, 0, 2 * ROWS, 0);
        }
        any = true;
        for (int r = 0; r < ROWS; r++) {
          mark(limit[row + r], panelLimit, c, out, r, hits);
          mark(limit[row + r], panelLimit, c + LANES, out, r, hits);
        }
      }
    }
    return any;
  }

  /// Products become half negative squared distances; whether one reaches a limit.
  private static boolean scan(
      float[] out, int at, float half, float limit, float[] panelHalf, float[] panelLimit, int c) {
    FloatVector value =
        FloatVector.fromArray(F, out, at)
            .add(FloatVector.fromArray(F, panelHalf, c).add(FloatVector.broadcast(F, half)));
    value.intoArray(out, at);
    FloatVector least =
        FloatVector.fromArray(F, panelLimit, c).min(FloatVector.broadcast(F, limit));
    return value.compare(VectorOperators.GE, least).anyTrue();
  }

  private static void mark(
      float limit, float[] panelLimit, int c, float[] out, int r, long[] hits) {
    FloatVector value = FloatVector.fromArray(F, out, r * PANEL + c);
    hits[r] |= value.compare(VectorOperators.GE, FloatVector.broadcast(F, limit)).toLong() << c;
    FloatVector other = FloatVector.fromArray(F, panelLimit, c);
    hits[ROWS + r] |= value.compare(VectorOperators.GE, other).toLong() << c;
  }

  /// Six rows by two vectors: twelve sums stay in registers.
  private static void products(float[] a, int at, int depth, float[] panel, int c, float[] out) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero;
    FloatVector s30 = zero, s31 = zero, s40 = zero, s41 = zero, s50 = zero, s51 = zero;
    for (int k = 0; k < depth; k++) {
      FloatVector p0 = FloatVector.fromArray(F, panel, k * PANEL + c);
      FloatVector p1 = FloatVector.fromArray(F, panel, k * PANEL + c + LANES);
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
    store(s00, s01, out, c);
    store(s10, s11, out, PANEL + c);
    store(s20, s21, out, 2 * PANEL + c);
    store(s30, s31, out, 3 * PANEL + c);
    store(s40, s41, out, 4 * PANEL + c);
    store(s50, s51, out, 5 * PANEL + c);
  }

  private static void store(FloatVector first, FloatVector second, float[] out, int target) {
    first.intoArray(out, target);
    second.intoArray(out, target + LANES);
  }

  static double centre(
      float[] values,
      int offset,
      float scale,
      float[] centre,
      int centreOffset,
      int length,
      float[] out,
      int target,
      float[] sums) {
    int whole = LANES <= NeighborKernels.SUMS ? length - length % NeighborKernels.SUMS : 0;
    for (int part = 0; part < NeighborKernels.SUMS; part += LANES) {
      FloatVector sum = FloatVector.zero(F);
      for (int k = part; k < whole; k += NeighborKernels.SUMS) {
        FloatVector value =
            FloatVector.fromArray(F, values, offset + k)
                .mul(scale)
                .sub(FloatVector.fromArray(F, centre, centreOffset + k));
        value.intoArray(out, target + k);
        sum = value.fma(value, sum);
      }
      if (LANES <= NeighborKernels.SUMS) {
        sum.intoArray(sums, part);
      } else {
        java.util.Arrays.fill(sums, 0);
      }
    }
    return NeighborPlainKernels.finishCentre(
        values, offset, scale, centre, centreOffset, whole, length, out, target, sums);
  }
}
