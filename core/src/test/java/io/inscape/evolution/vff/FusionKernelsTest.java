package io.inscape.evolution.vff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FusionKernelsTest {
  @Test
  void vectorsAreInUse() {
    assertThat(Kernels.vectorized()).isTrue();
    assertThat(FusionVectorKernels.fits()).isTrue();
  }

  @Test
  void theTwinsGiveTheSameBits() {
    RandomGenerator random = Rng.of(1, "fusion kernels");
    for (int count : new int[] {1, 2, 15, 16, 17, 100, 255, 256}) {
      Case one = new Case(count, random);
      Block vector = one.block();
      Block plain = one.block();
      FusionVectorKernels.between(one.mean, vector);
      FusionPlainKernels.between(one.mean, plain);
      assertThat(vector.wanted).isEqualTo(plain.wanted);
      FusionVectorKernels.stress(one.table, .9f, one.position, .25f, .125f, vector);
      FusionPlainKernels.stress(one.table, .9f, one.position, .25f, .125f, plain);
      assertThat(vector.wanted).isEqualTo(plain.wanted);
      assertThat(vector.sums).isEqualTo(plain.sums);
      FusionVectorKernels.alignment(one.position, one.mean, vector);
      FusionPlainKernels.alignment(one.position, one.mean, plain);
      assertThat(vector.sums).isEqualTo(plain.sums);
    }
  }

  @Test
  void theReciprocalRootIsExactToRounding() {
    RandomGenerator random = Rng.of(2, "fusion kernels");
    for (int at = 0; at < 20_000; at++) {
      float squared = (float) Math.pow(10, random.nextDouble(-30, 6));
      double exact = 1 / Math.sqrt(squared);
      assertThat(FusionPlainKernels.reciprocalRoot(squared))
          .isCloseTo((float) exact, within((float) (3e-7 * exact)));
    }
  }

  @Test
  void sumsAreWhatTheFormulasSay() {
    Case one = new Case(200, Rng.of(3, "fusion kernels"));
    Block block = one.block();
    FusionKernels.stress(one.table, .9f, one.position, .25f, .5f, block);
    float[] stress = block.sums.clone();
    FusionKernels.alignment(one.position, one.mean, block);
    for (int i = 0; i < 16; i++) {
      double[] sum = new double[6];
      for (int j = 0; j < 200; j++) {
        double[] own = difference(one.position, i, one.position, j);
        double gap = .9 * one.table[j * 16 + i] - own[2];
        double wanted = .25 * own[2] + .5 * .9 * one.table[j * 16 + i];
        assertThat(block.wanted[j * 16 + i]).isCloseTo((float) wanted, within(1e-6f));
        add(sum, 0, gap, own);
        double[] other = difference(one.position, i, one.mean, j);
        add(sum, 3, wanted - other[2], other);
      }
      for (int which = 0; which < 3; which++) {
        assertThat(stress[which * 16 + i]).isCloseTo((float) sum[which], within(1e-3f));
        assertThat(block.sums[which * 16 + i]).isCloseTo((float) sum[3 + which], within(1e-3f));
      }
    }
  }

  private static double[] difference(float[][] a, int i, float[][] b, int j) {
    double x = (double) a[0][i] - b[0][j];
    double y = (double) a[1][i] - b[1][j];
    return new double[] {x, y, Math.hypot(x, y)};
  }

  private static void add(double[] sum, int at, double gap, double[] difference) {
    sum[at] += gap * gap;
    if (difference[2] > 0) {
      sum[at + 1] += gap / difference[2] * difference[0];
      sum[at + 2] += gap / difference[2] * difference[1];
    }
  }

  /// Random dissimilarities of sixteen points to all, with two points at one place.
  private static final class Case {
    final int count;
    final float[] table;
    final float[][] position;
    final float[][] mean;

    Case(int count, RandomGenerator random) {
      this.count = count;
      int padded = Math.ceilDiv(count, 16) * 16;
      table = new float[count * 16];
      position = new float[2][padded];
      mean = new float[2][padded];
      for (int at = 0; at < table.length; at++) {
        table[at] = at / 16 == at % 16 ? 0 : random.nextFloat();
      }
      for (int dim = 0; dim < 2; dim++) {
        for (int i = 0; i < count; i++) {
          position[dim][i] = (float) random.nextGaussian() / 3;
          mean[dim][i] = position[dim][i] + (float) random.nextGaussian() / 30;
        }
        position[dim][count / 2] = position[dim][0];
        mean[dim][count / 3] = position[dim][0];
      }
    }

    Block block() {
      Block block = new Block();
      block.first = 0;
      block.begin = 0;
      block.end = count;
      return block;
    }
  }
}
