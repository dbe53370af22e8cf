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
    float[] pull = {squared};
    UmapKernels.coefficients(pull, 1, sweep.pullPower(), 0, 0, sweep);
    assertThat(-pull[0] * distance).isCloseTo(attraction, within(1e-4 * attraction));
    float[] push = {squared};
    UmapKernels.coefficients(push, 1, 0, sweep.pushConstant(), UmapKernels.SOFTENING, sweep);
    double softened = squared / (squared + UmapKernels.SOFTENING);
    assertThat(-push[0] * distance)
        .isCloseTo(repulsion * softened, within(1e-4 * Math.abs(repulsion)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 33, 64, 255})
  void twinsGiveTheSameForces(int length) {
    float[] squared = new float[length];
    for (int at = 0; at < length; at++) {
      squared[at] = (float) Math.exp(20 * random.nextGaussian());
    }
    if (length > 2) {
      squared[0] = 0;
      squared[1] = Float.POSITIVE_INFINITY;
    }
    float[] fast = squared.clone();
    float[] plain = squared.clone();
    UmapKernels.coefficients(fast, length, .3f, .7f, .001f, SWEEP);
    UmapPlainKernels.coefficients(plain, 0, length, .3f, .7f, .001f, SWEEP);
    assertThat(fast).isEqualTo(plain);
    for (float value : plain) {
      assertThat(value).isFinite();
    }
    float[] difference = new float[length + 3];
    for (int at = 0; at < length; at++) {
      squared[at] = (float) random.nextGaussian();
    }
    for (int at = 0; at < length + 3; at++) {
      difference[at] = (float) (9 * random.nextGaussian());
    }
    float[] moved = squared.clone();
    float[] movedPlainly = squared.clone();
    float[] coefficient = Arrays.copyOf(plain, length + 3);
    UmapKernels.step(moved, difference, coefficient, 3, length, .6f);
    UmapPlainKernels.step(movedPlainly, difference, coefficient, 3, 0, length, .6f);
    assertThat(moved).isEqualTo(movedPlainly);
  }

  @Test
  void aPairPullsByTheFormula() {
    float[][] from = {{2, 0, 0}, {0, 0, 0}};
    float[][] to = new float[2][3];
    ClockedEdges edges =
        new ClockedEdges(new int[] {0, 1, 1}, new int[] {1}, new int[] {ClockedEdges.rate(1)});
    SweepBlock block = new SweepBlock(edges, new Sweep(2, .5f, 1, 1, 1, 0, 0), from);
    block.move(0, 2, 0, 2, to);
    // coefficient -2ab d^2(b-1) / (1 + a d^2b) = -2/5, half of it times 2
    assertThat((double) to[0][0]).isCloseTo(2 - .5 * .8, within(1e-4));
    assertThat(to[0][1]).isZero();
    assertThat(to[1]).containsOnly(0);
  }

  @Test
  void aRandomPartnerPushesByTheFormulaAndNobodyPushesHimself() {
    float[][] from = {{2, 0}, {0, 0}};
    float[][] to = new float[2][2];
    ClockedEdges edges =
        new ClockedEdges(new int[] {0, 1, 1}, new int[] {0}, new int[] {ClockedEdges.rate(1)});
    // The edge leads to the point itself and does nothing; of 64 draws about half are the other.
    SweepBlock block = new SweepBlock(edges, new Sweep(2, .5f, 1, 1, 1, 64, 5), from);
    block.move(0, 2, 0, 2, to);
    double one = .5 * 2 * 2 / (4.001 * 5); // alpha 2b / ((0.001 + d^2) (1 + a d^2b)) times 2
    double pushes = (to[0][0] - 2) / one;
    assertThat(pushes).isCloseTo(Math.rint(pushes), within(1e-2)).isBetween(15.0, 49.0);
    assertThat(to[1]).containsOnly(0);
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
    int[] rate = {ClockedEdges.rate(1), ClockedEdges.rate(.3), ClockedEdges.rate(.01)};
    ClockedEdges edges = new ClockedEdges(new int[] {0, 3}, new int[] {5, 6, 7}, rate);
    int[] seen = new int[8];
    int[] partners = new int[6];
    for (int time = 1; time <= 1000; time++) {
      int steps = edges.due(0, time, partners, 2);
      for (int step = 0; step < steps; step++) {
        seen[partners[2 + step]]++;
      }
    }
    assertThat(seen[5]).isBetween(999, 1000);
    assertThat(seen[6]).isBetween(299, 301);
    assertThat(seen[7]).isBetween(9, 11);
  }
}
