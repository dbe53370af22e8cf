package io.inscape.projection.mds;

import static io.inscape.projection.mds.SmacofPlainKernels.FLOAT_BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The inner loop on vectors: one lane per point, so that each sum has one order whatever the
/// width. See [SmacofKernels] for what it computes.
final class SmacofVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  private SmacofVectorKernels() {}

  /// Whether a vector is no longer than the panels allow.
  static boolean fits() {
    return LANES <= Dissimilarities.LANES;
  }

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
    float[] sums = new float[4 * LANES];
    for (int part = 0; part < Dissimilarities.LANES; part += LANES) {
      int i = first + part;
      Arrays.fill(stress, i, i + LANES, 0);
      for (double[] axis : pull) {
        Arrays.fill(axis, i, i + LANES, 0);
      }
      for (int begin = 0; begin < count; begin += FLOAT_BLOCK) {
        int end = Math.min(begin + FLOAT_BLOCK, count);
        if (position.length == 2) {
          flat(table, offset + part, stride, position, i, begin, end, floor, sums);
        } else {
          deep(table, offset + part, stride, position, i, begin, end, floor, sums);
        }
        for (int lane = 0; lane < LANES; lane++) {
          stress[i + lane] += sums[lane];
          for (int dim = 0; dim < position.length; dim++) {
            pull[dim][i + lane] += sums[(dim + 1) * LANES + lane];
          }
        }
      }
    }
  }

  private static void flat(
      float[] table,
      int at,
      int stride,
      float[][] position,
      int i,
      int begin,
      int end,
      float floor,
      float[] sums) {
    float[] x = position[0];
    float[] y = position[1];
    FloatVector tiny = FloatVector.broadcast(F, SmacofKernels.TINY);
    FloatVector least = FloatVector.broadcast(F, floor);
    FloatVector xi = FloatVector.fromArray(F, x, i);
    FloatVector yi = FloatVector.fromArray(F, y, i);
    FloatVector total = FloatVector.zero(F);
    FloatVector px = total, py = total;
    for (int j = begin; j < end; j++) {
      FloatVector target = FloatVector.fromArray(F, table, at + j * stride);
      FloatVector dx = xi.sub(x[j]);
      FloatVector dy = yi.sub(y[j]);
      FloatVector distance = dy.fma(dy, dx.mul(dx)).sqrt();
      FloatVector gap = target.sub(distance);
      FloatVector weighted = floor > 0 ? gap.div(target.max(least)) : gap;
      FloatVector factor = weighted.div(distance.max(tiny));
      total = weighted.fma(gap, total);
      px = factor.fma(dx, px);
      py = factor.fma(dy, py);
    }
    total.intoArray(sums, 0);
    px.intoArray(sums, LANES);
    py.intoArray(sums, 2 * LANES);
  }

  private static void deep(
      float[] table,
      int at,
      int stride,
      float[][] position,
      int i,
      int begin,
      int end,
      float floor,
      float[] sums) {
    float[] x = position[0];
    float[] y = position[1];
    float[] z = position[2];
    FloatVector tiny = FloatVector.broadcast(F, SmacofKernels.TINY);
    FloatVector least = FloatVector.broadcast(F, floor);
    FloatVector xi = FloatVector.fromArray(F, x, i);
    FloatVector yi = FloatVector.fromArray(F, y, i);
    FloatVector zi = FloatVector.fromArray(F, z, i);
    FloatVector total = FloatVector.zero(F);
    FloatVector px = total, py = total, pz = total;
    for (int j = begin; j < end; j++) {
      FloatVector target = FloatVector.fromArray(F, table, at + j * stride);
      FloatVector dx = xi.sub(x[j]);
      FloatVector dy = yi.sub(y[j]);
      FloatVector dz = zi.sub(z[j]);
      FloatVector distance = dz.fma(dz, dy.fma(dy, dx.mul(dx))).sqrt();
      FloatVector gap = target.sub(distance);
      FloatVector weighted = floor > 0 ? gap.div(target.max(least)) : gap;
      FloatVector factor = weighted.div(distance.max(tiny));
      total = weighted.fma(gap, total);
      px = factor.fma(dx, px);
      py = factor.fma(dy, py);
      pz = factor.fma(dz, pz);
    }
    total.intoArray(sums, 0);
    px.intoArray(sums, LANES);
    py.intoArray(sums, 2 * LANES);
    pz.intoArray(sums, 3 * LANES);
  }
}
