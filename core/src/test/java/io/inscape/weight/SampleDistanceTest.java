package io.inscape.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SampleDistanceTest {
  @Test
  void aHandfulIsWorkedOut() {
    // scipy 1.17.1: ks_2samp(...).statistic and wasserstein_distance(...)
    assertThat(of(new float[] {0, 1, 3}, new float[] {5, 6, 8}))
        .isEqualTo(new SampleDistance(1, 5));
    SampleDistance uneven = of(new float[] {0, 1, 1, 4}, new float[] {1, 2});
    assertThat(uneven.kolmogorovSmirnov()).isEqualTo(0.25);
    assertThat(uneven.wasserstein()).isEqualTo(1);
    assertThat(of(new float[] {-0f, 2}, new float[] {2, 0f})).isEqualTo(new SampleDistance(0, 0));
  }

  @Test
  void agreesWithTheDefinitions() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = Rng.of(seed, "samples");
      float[] one = drawn(random, 1 + random.nextInt(60), 1);
      float[] other = drawn(random, 1 + random.nextInt(60), 1.5);
      SampleDistance distance = of(one, other);
      assertThat(distance.kolmogorovSmirnov()).isCloseTo(slowKs(one, other), within(1e-12));
      assertThat(distance.wasserstein()).isCloseTo(slowWasserstein(one, other), within(1e-9));
      assertThat(of(other, one)).isEqualTo(distance);
      assertThat(of(one, one)).isEqualTo(new SampleDistance(0, 0));
    }
  }

  /// Rounded, so that there are ties within and between the samples.
  private static float[] drawn(RandomGenerator random, int count, double spread) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (Math.rint(8 * spread * random.nextGaussian()) / 8);
    }
    return values;
  }

  /// The share of a sample that is at most some value.
  private static double share(float[] sample, double value) {
    int count = 0;
    for (float one : sample) {
      count += one <= value ? 1 : 0;
    }
    return (double) count / sample.length;
  }

  private static double slowKs(float[] one, float[] other) {
    double greatest = 0;
    for (float[] values : new float[][] {one, other}) {
      for (float value : values) {
        greatest = Math.max(greatest, Math.abs(share(one, value) - share(other, value)));
      }
    }
    return greatest;
  }

  /// Both samples repeated to the same size, then sorted and moved one by one.
  private static double slowWasserstein(float[] one, float[] other) {
    float[] a = repeated(one, other.length);
    float[] b = repeated(other, one.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static float[] repeated(float[] sample, int times) {
    float[] values = new float[sample.length * times];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample[i % sample.length];
    }
    Arrays.sort(values);
    return values;
  }

  @Test
  void aShiftMovesEverythingByIt() {
    float[] one = WeightCases.of("lattice", 20_000);
    float[] other = one.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] += 0.25f;
    }
    assertThat(of(one, other).wasserstein()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void sortsLikeTheJdk() {
    float[] weights = WeightCases.of("tails", 10_000);
    int[] keys = RadixSort.keys(weights);
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < keys.length; i++) {
      assertThat(RadixSort.weight(keys[i])).isEqualTo(sorted[i]);
    }
  }

  @Test
  void refusesWhatIsNoSample() {
    assertThatThrownBy(() -> of(new float[0], new float[1]))
        .hasMessage("a distribution to compare needs at least 1 weight, got 0");
    assertThatThrownBy(() -> of(new float[1], new float[] {0, Float.NaN}))
        .hasMessageContaining("got NaN as weight 1");
  }

  private static SampleDistance of(float[] one, float[] other) {
    try (Workers workers = Workers.of(2)) {
      return SampleDistance.of(one, other, workers);
    }
  }
}
