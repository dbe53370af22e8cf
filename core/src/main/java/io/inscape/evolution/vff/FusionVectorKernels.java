package io.inscape.evolution.vff;

import io.inscape.projection.mds.Dissimilarities;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors: one lane per point, so that each sum has one order whatever the
/// width. See [FusionKernels] for what they compute.
final class FusionVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();
  private static final int ALL = Dissimilarities.LANES;

  private FusionVectorKernels() {}

  /// Whether a vector is no longer than the panels allow.
  static boolean fits() {
    return LANES <= ALL && I.length() == LANES;
  }

  private static FloatVector reciprocalRoot(FloatVector squared) {
    FloatVector half = squared.mul(-0.5f);
    FloatVector most = FloatVector.broadcast(F, 1.5f);
    IntVector bits = squared.reinterpretAsInts().lanewise(VectorOperators.LSHR, 1);
    FloatVector root = IntVector.broadcast(I, FusionKernels.MAGIC).sub(bits).reinterpretAsFloats();
    root = root.mul(half.fma(root.mul(root), most));
    root = root.mul(half.fma(root.mul(root), most));
    return root.mul(half.fma(root.mul(root), most));
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
    float[] wanted = block.wanted;
    FloatVector ofDistance = FloatVector.broadcast(F, distanceShare);
    FloatVector ofData = FloatVector.broadcast(F, dataShare);
    FloatVector tiny = FloatVector.broadcast(F, FusionKernels.TINY);
    for (int part = 0; part < ALL; part += LANES) {
      FloatVector xi = FloatVector.fromArray(F, x, block.first + part);
      FloatVector yi = FloatVector.fromArray(F, y, block.first + part);
      FloatVector total = FloatVector.zero(F);
      FloatVector px = total, py = total;
      int at = part;
      for (int j = block.begin; j < block.end; j++) {
        FloatVector target = FloatVector.fromArray(F, table, j * ALL + part).mul(scale);
        FloatVector dx = xi.sub(x[j]);
        FloatVector dy = yi.sub(y[j]);
        FloatVector squared = dy.fma(dy, dx.mul(dx)).max(tiny);
        FloatVector reciprocal = reciprocalRoot(squared);
        FloatVector distance = squared.mul(reciprocal);
        distance
            .fma(ofDistance, target.fma(ofData, FloatVector.fromArray(F, wanted, at)))
            .intoArray(wanted, at);
        FloatVector gap = target.sub(distance);
        FloatVector factor = gap.mul(reciprocal);
        total = gap.fma(gap, total);
        px = factor.fma(dx, px);
        py = factor.fma(dy, py);
        at += ALL;
      }
      total.intoArray(block.sums, part);
      px.intoArray(block.sums, ALL + part);
      py.intoArray(block.sums, 2 * ALL + part);
    }
  }

  static void alignment(float[][] position, float[][] mean, Block block) {
    float[] x = mean[0];
    float[] y = mean[1];
    float[] wanted = block.wanted;
    FloatVector tiny = FloatVector.broadcast(F, FusionKernels.TINY);
    for (int part = 0; part < ALL; part += LANES) {
      FloatVector xi = FloatVector.fromArray(F, position[0], block.first + part);
      FloatVector yi = FloatVector.fromArray(F, position[1], block.first + part);
      FloatVector total = FloatVector.zero(F);
      FloatVector px = total, py = total;
      int at = part;
      for (int j = block.begin; j < block.end; j++) {
        FloatVector dx = xi.sub(x[j]);
        FloatVector dy = yi.sub(y[j]);
        FloatVector squared = dy.fma(dy, dx.mul(dx)).max(tiny);
        FloatVector reciprocal = reciprocalRoot(squared);
        FloatVector gap = FloatVector.fromArray(F, wanted, at).sub(squared.mul(reciprocal));
        FloatVector factor = gap.mul(reciprocal);
        total = gap.fma(gap, total);
        px = factor.fma(dx, px);
        py = factor.fma(dy, py);
        at += ALL;
      }
      total.intoArray(block.sums, part);
      px.intoArray(block.sums, ALL + part);
      py.intoArray(block.sums, 2 * ALL + part);
    }
  }

  static void between(float[][] mean, Block block) {
    float[] x = mean[0];
    float[] y = mean[1];
    FloatVector tiny = FloatVector.broadcast(F, FusionKernels.TINY);
    for (int part = 0; part < ALL; part += LANES) {
      FloatVector xi = FloatVector.fromArray(F, x, block.first + part);
      FloatVector yi = FloatVector.fromArray(F, y, block.first + part);
      int at = part;
      for (int j = block.begin; j < block.end; j++) {
        FloatVector dx = xi.sub(x[j]);
        FloatVector dy = yi.sub(y[j]);
        FloatVector squared = dy.fma(dy, dx.mul(dx)).max(tiny);
        squared.mul(reciprocalRoot(squared)).intoArray(block.wanted, at);
        at += ALL;
      }
    }
  }
}
