package io.inscape.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TsneKernelsTest {
  private static final int LANES = TsneKernels.LANES;

  private final RandomGenerator random = Rng.of(3, "kernels");

  private float[] noise(int length) {
    float[] values = new float[length];
    for (int at = 0; at < length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void transformsAgreeWithTheDefinition() {
    for (int length : new int[] {8, 24, 40, 48, 120, 360}) {
      float[][] values = {noise(length * LANES), noise(length * LANES)};
      float[][] copy = {values[0].clone(), values[1].clone()};
      float[][] out = Transform.of(length).run(values, new float[2][length * LANES]);
      for (int k = 0; k < length; k++) {
        int lane = k % LANES;
        double re = 0;
        double im = 0;
        for (int m = 0; m < length; m++) {
          double angle = -2 * Math.PI * k * m / length;
          float r = copy[0][m * LANES + lane];
          float i = copy[1][m * LANES + lane];
          re += r * Math.cos(angle) - i * Math.sin(angle);
          im += r * Math.sin(angle) + i * Math.cos(angle);
        }
        assertThat((double) out[0][k * LANES + lane]).isCloseTo(re, within(1e-4));
        assertThat((double) out[1][k * LANES + lane]).isCloseTo(im, within(1e-4));
      }
    }
  }

  @Test
  void goodLengthsAreTheNextWithoutLargeFactors() {
    assertThat(Transform.goodLength(1)).isEqualTo(8);
    assertThat(Transform.goodLength(40)).isEqualTo(40);
    assertThat(Transform.goodLength(49)).isEqualTo(64);
    assertThat(Transform.goodLength(641)).isEqualTo(648);
  }

  @Test
  void twinsOfThePassesGiveTheSameBits() {
    for (int radix = 2; radix <= 5; radix++) {
      int groups = 3;
      int stride = 2;
      int length = radix * groups * stride * LANES;
      float[][] values = {noise(length), noise(length)};
      float[] twiddle = noise(groups * (radix - 1) * 2);
      float[][] plain = new float[2][length];
      float[][] vector = new float[2][length];
      TsnePlainKernels.pass(radix, values, plain, groups, stride, twiddle);
      TsneVectorKernels.pass(radix, values, vector, groups, stride, twiddle);
      assertThat(vector).isDeepEqualTo(plain);
    }
  }

  @Test
  void twinsOfTheForcesGiveTheSameBits() {
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      float[][] position = new float[dimensions][];
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim] = noise(320);
      }
      int[] rowStart = {0, 16, 64, 64, 96};
      int[] index = random.ints(96, 0, 320).toArray();
      float[] value = noise(96);
      float[][] plain = new float[dimensions][16];
      float[][] vector = new float[dimensions][16];
      TsnePlainKernels.attraction(position, rowStart, index, value, .7f, 0, 4, plain);
      TsneVectorKernels.attraction(position, rowStart, index, value, .7f, 0, 4, vector);
      assertThat(vector).isDeepEqualTo(plain);
      double[] plainSums = new double[64];
      double[] vectorSums = new double[64];
      float[] mass = noise(300);
      TsnePlainKernels.push(position, mass, 300, position, 32, plainSums);
      TsneVectorKernels.push(position, mass, 300, position, 32, vectorSums);
      assertThat(vectorSums).isEqualTo(plainSums);
    }
  }
}
