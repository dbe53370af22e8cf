package io.inscape.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UmapKernelsTest {
  private static final float A = 1.57694f;
  private static final float B = .89506f;
  private static final Sweep SWEEP = new Sweep(50, .7f, A, B, 1.3f, 3, 99);

  private final RandomGenerator random = Rng.of(3, "umap kernels");

  @ParameterizedTest
  @ValueSource(doubles = {.5, .79049, .89506, 1, 1.33417, 3})
  void powersAreCloseOverTheWholeRange(double b) {
    for (double squared = 1e-30; squared < 1e30; squared *= 1.37) {
      double expected = Math.pow((float) squared, (float) b);
      if (expected > 1e-30 && expected < 1e30) {
        assertThat((double) UmapPlainKernels.power((float) squared, (float) b))
            .isCloseTo(expected, within(1e-4 * expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {.01, .3, 1, 7, 50})
  void forcesAreTheGradientOfTheCrossEntropy(double distance) {
    // One coordinate: d(-ln q)/dx = -pull x, d(-ln(1 - q))/dx = -push x but for the softening.
    double step = 1e-4 * distance;
    double attraction =
        (Math.log1p(A * Math.pow(distance + step, 2 * B))
                - Math.log1p(A * Math.pow(distance - step, 2 * B)))
            / (2 * step);
    double repulsion =
        (Math.log1p(1 / (A * Math.pow(distance + step, 2 * B)))
                - Math.log1p(1 / (A * Math.pow(distance - step, 2 * B))))
            / (2 * step);
    Sweep sweep = new Sweep(2, 1, A, B, 1, 0, 0);
    float squared = (float) (distance * distance);
    assertThat(-UmapPlainKernels.pull(squared, sweep) * distance)
        .isCloseTo(attraction, within(1e-4 * attraction));
    double softened = squared / (squared + UmapKernels.SOFTENING);
    assertThat(-UmapPlainKernels.push(squared, sweep) * distance)
        .isCloseTo(repulsion * softened, within(1e-4 * Math.abs(repulsion)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void twinsMoveAlike(int dimensions) {
    float[][] from = new float[dimensions][64];
    for (float[] axis : from) {
      for (int i = 0; i < 64; i++) {
        axis[i] = (float) random.nextGaussian();
      }
      axis[7] = axis[3]; // two at the same place
      axis[9] = 1e17f; // and one far beyond all reason
    }
    int[] steps = random.ints(UmapKernels.LANES, 0, 20).toArray();
    int[] partners = random.ints(20 * UmapKernels.LANES, 0, 50).toArray();
    partners[3] = 7;
    float[][] fast = new float[dimensions][64];
    float[][] plain = new float[dimensions][64];
    for (int base = 0; base < 64; base += UmapKernels.LANES) {
      UmapVectorKernels.move(from, fast, base, partners, steps, SWEEP);
      UmapPlainKernels.move(from, plain, base, partners, steps, SWEEP);
    }
    assertThat(fast).isDeepEqualTo(plain);
    for (float[] axis : plain) {
      for (float value : axis) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void aPairPullsByTheFormula() {
    float[][] from = new float[2][16];
    from[0][0] = 2;
    float[][] to = new float[2][16];
    int[] steps = new int[16];
    steps[0] = 1;
    int[] partners = new int[16];
    Arrays.fill(partners, 1);
    Sweep sweep = new Sweep(16, .5f, 1, 1, 1, 0, 0);
    UmapKernels.move(from, to, 0, partners, steps, sweep);
    // coefficient -2ab d^2(b-1) / (1 + a d^2b) = -2/5, half of it times 2
    assertThat((double) to[0][0]).isCloseTo(2 - .5 * .8, within(1e-4));
    assertThat(to[1][0]).isZero();
  }

  @Test
  void twinsAverageAlike() {
    int[] rowStart = {0, 3, 3, 5};
    int[] index = {0, 1, 2, 1, 2};
    float[] weight = {1, .5f, .25f, .125f, 1};
    float[] scale = {.5f, 0, 2};
    float[] in = new float[24];
    for (int at = 0; at < 24; at++) {
      in[at] = (float) random.nextGaussian();
    }
    float[] fast = new float[24];
    float[] plain = new float[24];
    UmapVectorKernels.average(rowStart, index, weight, scale, in, fast, 0, 3);
    UmapPlainKernels.average(rowStart, index, weight, scale, in, plain, 0, 3);
    assertThat(fast).isEqualTo(plain);
    assertThat((double) plain[2])
        .isCloseTo(.5 * (in[2] + .5 * in[10] + .25 * in[18]), within(1e-6));
  }

  @Test
  void anEdgeIsDueAsOftenAsItsShare() {
    int[] rowStart = new int[17];
    Arrays.fill(rowStart, 1, 17, 3);
    int[] rate = {ClockedEdges.rate(1), ClockedEdges.rate(.3), ClockedEdges.rate(.01)};
    ClockedEdges edges = new ClockedEdges(rowStart, new int[] {5, 6, 7}, rate);
    int[] seen = new int[8];
    int[] partners = edges.scratch(0, 1);
    for (int time = 1; time <= 1000; time++) {
      int steps = edges.due(0, 2, time, partners);
      for (int step = 0; step < steps; step++) {
        seen[partners[step * UmapKernels.LANES + 2]]++;
      }
    }
    assertThat(seen[5]).isBetween(999, 1000);
    assertThat(seen[6]).isBetween(299, 301);
    assertThat(seen[7]).isBetween(9, 11);
  }
}
