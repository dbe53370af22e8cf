package io.inscape.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DistributionsTest {
  private static final DistributionParams PARAMS = DistributionParams.defaults();

  @Test
  void countsAsNumPyDoes() throws IOException {
    int seen = 0;
    try (Workers workers = Workers.of(2)) {
      for (String line : golden()) {
        String[] cells = line.split(" ", -1);
        float[] weights = WeightCases.of(cells[0], Integer.parseInt(cells[1]));
        Histogram histogram;
        if (cells[2].equals("edges")) {
          Bins bins = Bins.of(-1.0, -0.5, -0.01, 0.0, 0.0, 0.015625, 0.25, 0.97, 1.0);
          histogram = histogram(Distributions.of(weights, bins, PARAMS, workers));
        } else {
          histogram = numpyHistogram(weights, cells, workers);
        }
        int[] expected =
            Arrays.stream(cells[10].split(",", -1)).mapToInt(Integer::parseInt).toArray();
        assertThat(histogram.counts()).as(line).isEqualTo(expected);
        assertThat(histogram.counted() + histogram.below() + histogram.above())
            .isEqualTo(weights.length);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(252);
  }

  private static Histogram numpyHistogram(float[] weights, String[] cells, Workers workers) {
    int count = Integer.parseInt(cells[2]);
    DistributionParams params = PARAMS.withBins(count);
    Distribution distribution =
        cells[3].equals("-")
            ? Distributions.of(weights, params, workers)
            : Distributions.of(
                weights, Bins.uniform(bits(cells[3]), bits(cells[4]), count), params, workers);
    Summary summary = Objects.requireNonNull(distribution.summary());
    assertThat(summary.mean()).isCloseTo(Double.parseDouble(cells[5]), near(cells[5]));
    assertThat(summary.variance()).isCloseTo(Double.parseDouble(cells[6]), near(cells[6]));
    assertThat(summary.lowerQuartile()).isCloseTo(Double.parseDouble(cells[7]), near(cells[7]));
    assertThat(summary.median()).isCloseTo(Double.parseDouble(cells[8]), near(cells[8]));
    assertThat(summary.upperQuartile()).isCloseTo(Double.parseDouble(cells[9]), near(cells[9]));
    return histogram(distribution);
  }

  private static org.assertj.core.data.Offset<Double> near(String value) {
    return within(1e-12 * Math.max(1e-6, Math.abs(Double.parseDouble(value))));
  }

  private static float bits(String cell) {
    return Float.intBitsToFloat(Integer.parseInt(cell));
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
            Objects.requireNonNull(DistributionsTest.class.getResourceAsStream("golden.txt"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static Histogram histogram(Distribution distribution) {
    return Objects.requireNonNull(distribution.histogram());
  }

  @Test
  void aHandfulIsWorkedOut() {
    float[] weights = {0, 1, 0.0005f, -1, 2, Float.NaN, Float.POSITIVE_INFINITY, -0.001f, 3};
    try (Workers workers = Workers.of(1)) {
      Distribution distribution = Distributions.of(weights, PARAMS.withBins(4), workers);
      assertThat(distribution.count()).isEqualTo(9);
      assertThat(distribution.nan()).isEqualTo(1);
      assertThat(distribution.infinite()).isEqualTo(1);
      assertThat(distribution.sound()).isFalse();
      // the float nearest to 0.001 is above it
      assertThat(distribution.nearZero()).isEqualTo(-(double) -0.001f > 0.001 ? 2 : 3);
      Summary summary = Objects.requireNonNull(distribution.summary());
      assertThat(summary.min()).isEqualTo(-1);
      assertThat(summary.max()).isEqualTo(3);
      assertThat(summary.median()).isEqualTo(0.0005f);
      assertThat(summary.mean()).isCloseTo(4.9995 / 7, within(1e-9));
      assertThat(histogram(distribution).counts()).containsExactly(2, 2, 1, 2);
      assertThat(histogram(distribution).bins().edges()).containsExactly(-1, 0, 1, 2, 3);
    }
  }

  @Test
  void aNarrowDistributionShowsABell() {
    float[] weights = new float[50_000];
    RandomGenerator random = Rng.of(7, "narrow");
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.97 + 0.001 * random.nextGaussian());
    }
    try (Workers workers = Workers.of(1)) {
      Distribution distribution = Distributions.of(weights, PARAMS, workers);
      Summary summary = Objects.requireNonNull(distribution.summary());
      assertThat(summary.sd()).isCloseTo(0.001, within(1e-5));
      Histogram histogram = histogram(distribution);
      assertThat(histogram.bins().first()).isBetween(0.96, 0.97);
      int[] counts = histogram.counts();
      int peak = Arrays.stream(counts).max().orElseThrow();
      assertThat(peak).isBetween(weights.length / 30, weights.length / 10);
      assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isGreaterThan(50);
      assertThat(counts[0]).isLessThan(peak / 50);
      assertThat(counts[63]).isLessThan(peak / 50);
    }
  }

  @Test
  void givesTheSameBitsOnAnyNumberOfThreadsAndAgreesWithTheDefinition() {
    for (int seed = 0; seed < 6; seed++) {
      float[] weights = drawn(seed);
      Distribution one = onThreads(1, weights);
      for (int threads : new int[] {2, 4}) {
        Distribution other = onThreads(threads, weights);
        assertThat(other.summary()).isEqualTo(one.summary());
        assertThat(other.nan()).isEqualTo(one.nan());
        assertThat(other.infinite()).isEqualTo(one.infinite());
        assertThat(other.nearZero()).isEqualTo(one.nearZero());
        assertThat(histogram(other).counts()).isEqualTo(histogram(one).counts());
      }
      agrees(one, weights);
    }
  }

  private static Distribution onThreads(int threads, float[] weights) {
    try (Workers workers = Workers.of(threads)) {
      return Distributions.of(weights, PARAMS, workers);
    }
  }

  /// Several chunks, of which odd seeds have weights that are not finite.
  private static float[] drawn(int seed) {
    RandomGenerator random = Rng.of(seed, "weights");
    float[] weights = new float[Scan.FEW + seed * 61_111 + 1];
    for (int i = 0; i < weights.length; i++) {
      double value = random.nextGaussian();
      weights[i] = (float) (seed % 3 == 0 ? 0.97 + 0.001 * value : 0.05 * value * value * value);
      if (seed % 2 == 1 && random.nextInt(1000) == 0) {
        weights[i] = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
      }
    }
    return weights;
  }

  private static void agrees(Distribution distribution, float[] weights) {
    Summary summary = Objects.requireNonNull(distribution.summary());
    float[] sorted = weights.clone();
    Arrays.sort(sorted); // infinities first and last, NaN behind them
    int lowest = 0;
    while (Float.isInfinite(sorted[lowest])) {
      lowest++;
    }
    int count = distribution.finite();
    assertThat(lowest).isEqualTo(distribution.infinite());
    double sum = 0;
    int near = 0;
    for (int i = lowest; i < lowest + count; i++) {
      sum += sorted[i];
      near += Math.abs((double) sorted[i]) <= 0.001 ? 1 : 0;
    }
    double squares = 0;
    for (int i = lowest; i < lowest + count; i++) {
      squares += (sorted[i] - sum / count) * (sorted[i] - sum / count);
    }
    assertThat(near).isEqualTo(distribution.nearZero());
    assertThat(summary.mean()).isCloseTo(sum / count, within(1e-12));
    assertThat(summary.variance()).isCloseTo(squares / count, within(1e-11 * squares / count));
    double rank = 0.25 * (count - 1);
    int low = lowest + (int) rank;
    double share = rank - (int) rank;
    assertThat(summary.lowerQuartile())
        .isCloseTo(sorted[low] + share * ((double) sorted[low + 1] - sorted[low]), within(1e-15));
    assertThat(histogram(distribution).counted()).isEqualTo(count);
  }

  @Test
  void severalTensorsShareTheirBins() {
    float[] one = {-1, 0, 1};
    float[] other = {5, 6, Float.NaN};
    try (Workers workers = Workers.of(2)) {
      List<Distribution> both =
          Distributions.common(List.of(one, other), PARAMS.withBins(7), workers);
      assertThat(histogram(both.get(0)).bins()).isEqualTo(histogram(both.get(1)).bins());
      assertThat(histogram(both.get(0)).counts()).containsExactly(1, 1, 1, 0, 0, 0, 0);
      assertThat(histogram(both.get(1)).counts()).containsExactly(0, 0, 0, 0, 0, 0, 2);
      assertThat(Distributions.commonBins(both, PARAMS.withBins(7)))
          .isEqualTo(histogram(both.get(0)).bins());
    }
  }

  @Test
  void aTensorWithoutAnyFiniteWeightHasNoSummary() {
    try (Workers workers = Workers.of(1)) {
      Distribution lost = Distributions.of(new float[] {Float.NaN, Float.NaN}, PARAMS, workers);
      assertThat(lost.nan()).isEqualTo(2);
      assertThat(lost.summary()).isNull();
      assertThat(lost.nearZeroShare()).isZero();
      assertThat(Distributions.of(new float[0], PARAMS, workers).summary()).isNull();
    }
  }

  @Test
  void binsCannotFailOnWhatATensorMayHold() {
    try (Workers workers = Workers.of(1)) {
      for (float[] weights :
          new float[][] {
            {3, Math.nextUp(3f)},
            {-Float.MAX_VALUE, Float.MAX_VALUE, 0},
            {Float.MIN_VALUE, 0},
            {1e30f},
            {-1e9f, -1e9f}
          }) {
        Distribution distribution = Distributions.of(weights, PARAMS, workers);
        assertThat(histogram(distribution).counted()).isEqualTo(weights.length);
        assertThat(histogram(distribution).counts()).hasSize(64);
      }
    }
  }

  @Test
  void refusesWhatMakesNoBins() {
    assertThatThrownBy(() -> Bins.uniform(1, 0, 3))
        .hasMessage(
            "bins must go from a number to a greater one within 32-bit floats, got 1.0 to 0.0");
    assertThatThrownBy(() -> Bins.uniform(Float.NaN, 0, 3)).hasMessageContaining("got NaN to 0.0");
    assertThatThrownBy(() -> Bins.uniform(0, 1, 0))
        .hasMessage("a histogram needs at least 1 bin, got 0");
    assertThatThrownBy(() -> Bins.uniform(1, Math.nextUp(1f), 4))
        .hasMessageContaining("take fewer");
    assertThatThrownBy(() -> Bins.of(0, 2, 1)).hasMessageContaining("got 1.0 as number 2");
    assertThatThrownBy(() -> Bins.of(0)).hasMessageContaining("at least 2 edges, got 1");
    assertThatThrownBy(() -> PARAMS.withBins(0)).hasMessageContaining("bins");
    assertThatThrownBy(() -> PARAMS.withNearZero(Double.NaN)).hasMessageContaining("nearZero");
  }
}
