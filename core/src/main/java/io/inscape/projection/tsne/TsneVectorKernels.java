package io.inscape.projection.tsne;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops of t-SNE on vectors; see [TsneKernels] for what they compute and
/// [TsnePlainKernels] for the same in plain words.
final class TsneVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final int LANES = TsneKernels.LANES;

  private TsneVectorKernels() {}

  /// Whether whole vectors make up a row.
  static boolean fits() {
    return WIDTH <= LANES;
  }

  static void pass(
      int radix, float[][] from, float[][] to, int groups, int stride, float[] twiddle) {
    switch (radix) {
      case 2 -> two(from[0], from[1], to[0], to[1], groups, stride * LANES, twiddle);
      case 3 -> three(from[0], from[1], to[0], to[1], groups, stride * LANES, twiddle);
      case 4 -> four(from[0], from[1], to[0], to[1], groups, stride * LANES, twiddle);
      default -> five(from[0], from[1], to[0], to[1], groups, stride * LANES, twiddle);
    }
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(F, values, at);
  }

  /// Turns a number by a twiddle factor and stores it.
  private static void turned(
      FloatVector r, FloatVector i, float c, float s, float[] re, float[] im, int at) {
    r.fma(FloatVector.broadcast(F, c), i.mul(-s)).intoArray(re, at);
    r.fma(FloatVector.broadcast(F, s), i.mul(c)).intoArray(im, at);
  }

  private static void two(
      float[] re, float[] im, float[] toRe, float[] toIm, int groups, int stride, float[] w) {
    int step = stride * groups;
    for (int group = 0; group < groups; group++) {
      float c = w[group * 2], s = w[group * 2 + 1];
      for (int at = 0; at < stride; at += WIDTH) {
        int source = stride * group + at;
        int target = stride * 2 * group + at;
        FloatVector r0 = load(re, source), i0 = load(im, source);
        FloatVector r1 = load(re, source + step), i1 = load(im, source + step);
        r0.add(r1).intoArray(toRe, target);
        i0.add(i1).intoArray(toIm, target);
        turned(r0.sub(r1), i0.sub(i1), c, s, toRe, toIm, target + stride);
      }
    }
  }

  private static void three(
      float[] re, float[] im, float[] toRe, float[] toIm, int groups, int stride, float[] w) {
    int step = stride * groups;
    FloatVector half = FloatVector.broadcast(F, -0.5f);
    for (int group = 0; group < groups; group++) {
      int at2 = group * 4;
      for (int at = 0; at < stride; at += WIDTH) {
        int source = stride * group + at;
        int target = stride * 3 * group + at;
        FloatVector r0 = load(re, source), i0 = load(im, source);
        FloatVector r1 = load(re, source + step), i1 = load(im, source + step);
        FloatVector r2 = load(re, source + 2 * step), i2 = load(im, source + 2 * step);
        FloatVector tr = r1.add(r2), ti = i1.add(i2);
        FloatVector ur = i1.sub(i2).mul(TsnePlainKernels.SIN_3);
        FloatVector ui = r2.sub(r1).mul(TsnePlainKernels.SIN_3);
        FloatVector mr = tr.fma(half, r0), mi = ti.fma(half, i0);
        r0.add(tr).intoArray(toRe, target);
        i0.add(ti).intoArray(toIm, target);
        turned(mr.add(ur), mi.add(ui), w[at2], w[at2 + 1], toRe, toIm, target + stride);
        turned(mr.sub(ur), mi.sub(ui), w[at2 + 2], w[at2 + 3], toRe, toIm, target + 2 * stride);
      }
    }
  }

  private static void four(
      float[] re, float[] im, float[] toRe, float[] toIm, int groups, int stride, float[] w) {
    int step = stride * groups;
    for (int group = 0; group < groups; group++) {
      int at2 = group * 6;
      for (int at = 0; at < stride; at += WIDTH) {
        int source = stride * group + at;
        int target = stride * 4 * group + at;
        FloatVector r0 = load(re, source), i0 = load(im, source);
        FloatVector r1 = load(re, source + step), i1 = load(im, source + step);
        FloatVector r2 = load(re, source + 2 * step), i2 = load(im, source + 2 * step);
        FloatVector r3 = load(re, source + 3 * step), i3 = load(im, source + 3 * step);
        FloatVector ar = r0.add(r2), ai = i0.add(i2), br = r0.sub(r2), bi = i0.sub(i2);
        FloatVector cr = r1.add(r3), ci = i1.add(i3), dr = i1.sub(i3), di = r3.sub(r1);
        ar.add(cr).intoArray(toRe, target);
        ai.add(ci).intoArray(toIm, target);
        turned(br.add(dr), bi.add(di), w[at2], w[at2 + 1], toRe, toIm, target + stride);
        turned(ar.sub(cr), ai.sub(ci), w[at2 + 2], w[at2 + 3], toRe, toIm, target + 2 * stride);
        turned(br.sub(dr), bi.sub(di), w[at2 + 4], w[at2 + 5], toRe, toIm, target + 3 * stride);
      }
    }
  }

  private static void five(
      float[] re, float[] im, float[] toRe, float[] toIm, int groups, int stride, float[] w) {
    int step = stride * groups;
    FloatVector cos = FloatVector.broadcast(F, TsnePlainKernels.COS_5);
    FloatVector cos2 = FloatVector.broadcast(F, TsnePlainKernels.COS_52);
    FloatVector sin = FloatVector.broadcast(F, TsnePlainKernels.SIN_5);
    FloatVector sin2 = FloatVector.broadcast(F, TsnePlainKernels.SIN_52);
    FloatVector minus = sin.neg(), minus2 = sin2.neg();
    for (int group = 0; group < groups; group++) {
      int at2 = group * 8;
      for (int at = 0; at < stride; at += WIDTH) {
        int source = stride * group + at;
        int target = stride * 5 * group + at;
        FloatVector r0 = load(re, source), i0 = load(im, source);
        FloatVector r1 = load(re, source + step), i1 = load(im, source + step);
        FloatVector r2 = load(re, source + 2 * step), i2 = load(im, source + 2 * step);
        FloatVector r3 = load(re, source + 3 * step), i3 = load(im, source + 3 * step);
        FloatVector r4 = load(re, source + 4 * step), i4 = load(im, source + 4 * step);
        FloatVector ar = r1.add(r4), ai = i1.add(i4), br = r2.add(r3), bi = i2.add(i3);
        FloatVector cr = r1.sub(r4), ci = i1.sub(i4), dr = r2.sub(r3), di = i2.sub(i3);
        FloatVector mr = br.fma(cos2, ar.fma(cos, r0)), mi = bi.fma(cos2, ai.fma(cos, i0));
        FloatVector nr = br.fma(cos, ar.fma(cos2, r0)), ni = bi.fma(cos, ai.fma(cos2, i0));
        FloatVector ur = di.fma(sin2, ci.mul(sin)), ui = dr.fma(minus2, cr.mul(minus));
        FloatVector vr = di.fma(minus, ci.mul(sin2)), vi = dr.fma(sin, cr.mul(minus2));
        r0.add(ar).add(br).intoArray(toRe, target);
        i0.add(ai).add(bi).intoArray(toIm, target);
        turned(mr.add(ur), mi.add(ui), w[at2], w[at2 + 1], toRe, toIm, target + stride);
        turned(nr.add(vr), ni.add(vi), w[at2 + 2], w[at2 + 3], toRe, toIm, target + 2 * stride);
        turned(nr.sub(vr), ni.sub(vi), w[at2 + 4], w[at2 + 5], toRe, toIm, target + 3 * stride);
        turned(mr.sub(ur), mi.sub(ui), w[at2 + 6], w[at2 + 7], toRe, toIm, target + 4 * stride);
      }
    }
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
    float[] sums = new float[position.length * LANES];
    for (int i = from; i < to; i++) {
      for (int part = 0; part < LANES; part += WIDTH) {
        if (position.length == 2) {
          flatRow(
              position[0],
              position[1],
              i,
              index,
              value,
              scale,
              rowStart[i] + part,
              rowStart[i + 1],
              sums,
              part);
        } else {
          deepRow(
              position, i, index, value, scale, rowStart[i] + part, rowStart[i + 1], sums, part);
        }
      }
      for (int dim = 0; dim < position.length; dim++) {
        pull[dim][i] = TsnePlainKernels.total(sums, dim * LANES);
      }
    }
  }

  private static void flatRow(
      float[] x,
      float[] y,
      int i,
      int[] index,
      float[] value,
      float scale,
      int begin,
      int end,
      float[] sums,
      int part) {
    FloatVector xi = FloatVector.broadcast(F, x[i]), yi = FloatVector.broadcast(F, y[i]);
    FloatVector s = FloatVector.broadcast(F, scale), one = FloatVector.broadcast(F, 1f);
    FloatVector fx = FloatVector.zero(F), fy = fx;
    for (int at = begin; at < end; at += LANES) {
      FloatVector dx = xi.sub(FloatVector.fromArray(F, x, 0, index, at));
      FloatVector dy = yi.sub(FloatVector.fromArray(F, y, 0, index, at));
      FloatVector strength = load(value, at).div(dy.fma(dy, dx.mul(dx)).fma(s, one));
      fx = strength.fma(dx, fx);
      fy = strength.fma(dy, fy);
    }
    fx.intoArray(sums, part);
    fy.intoArray(sums, LANES + part);
  }

  private static void deepRow(
      float[][] position,
      int i,
      int[] index,
      float[] value,
      float scale,
      int begin,
      int end,
      float[] sums,
      int part) {
    float[] x = position[0], y = position[1], z = position[2];
    FloatVector xi = FloatVector.broadcast(F, x[i]), yi = FloatVector.broadcast(F, y[i]);
    FloatVector zi = FloatVector.broadcast(F, z[i]);
    FloatVector s = FloatVector.broadcast(F, scale), one = FloatVector.broadcast(F, 1f);
    FloatVector fx = FloatVector.zero(F), fy = fx, fz = fx;
    for (int at = begin; at < end; at += LANES) {
      FloatVector dx = xi.sub(FloatVector.fromArray(F, x, 0, index, at));
      FloatVector dy = yi.sub(FloatVector.fromArray(F, y, 0, index, at));
      FloatVector dz = zi.sub(FloatVector.fromArray(F, z, 0, index, at));
      FloatVector squared = dz.fma(dz, dy.fma(dy, dx.mul(dx)));
      FloatVector strength = load(value, at).div(squared.fma(s, one));
      fx = strength.fma(dx, fx);
      fy = strength.fma(dy, fy);
      fz = strength.fma(dz, fz);
    }
    fx.intoArray(sums, part);
    fy.intoArray(sums, LANES + part);
    fz.intoArray(sums, 2 * LANES + part);
  }

  static void push(
      float[][] source, float[] mass, int count, float[][] target, int at, double[] sums) {
    int length = (source.length + 1) * LANES;
    float[] part = new float[length];
    Arrays.fill(sums, 0, length, 0);
    for (int begin = 0; begin < count; begin += TsneKernels.FLOAT_BLOCK) {
      int end = Math.min(count, begin + TsneKernels.FLOAT_BLOCK);
      for (int lane = 0; lane < LANES; lane += WIDTH) {
        if (source.length == 2) {
          flatPush(source, mass, begin, end, target, at + lane, part, lane);
        } else {
          deepPush(source, mass, begin, end, target, at + lane, part, lane);
        }
      }
      for (int sum = 0; sum < length; sum++) {
        sums[sum] += part[sum];
      }
    }
  }

  private static void flatPush(
      float[][] source,
      float[] mass,
      int begin,
      int end,
      float[][] target,
      int at,
      float[] part,
      int lane) {
    float[] x = source[0], y = source[1];
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector xi = load(target[0], at), yi = load(target[1], at);
    FloatVector weights = FloatVector.zero(F), fx = weights, fy = weights;
    for (int j = begin; j < end; j++) {
      FloatVector dx = xi.sub(x[j]), dy = yi.sub(y[j]);
      FloatVector w = one.div(dy.fma(dy, dx.fma(dx, one)));
      FloatVector heavy = w.mul(mass[j]);
      weights = weights.add(heavy);
      FloatVector strength = heavy.mul(w);
      fx = strength.fma(dx, fx);
      fy = strength.fma(dy, fy);
    }
    weights.intoArray(part, lane);
    fx.intoArray(part, LANES + lane);
    fy.intoArray(part, 2 * LANES + lane);
  }

  private static void deepPush(
      float[][] source,
      float[] mass,
      int begin,
      int end,
      float[][] target,
      int at,
      float[] part,
      int lane) {
    float[] x = source[0], y = source[1], z = source[2];
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector xi = load(target[0], at), yi = load(target[1], at), zi = load(target[2], at);
    FloatVector weights = FloatVector.zero(F), fx = weights, fy = weights, fz = weights;
    for (int j = begin; j < end; j++) {
      FloatVector dx = xi.sub(x[j]), dy = yi.sub(y[j]), dz = zi.sub(z[j]);
      FloatVector w = one.div(dz.fma(dz, dy.fma(dy, dx.fma(dx, one))));
      FloatVector heavy = w.mul(mass[j]);
      weights = weights.add(heavy);
      FloatVector strength = heavy.mul(w);
      fx = strength.fma(dx, fx);
      fy = strength.fma(dy, fy);
      fz = strength.fma(dz, fz);
    }
    weights.intoArray(part, lane);
    fx.intoArray(part, LANES + lane);
    fy.intoArray(part, 2 * LANES + lane);
    fz.intoArray(part, 3 * LANES + lane);
  }
}
