package io.inscape.projection.mds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SmacofKernelsTest {
  @Test
  void vectorsAreInUse() {
    assertThat(Kernels.vectorized()).isTrue();
  }

  @Test
  void theTwinsGiveTheSameBits() {
    RandomGenerator random = Rng.of(1, "smacof kernels");
    for (int count : new int[] {1, 2, 15, 16, 17, 255, 256, 257, 700}) {
      for (int dimensions = 2; dimensions <= 3; dimensions++) {
        for (float floor : new float[] {0, .01f}) {
          Case one = new Case(count, dimensions, random);
          double[][] plain = new double[dimensions][one.padded];
          double[][] vector = new double[dimensions][one.padded];
          double[] plainStress = new double[one.padded];
          double[] vectorStress = new double[one.padded];
          SmacofPlainKernels.pull(
              one.table, 0, 16, one.position, 0, count, floor, plain, plainStress);
          SmacofVectorKernels.pull(
              one.table, 0, 16, one.position, 0, count, floor, vector, vectorStress);
          assertThat(vector).isDeepEqualTo(plain);
          assertThat(vectorStress).isEqualTo(plainStress);
        }
      }
    }
  }

  @Test
  void pullAndStressAreWhatTheFormulasSay() {
    RandomGenerator random = Rng.of(2, "smacof kernels");
    for (float floor : new float[] {0, .01f}) {
      Case one = new Case(300, 3, random);
      double[][] pull = new double[3][one.padded];
      double[] stress = new double[one.padded];
      SmacofKernels.pull(one.table, 0, 16, one.position, 0, 300, floor, pull, stress);
      for (int i = 0; i < 16; i++) {
        double[] sum = new double[4];
        for (int j = 0; j < 300; j++) {
          double target = one.table[j * 16 + i];
          double squared = 0;
          for (float[] axis : one.position) {
            squared += Math.pow((double) axis[i] - axis[j], 2);
          }
          double distance = Math.sqrt(squared);
          double weight = floor > 0 ? 1 / Math.max(target, floor) : 1;
          sum[3] += weight * (target - distance) * (target - distance);
          for (int dim = 0; dim < 3 && distance > 0; dim++) {
            double difference = (double) one.position[dim][i] - one.position[dim][j];
            sum[dim] += weight * (target / distance - 1) * difference;
          }
        }
        assertThat(stress[i]).isCloseTo(sum[3], within(1e-5 * Math.abs(sum[3])));
        for (int dim = 0; dim < 3; dim++) {
          assertThat(pull[dim][i]).isCloseTo(sum[dim], within(1e-4 * sum[3]));
        }
      }
    }
  }

  /// Random dissimilarities of sixteen points to all, with a pair at one place.
  private static final class Case {
    final int padded;
    final float[] table;
    final float[][] position;

    Case(int count, int dimensions, RandomGenerator random) {
      padded = Math.ceilDiv(count, 16) * 16;
      table = new float[count * 16];
      position = new float[dimensions][padded];
      for (int at = 0; at < table.length; at++) {
        table[at] = at / 16 == at % 16 ? 0 : random.nextFloat();
      }
      for (float[] axis : position) {
        for (int i = 0; i < count; i++) {
          axis[i] = (float) random.nextGaussian() / 3;
        }
        axis[count / 2] = axis[0];
      }
    }
  }
}
