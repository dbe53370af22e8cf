package io.inscape.projection.umap;

import static io.inscape.projection.umap.UmapKernels.BLOCK;
import static io.inscape.projection.umap.UmapKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [UmapKernels] for what they compute and [UmapPlainKernels] for
/// the same in plain words.
final class UmapVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F8 = FloatVector.SPECIES_256;
  private static final IntVector IOTA = IntVector.zero(I).addIndex(1);

  private UmapVectorKernels() {}

  /// Whether a vector is no longer than the lanes that move together.
  static boolean fits() {
    return F.length() <= LANES && LANES % F.length() == 0;
  }

  static void move(
      float[][] from, float[][] to, int base, int[] partners, int[] steps, Sweep sweep) {
    int[] drawn = new int[LANES * Math.max(1, sweep.negatives())];
    for (int lane = 0; lane < LANES; lane += F.length()) {
      int most = 0;
      for (int at = lane; at < lane + F.length(); at++) {
        most = Math.max(most, steps[at]);
      }
      if (from.length == 2) {
        moveFlat(from, to, base, lane, partners, steps, most, sweep, drawn);
      } else {
        moveDeep(from, to, base, lane, partners, steps, most, sweep, drawn);
      }
    }
  }

  private static void moveFlat(
      float[][] from,
      float[][] to,
      int base,
      int lane,
      int[] partners,
      int[] steps,
      int most,
      Sweep sweep,
      int[] drawn) {
    float[] xs = from[0];
    float[] ys = from[1];
    FloatVector x = FloatVector.fromArray(F, xs, base + lane);
    FloatVector y = FloatVector.fromArray(F, ys, base + lane);
    IntVector own = IOTA.add(base + lane);
    IntVector length = IntVector.fromArray(I, steps, lane);
    IntVector state = stream(sweep.key(), own);
    float alpha = sweep.alpha();
    float a = sweep.a();
    float b = sweep.b();
    float pullFactor = -2 * a * b;
    float pushFactor = 2 * sweep.repulsion() * b;
    int negatives = sweep.negatives();
    int count = sweep.count();
    for (int step = 0; step < most; step++) {
      VectorMask<Integer> going = length.compare(VectorOperators.GT, step);
      VectorMask<Float> active = going.cast(F);
      int at = step * LANES + lane;
      FloatVector dx = x.sub(FloatVector.fromArray(F, xs, 0, partners, at));
      FloatVector dy = y.sub(FloatVector.fromArray(F, ys, 0, partners, at));
      FloatVector pull = pull(bounded(dx.fma(dx, dy.mul(dy))), a, b, pullFactor);
      x = x.blend(clip(pull.mul(dx)).fma(FloatVector.broadcast(F, alpha), x), active);
      y = y.blend(clip(pull.mul(dy)).fma(FloatVector.broadcast(F, alpha), y), active);
      FloatVector x0 = x;
      FloatVector y0 = y;
      for (int sample = 0; sample < negatives; sample++) {
        state = next(state);
        IntVector other = draw(state, count);
        other.intoArray(drawn, sample * LANES);
        VectorMask<Float> pushed = going.and(other.compare(VectorOperators.NE, own)).cast(F);
        dx = x0.sub(FloatVector.fromArray(F, xs, 0, drawn, sample * LANES));
        dy = y0.sub(FloatVector.fromArray(F, ys, 0, drawn, sample * LANES));
        FloatVector push = push(bounded(dx.fma(dx, dy.mul(dy))), a, b, pushFactor);
        x = x.blend(clip(push.mul(dx)).fma(FloatVector.broadcast(F, alpha), x), pushed);
        y = y.blend(clip(push.mul(dy)).fma(FloatVector.broadcast(F, alpha), y), pushed);
      }
    }
    x.intoArray(to[0], base + lane);
    y.intoArray(to[1], base + lane);
  }

  private static void moveDeep(
      float[][] from,
      float[][] to,
      int base,
      int lane,
      int[] partners,
      int[] steps,
      int most,
      Sweep sweep,
      int[] drawn) {
    float[] xs = from[0];
    float[] ys = from[1];
    float[] zs = from[2];
    FloatVector x = FloatVector.fromArray(F, xs, base + lane);
    FloatVector y = FloatVector.fromArray(F, ys, base + lane);
    FloatVector z = FloatVector.fromArray(F, zs, base + lane);
    IntVector own = IOTA.add(base + lane);
    IntVector length = IntVector.fromArray(I, steps, lane);
    IntVector state = stream(sweep.key(), own);
    float alpha = sweep.alpha();
    float a = sweep.a();
    float b = sweep.b();
    float pullFactor = -2 * a * b;
    float pushFactor = 2 * sweep.repulsion() * b;
    for (int step = 0; step < most; step++) {
      VectorMask<Integer> going = length.compare(VectorOperators.GT, step);
      VectorMask<Float> active = going.cast(F);
      int at = step * LANES + lane;
      FloatVector dx = x.sub(FloatVector.fromArray(F, xs, 0, partners, at));
      FloatVector dy = y.sub(FloatVector.fromArray(F, ys, 0, partners, at));
      FloatVector dz = z.sub(FloatVector.fromArray(F, zs, 0, partners, at));
      FloatVector squared = bounded(dx.fma(dx, dy.fma(dy, dz.mul(dz))));
      FloatVector pull = pull(squared, a, b, pullFactor);
      x = x.blend(clip(pull.mul(dx)).fma(FloatVector.broadcast(F, alpha), x), active);
      y = y.blend(clip(pull.mul(dy)).fma(FloatVector.broadcast(F, alpha), y), active);
      z = z.blend(clip(pull.mul(dz)).fma(FloatVector.broadcast(F, alpha), z), active);
      FloatVector x0 = x;
      FloatVector y0 = y;
      FloatVector z0 = z;
      for (int sample = 0; sample < sweep.negatives(); sample++) {
        state = next(state);
        IntVector other = draw(state, sweep.count());
        other.intoArray(drawn, sample * LANES);
        VectorMask<Float> pushed = going.and(other.compare(VectorOperators.NE, own)).cast(F);
        dx = x0.sub(FloatVector.fromArray(F, xs, 0, drawn, sample * LANES));
        dy = y0.sub(FloatVector.fromArray(F, ys, 0, drawn, sample * LANES));
        dz = z0.sub(FloatVector.fromArray(F, zs, 0, drawn, sample * LANES));
        squared = bounded(dx.fma(dx, dy.fma(dy, dz.mul(dz))));
        FloatVector push = push(squared, a, b, pushFactor);
        x = x.blend(clip(push.mul(dx)).fma(FloatVector.broadcast(F, alpha), x), pushed);
        y = y.blend(clip(push.mul(dy)).fma(FloatVector.broadcast(F, alpha), y), pushed);
        z = z.blend(clip(push.mul(dz)).fma(FloatVector.broadcast(F, alpha), z), pushed);
      }
    }
    x.intoArray(to[0], base + lane);
    y.intoArray(to[1], base + lane);
    z.intoArray(to[2], base + lane);
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

  private static FloatVector pull(FloatVector squared, float a, float b, float factor) {
    FloatVector power = power(squared, b);
    FloatVector below = squared.mul(power.fma(FloatVector.broadcast(F, a), one()));
    return power.mul(factor).div(below);
  }

  private static FloatVector push(FloatVector squared, float a, float b, float factor) {
    FloatVector power = power(squared, b);
    FloatVector below =
        squared.add(UmapKernels.SOFTENING).mul(power.fma(FloatVector.broadcast(F, a), one()));
    return FloatVector.broadcast(F, factor).div(below);
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

  private static FloatVector bounded(FloatVector squared) {
    return squared.min(UmapKernels.MOST_SQUARE).max(UmapKernels.LEAST_SQUARE);
  }

  private static FloatVector clip(FloatVector step) {
    return step.min(UmapKernels.CLIP).max(-UmapKernels.CLIP);
  }

  private static IntVector stream(int key, IntVector point) {
    IntVector h = point.mul(UmapKernels.WEYL).add(key);
    h =
        h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
            .mul(UmapKernels.MIX_1);
    h =
        h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 13))
            .mul(UmapKernels.MIX_2);
    return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
        .lanewise(VectorOperators.OR, 1);
  }

  private static IntVector next(IntVector state) {
    IntVector s = state;
    s = s.lanewise(VectorOperators.XOR, s.lanewise(VectorOperators.LSHL, 13));
    s = s.lanewise(VectorOperators.XOR, s.lanewise(VectorOperators.LSHR, 17));
    return s.lanewise(VectorOperators.XOR, s.lanewise(VectorOperators.LSHL, 5));
  }

  private static IntVector draw(IntVector state, int count) {
    FloatVector unit =
        (FloatVector) state.lanewise(VectorOperators.LSHR, 8).convert(VectorOperators.I2F, 0);
    IntVector drawn =
        (IntVector) unit.mul(UmapKernels.TO_UNIT).mul(count).convert(VectorOperators.F2I, 0);
    return drawn.min(count - 1);
  }

  private static FloatVector one() {
    return FloatVector.broadcast(F, 1f);
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(F, value);
  }
}
