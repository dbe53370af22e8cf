package io.inscape.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeighborKernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 33, 100, 257})
  void twinsFilterAlike(int depth) {
    RandomGenerator random = Rng.of(depth, "kernels");
    for (float limit : new float[] {-1e9f, 0.5f * -depth, 1e9f}) {
      float[] a = floats(random, 13 * depth);
      float[] half = floats(random, 13);
      float[] limits = new float[13];
      Arrays.fill(limits, limit);
      NeighborKernels.Panel panel = new NeighborKernels.Panel(depth);
      System.arraycopy(floats(random, panel.values.length), 0, panel.values, 0, 64 * depth);
      for (int slot = 0; slot < 50; slot++) {
        panel.half[slot] = random.nextFloat();
        panel.limit[slot] = limit / 2;
      }
      long[] fast = new long[12];
      long[] plain = new long[12];
      float[] fastOut = new float[6 * NeighborKernels.PANEL];
      float[] plainOut = fastOut.clone();
      boolean any = NeighborVectorKernels.filter(a, 3, depth, half, limits, panel, fast, fastOut);
      assertThat(NeighborPlainKernels.filter(a, 3, depth, half, limits, panel, plain, plainOut))
          .isEqualTo(any);
      assertThat(fast).isEqualTo(plain);
      for (int at = 0; at < fastOut.length; at++) {
        if ((fast[at / 64] & 1L << at % 64) != 0) {
          assertThat(fastOut[at]).isEqualTo(plainOut[at]);
        }
      }
      assertThat(plain[0] >>> 50).isZero(); // padding is never near
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 48, 100})
  void twinsCentreAlike(int length) {
    RandomGenerator random = Rng.of(length, "kernels");
    float[] values = floats(random, length + 2);
    float[] centre = floats(random, length + 1);
    float[] fast = new float[length + 3];
    float[] plain = new float[length + 3];
    float[] sums = new float[NeighborKernels.SUMS];
    double squared =
        NeighborVectorKernels.centre(values, 2, 0.25f, centre, 1, length, fast, 3, sums);
    assertThat(NeighborPlainKernels.centre(values, 2, 0.25f, centre, 1, length, plain, 3, sums))
        .isEqualTo(squared);
    assertThat(fast).isEqualTo(plain);
  }

  private static float[] floats(RandomGenerator random, int length) {
    float[] values = new float[length];
    for (int at = 0; at < length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }
}
