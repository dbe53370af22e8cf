package io.inscape.quality;

import static io.inscape.quality.QualityPlainKernels.FLOAT_BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The inner loops on vectors; see [QualityKernels] for what they compute.
final class QualityVectorKernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();
  private static final int ALL = QualityPlainKernels.LANES;

  private QualityVectorKernels() {}

  static int countBelow(float[] values, int from, int to, float limit) {
    int count = 0;
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      count += FloatVector.fromArray(F, values, at).compare(VectorOperators.LT, limit).trueCount();
    }
    return count + QualityPlainKernels.countBelow(values, at, to, limit);
  }

  static void distanceSums(float[] a, float[] b, int at, int count, double[] sums) {
    if (LANES > ALL) {
      QualityPlainKernels.distanceSums(a, b, at, count, sums);
      return;
    }
    float[] lanes = new float[QualityKernels.SUMS * ALL];
    Arrays.fill(sums, 0);
    for (int begin = 0; begin < count; begin += FLOAT_BLOCK) {
      int end = Math.min(begin + FLOAT_BLOCK, count);
      for (int part = 0; part < ALL; part += LANES) {
        block(a, b, at + begin + part, at + end, lanes, part);
      }
      QualityPlainKernels.addLanes(lanes, sums);
    }
  }

  private static void block(float[] a, float[] b, int from, int to, float[] lanes, int part) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector aa = zero, ab = zero, bb = zero, sa = zero, sb = zero;
    for (int at = from; at < to; at += ALL) {
      FloatVector x = FloatVector.fromArray(F, a, at);
      FloatVector y = FloatVector.fromArray(F, b, at);
      FloatVector far = x.sqrt();
      FloatVector near = y.sqrt();
      aa = aa.add(x);
      ab = far.fma(near, ab);
      bb = bb.add(y);
      sa = sa.add(far);
      sb = sb.add(near);
    }
    aa.intoArray(lanes, part);
    ab.intoArray(lanes, ALL + part);
    bb.intoArray(lanes, 2 * ALL + part);
    sa.intoArray(lanes, 3 * ALL + part);
    sb.intoArray(lanes, 4 * ALL + part);
  }
}
