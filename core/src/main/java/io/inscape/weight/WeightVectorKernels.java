package io.inscape.weight;

import static io.inscape.weight.WeightKernels.LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors. See [WeightKernels] for what they compute.
final class WeightVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  private WeightVectorKernels() {}

  /// Whether sixteen sums are a whole number of vectors that stay in registers.
  static boolean fits() {
    return F.length() == 16 || F.length() == 8;
  }

  static Moments moments(float[] weights, int from, int to, float pilot, float threshold) {
    return F.length() == LANES
        ? wide(weights, from, to, pilot, threshold)
        : narrow(weights, from, to, pilot, threshold);
  }

  /// Two vectors of eight sums.
  private static Moments wide(float[] weights, int from, int to, float pilot, float threshold) {
    DoubleVector shift = DoubleVector.broadcast(D, (double) pilot);
    DoubleVector s0 = DoubleVector.zero(D), s1 = s0, q0 = s0, q1 = s0;
    FloatVector min = FloatVector.broadcast(F, Float.POSITIVE_INFINITY);
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    int near = 0;
    int whole = to - (to - from) % LANES;
    for (int i = from; i < whole; i += LANES) {
      FloatVector weight = FloatVector.fromArray(F, weights, i);
      min = min.min(weight);
      max = max.max(weight);
      near += weight.abs().compare(VectorOperators.LE, threshold).trueCount();
      DoubleVector d0 = ((DoubleVector) weight.convertShape(VectorOperators.F2D, D, 0)).sub(shift);
      DoubleVector d1 = ((DoubleVector) weight.convertShape(VectorOperators.F2D, D, 1)).sub(shift);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
    }
    double[] sums = new double[LANES];
    double[] squares = new double[LANES];
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 8);
    q0.intoArray(squares, 0);
    q1.intoArray(squares, 8);
    Ends ends =
        new Ends(min.reduceLanes(VectorOperators.MIN), max.reduceLanes(VectorOperators.MAX), near);
    return rest(weights, whole, to, pilot, threshold, sums, squares, ends);
  }

  /// Four vectors of four sums.
  private static Moments narrow(float[] weights, int from, int to, float pilot, float threshold) {
    DoubleVector shift = DoubleVector.broadcast(D, (double) pilot);
    DoubleVector s0 = DoubleVector.zero(D), s1 = s0, s2 = s0, s3 = s0;
    DoubleVector q0 = s0, q1 = s0, q2 = s0, q3 = s0;
    FloatVector min = FloatVector.broadcast(F, Float.POSITIVE_INFINITY);
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    int near = 0;
    int whole = to - (to - from) % LANES;
    for (int i = from; i < whole; i += LANES) {
      FloatVector one = FloatVector.fromArray(F, weights, i);
      FloatVector two = FloatVector.fromArray(F, weights, i + 8);
      min = min.min(one).min(two);
      max = max.max(one).max(two);
      near += one.abs().compare(VectorOperators.LE, threshold).trueCount();
      near += two.abs().compare(VectorOperators.LE, threshold).trueCount();
      DoubleVector d0 = ((DoubleVector) one.convertShape(VectorOperators.F2D, D, 0)).sub(shift);
      DoubleVector d1 = ((DoubleVector) one.convertShape(VectorOperators.F2D, D, 1)).sub(shift);
      DoubleVector d2 = ((DoubleVector) two.convertShape(VectorOperators.F2D, D, 0)).sub(shift);
      DoubleVector d3 = ((DoubleVector) two.convertShape(VectorOperators.F2D, D, 1)).sub(shift);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      s2 = s2.add(d2);
      s3 = s3.add(d3);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
      q2 = d2.fma(d2, q2);
      q3 = d3.fma(d3, q3);
    }
    double[] sums = new double[LANES];
    double[] squares = new double[LANES];
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 4);
    s2.intoArray(sums, 8);
    s3.intoArray(sums, 12);
    q0.intoArray(squares, 0);
    q1.intoArray(squares, 4);
    q2.intoArray(squares, 8);
    q3.intoArray(squares, 12);
    Ends ends =
        new Ends(min.reduceLanes(VectorOperators.MIN), max.reduceLanes(VectorOperators.MAX), near);
    return rest(weights, whole, to, pilot, threshold, sums, squares, ends);
  }

  /// Range and count of what went before.
  private record Ends(float min, float max, int near) {}

  @SuppressWarnings("TooManyParameters") // what the loops before it have in registers
  private static Moments rest(
      float[] weights,
      int from,
      int to,
      float pilot,
      float threshold,
      double[] sums,
      double[] squares,
      Ends ends) {
    float min = ends.min;
    float max = ends.max;
    int near = ends.near;
    for (int i = from; i < to; i++) {
      float weight = weights[i];
      min = Math.min(min, weight);
      max = Math.max(max, weight);
      near += Math.abs(weight) <= threshold ? 1 : 0;
      double difference = (double) weight - pilot;
      sums[i - from] += difference;
      squares[i - from] = Math.fma(difference, difference, squares[i - from]);
    }
    return new Moments(min, max, Moments.fold(sums), Moments.fold(squares), near);
  }

  static void bins(float[] weights, int from, int to, float scale, int first, int[] bins) {
    int whole = to - (to - from) % F.length();
    for (int i = from; i < whole; i += F.length()) {
      FloatVector scaled = FloatVector.fromArray(F, weights, i).mul(scale);
      IntVector cut = (IntVector) scaled.convertShape(VectorOperators.F2I, I, 0);
      FloatVector back = (FloatVector) cut.convertShape(VectorOperators.I2F, F, 0);
      VectorMask<Integer> above = back.compare(VectorOperators.GT, scaled).cast(I);
      cut.sub(first).sub(1, above).intoArray(bins, i - from);
    }
    for (int i = whole; i < to; i++) {
      float scaled = weights[i] * scale;
      int cut = (int) scaled;
      bins[i - from] = (cut > scaled ? cut - 1 : cut) - first;
    }
  }

  static int take(float[] weights, int from, int to, float[] ends, float[] target) {
    int next = 0;
    int step = 2 * F.length();
    int whole = to - (to - from) % step;
    for (int i = from; i < whole; i += step) {
      FloatVector one = FloatVector.fromArray(F, weights, i);
      FloatVector two = FloatVector.fromArray(F, weights, i + F.length());
      if (inside(one, ends).or(inside(two, ends)).anyTrue()) {
        next = WeightPlainKernels.take(weights, i, i + step, ends, target, next);
      }
    }
    return WeightPlainKernels.take(weights, whole, to, ends, target, next);
  }

  private static VectorMask<Float> inside(FloatVector weight, float[] ends) {
    VectorMask<Float> first =
        weight
            .compare(VectorOperators.GE, ends[0])
            .and(weight.compare(VectorOperators.LE, ends[1]));
    VectorMask<Float> second =
        weight
            .compare(VectorOperators.GE, ends[2])
            .and(weight.compare(VectorOperators.LE, ends[3]));
    VectorMask<Float> third =
        weight
            .compare(VectorOperators.GE, ends[4])
            .and(weight.compare(VectorOperators.LE, ends[5]));
    return first.or(second).or(third);
  }
}
