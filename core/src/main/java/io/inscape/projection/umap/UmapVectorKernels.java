package io.inscape.projection.umap;

import static io.inscape.projection.umap.UmapKernels.BLOCK;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [UmapKernels] for what they compute and [UmapPlainKernels] for
/// the same in plain words.
final class UmapVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F8 = FloatVector.SPECIES_256;

  private UmapVectorKernels() {}

  /// As many coefficients as whole vectors hold; returns how many.
  static int coefficients(
      float[] values, int length, float power, float constant, float softening, Sweep sweep) {
    int whole = F.loopBound(length);
    FloatVector a = FloatVector.broadcast(F, sweep.a());
    for (int at = 0; at < whole; at += F.length()) {
      FloatVector squared = FloatVector.fromArray(F, values, at);
      squared = squared.min(UmapKernels.MOST_SQUARE).max(UmapKernels.LEAST_SQUARE);
      FloatVector raised = power(squared, sweep.b());
      FloatVector above = raised.fma(constant(power), constant(constant));
      FloatVector below = squared.add(softening).mul(raised.fma(a, constant(1)));
      above.div(below).intoArray(values, at);
    }
    return whole;
  }

  /// As many steps as whole vectors hold; returns how many.
  static int step(
      float[] position,
      float[] difference,
      float[] coefficient,
      int offset,
      int length,
      float alpha) {
    int whole = F.loopBound(length);
    FloatVector size = constant(alpha);
    for (int at = 0; at < whole; at += F.length()) {
      FloatVector force =
          FloatVector.fromArray(F, coefficient, offset + at)
              .mul(FloatVector.fromArray(F, difference, offset + at));
      force = force.min(UmapKernels.CLIP).max(-UmapKernels.CLIP);
      size.fma(force, FloatVector.fromArray(F, position, at)).intoArray(position, at);
    }
    return whole;
  }

  /// Whether the machine has vectors of a whole row of [#average].
  static boolean averages() {
    return F.length() >= F8.length();
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
    for (int row = from; row < to; row++) {
      FloatVector sum = FloatVector.zero(F8);
      for (int at = rowStart[row]; at < rowStart[row + 1]; at++) {
        sum =
            FloatVector.broadcast(F8, weight[at])
                .fma(FloatVector.fromArray(F8, in, index[at] * BLOCK), sum);
      }
      sum.mul(scale[row]).intoArray(out, row * BLOCK);
    }
  }

  private static FloatVector power(FloatVector squared, float b) {
    IntVector bits = squared.reinterpretAsInts();
    IntVector exponent = bits.sub(UmapKernels.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector t =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector p = constant(UmapKernels.L6).fma(t, constant(UmapKernels.L5));
    p = p.fma(t, constant(UmapKernels.L4));
    p = p.fma(t, constant(UmapKernels.L3));
    p = p.fma(t, constant(UmapKernels.L2));
    p = p.fma(t, constant(UmapKernels.L1));
    p = p.fma(t, constant(UmapKernels.L0));
    FloatVector whole = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
    FloatVector log = p.fma(t, whole).mul(b);
    log = log.min(UmapKernels.MOST_EXPONENT).max(-UmapKernels.MOST_EXPONENT);
    FloatVector rounded = log.add(UmapKernels.ROUNDER);
    FloatVector f = log.sub(rounded.sub(UmapKernels.ROUNDER));
    FloatVector q = constant(UmapKernels.E4).fma(f, constant(UmapKernels.E3));
    q = q.fma(f, constant(UmapKernels.E2));
    q = q.fma(f, constant(UmapKernels.E1));
    q = q.fma(f, constant(UmapKernels.E0));
    IntVector scale =
        rounded
            .reinterpretAsInts()
            .sub(UmapKernels.ROUNDER_BITS)
            .lanewise(VectorOperators.LSHL, 23);
    return q.reinterpretAsInts().add(scale).reinterpretAsFloats();
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(F, value);
  }
}
