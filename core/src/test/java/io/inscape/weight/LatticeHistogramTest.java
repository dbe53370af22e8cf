package io.inscape.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LatticeHistogramTest {
  @Test
  void widerBinsAreSumsOfNeighbours() {
    LatticeHistogram histogram = LatticeHistogram.of(-3, -3, new int[] {1, 2, 3, 4, 5, 6});
    assertThat(histogram.edges()).containsExactly(-0.375, -0.25, -0.125, 0, 0.125, 0.25, 0.375);
    assertThat(histogram.coarsened(-3)).isEqualTo(histogram);
    LatticeHistogram two = histogram.coarsened(-2);
    assertThat(two.first()).isEqualTo(-2);
    assertThat(two.counts()).containsExactly(1, 5, 9, 6);
    assertThat(histogram.coarsened(-1).coarsened(0)).isEqualTo(histogram.coarsened(0));
    assertThat(histogram.coarsened(0).counts()).containsExactly(6, 15);
    assertThat(histogram.coarsened(100).counts()).containsExactly(6, 15);
    assertThat(histogram.coarsened(100).first()).isEqualTo(-1);
    assertThat(histogram.within(-2, -3, 6)).containsExactly(0, 1, 5, 9, 6, 0);
    assertThat(histogram.counted()).isEqualTo(21);
  }

  @Test
  void theWidthFollowsTheRange() {
    assertThat(LatticeHistogram.exponent(0, 1, 1024)).isEqualTo(-9); // 1 is in a bin of its own
    assertThat(LatticeHistogram.exponent(0, Math.nextDown(1f), 1024)).isEqualTo(-10);
    assertThat(LatticeHistogram.exponent(-1, 1, 1024)).isEqualTo(-8);
    assertThat(LatticeHistogram.exponent(0.25f, 0.25f, 1024)).isEqualTo(-25);
    assertThat(LatticeHistogram.exponent(0, 0, 1024)).isEqualTo(-10);
    assertThat(LatticeHistogram.exponent(-1, 1, 2)).isEqualTo(1);
    assertThat(LatticeHistogram.exponent(-Float.MAX_VALUE, Float.MAX_VALUE, 1024)).isEqualTo(119);
  }

  @Test
  void refusesWhatIsNoHistogram() {
    LatticeHistogram histogram = LatticeHistogram.of(0, 0, new int[] {1});
    assertThatThrownBy(() -> histogram.coarsened(-1))
        .hasMessage("bins of 2^0 cannot be cut into bins of 2^-1; ask for at least 2^0");
    assertThatThrownBy(() -> histogram.within(0, 1, 3))
        .hasMessage("the bins [1, 4) do not hold the weights of bin 0");
    assertThatThrownBy(() -> LatticeHistogram.of(0, 0, new int[0]))
        .hasMessage("a histogram has 1 to 1024 bins, got 0");
    assertThatThrownBy(() -> LatticeHistogram.of(-150, 0, new int[1]))
        .hasMessage("bins are 2^-149 to 2^127 wide, got 2^-150");
    assertThatThrownBy(() -> LatticeHistogram.of(0, 0, new int[] {1, -2}))
        .hasMessage("a bin holds at least 0 weights, got -2 in bin 1");
    assertThatThrownBy(() -> LatticeHistogram.exponent(0, Float.NaN, 5))
        .hasMessageContaining("got 0.0 to NaN");
    assertThatThrownBy(() -> LatticeHistogram.exponent(0, 1, 1))
        .hasMessage("a range takes at least 2 bins, got 1");
    assertThatThrownBy(() -> LatticeDistance.of(LatticeHistogram.of(0, 0, new int[2]), histogram))
        .hasMessage("a distribution to compare needs at least 1 weight, got 0");
  }

  @Test
  void distancesLieWithinTheirBounds() {
    try (Workers workers = Workers.of(2)) {
      for (int seed = 0; seed < 30; seed++) {
        RandomGenerator random = Rng.of(seed, "distances");
        float[] one = drawn(random, 1 + random.nextInt(3000), 0.1, 0);
        float[] other = drawn(random, 1 + random.nextInt(3000), 0.1 + 0.1 * (seed % 4), seed % 3);
        SampleDistance exact = SampleDistance.of(one, other, workers);
        LatticeHistogram a = histogram(one, workers);
        LatticeHistogram b = histogram(other, workers);
        for (int wider = 0; wider < 8; wider++) {
          LatticeDistance bounds = LatticeDistance.of(a.coarsened(a.exponent() + wider), b);
          assertThat(exact.kolmogorovSmirnov())
              .isBetween(
                  bounds.kolmogorovSmirnov() - 1e-12, bounds.kolmogorovSmirnovMost() + 1e-12);
          assertThat(exact.wasserstein())
              .isBetween(bounds.wassersteinLeast() - 1e-12, bounds.wassersteinMost() + 1e-12);
          assertThat(bounds.wasserstein())
              .isBetween(bounds.wassersteinLeast(), bounds.wassersteinMost());
        }
        assertThat(LatticeDistance.of(b, a)).isEqualTo(LatticeDistance.of(a, b));
        assertThat(LatticeDistance.of(a, a).wasserstein()).isZero();
      }
    }
  }

  private static float[] drawn(RandomGenerator random, int count, double spread, double shift) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (shift + spread * random.nextGaussian());
    }
    return values;
  }

  private static LatticeHistogram histogram(float[] weights, Workers workers) {
    return Objects.requireNonNull(
        LatticeDistributions.of(List.of(weights), 0, workers).getFirst().histogram());
  }

  @Test
  void aGapBetweenTwoDistributionsIsCrossed() {
    LatticeHistogram near = LatticeHistogram.of(0, 0, new int[] {2});
    LatticeHistogram far = LatticeHistogram.of(0, 1_000_000, new int[] {3});
    LatticeDistance distance = LatticeDistance.of(near, far);
    assertThat(distance.kolmogorovSmirnov()).isEqualTo(1);
    assertThat(distance.wasserstein()).isCloseTo(1_000_000, within(1e-6));
  }
}
