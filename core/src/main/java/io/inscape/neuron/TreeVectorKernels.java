package io.inscape.neuron;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [TreeKernels].
final class TreeVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  private TreeVectorKernels() {}

  static void range(float[] values, int from, int to, float[] range) {
    if (to - from < 2 * LANES) {
      TreePlainKernels.range(values, from, to, range);
      return;
    }
    // The last vectors overlap the ones before: that changes neither the least nor the greatest.
    FloatVector low0 = FloatVector.fromArray(F, values, to - LANES);
    FloatVector high0 = low0;
    FloatVector low1 = FloatVector.fromArray(F, values, to - 2 * LANES);
    FloatVector high1 = low1;
    for (int at = from; at + 2 * LANES <= to; at += 2 * LANES) {
      FloatVector a = FloatVector.fromArray(F, values, at);
      FloatVector b = FloatVector.fromArray(F, values, at + LANES);
      low0 = low0.min(a);
      high0 = high0.max(a);
      low1 = low1.min(b);
      high1 = high1.max(b);
    }
    range[0] = low0.min(low1).reduceLanes(VectorOperators.MIN);
    range[1] = high0.max(high1).reduceLanes(VectorOperators.MAX);
  }

  static int atMost(float[] values, int from, int to, float cut) {
    int count = 0;
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      count += FloatVector.fromArray(F, values, at).compare(VectorOperators.LE, cut).trueCount();
    }
    for (; at < to; at++) {
      count += values[at] <= cut ? 1 : 0;
    }
    return count;
  }
}
