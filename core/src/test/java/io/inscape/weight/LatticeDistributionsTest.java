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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class LatticeDistributionsTest {
  private static final double NEAR = 0.001;

  @Test
  void countsAsNumPyDoes() throws IOException {
    int seen = 0;
    try (Workers workers = Workers.of(2)) {
      for (String line : golden()) {
        String[] cells = line.split(" ", -1);
        float[] weights = WeightCases.of(cells[0], Integer.parseInt(cells[1]));
        LatticeDistribution distribution = one(weights, workers);
        LatticeHistogram histogram = histogram(distribution);
        assertThat(histogram.exponent()).as(line).isEqualTo(Integer.parseInt(cells[2]));
        assertThat(histogram.first()).as(line).isEqualTo(Integer.parseInt(cells[3]));
        assertThat(histogram.bins()).as(line).isEqualTo(Integer.parseInt(cells[4]));
        assertThat(crc(histogram.counts())).as(line).isEqualTo(Long.parseLong(cells[5]));
        Summary summary = Objects.requireNonNull(distribution.summary());
        double variance = Double.parseDouble(cells[7]);
        assertThat(summary.mean()).isCloseTo(Double.parseDouble(cells[6]), within(1e-12));
        assertThat(summary.variance()).isCloseTo(variance, within(1e-11 * variance));
        assertThat(summary.lowerQuartile()).isEqualTo(Double.parseDouble(cells[8]));
        assertThat(summary.median()).isEqualTo(Double.parseDouble(cells[9]));
        assertThat(summary.upperQuartile()).isEqualTo(Double.parseDouble(cells[10]));
        assertThat(histogram.coarsened(histogram.exponent() + 3).counts())
            .as(line)
            .isEqualTo(Arrays.stream(cells[11].split(",")).mapToInt(Integer::parseInt).toArray());
        seen++;
      }
    }
    assertThat(seen).isEqualTo(35);
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                LatticeDistributionsTest.class.getResourceAsStream("golden_lattice.txt"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static long crc(int[] counts) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * counts.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(counts);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  private static LatticeDistribution one(float[] weights, Workers workers) {
    return LatticeDistributions.of(List.of(weights), NEAR, workers).getFirst();
  }

  private static LatticeHistogram histogram(LatticeDistribution distribution) {
    return Objects.requireNonNull(distribution.histogram());
  }

  @Test
  void aNarrowDistributionShowsABell() {
    RandomGenerator random = Rng.of(7, "narrow");
    float[] weights = new float[50_000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.97 + 0.001 * random.nextGaussian());
    }
    try (Workers workers = Workers.of(1)) {
      LatticeHistogram all = histogram(one(weights, workers));
      LatticeHistogram few = all.coarsened(all.exponent() + 4);
      assertThat(few.bins()).isBetween(33, 65);
      assertThat(few.edges()[0]).isBetween(0.96, 0.97);
      int[] counts = few.counts();
      int peak = Arrays.stream(counts).max().orElseThrow();
      assertThat(peak).isBetween(weights.length / 30, weights.length / 8);
      assertThat(counts[0]).isLessThan(peak / 50);
      assertThat(counts[counts.length - 1]).isLessThan(peak / 50);
    }
  }

  @Test
  void agreesWithTheOtherDistributionsOnAnyNumberOfThreads() {
    List<float[]> tensors = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      tensors.add(drawn(seed));
    }
    List<LatticeDistribution> expected;
    try (Workers workers = Workers.of(1)) {
      expected = LatticeDistributions.of(tensors, NEAR, workers);
    }
    try (Workers workers = Workers.of(3)) {
      assertThat(LatticeDistributions.of(tensors, NEAR, workers)).isEqualTo(expected);
      for (int i = 0; i < tensors.size(); i++) {
        Distribution slow =
            Distributions.of(tensors.get(i), new DistributionParams(64, NEAR), workers);
        LatticeDistribution fast = expected.get(i);
        assertThat(fast.count()).isEqualTo(slow.count());
        assertThat(fast.nan()).isEqualTo(slow.nan());
        assertThat(fast.infinite()).isEqualTo(slow.infinite());
        assertThat(fast.nearZero()).isEqualTo(slow.nearZero());
        same(Objects.requireNonNull(fast.summary()), Objects.requireNonNull(slow.summary()));
        assertThat(histogram(fast).counted()).isEqualTo(slow.finite());
      }
    }
  }

  private static void same(Summary fast, Summary slow) {
    assertThat(fast.mean()).isCloseTo(slow.mean(), within(1e-13 * (1 + Math.abs(slow.mean()))));
    assertThat(fast.variance()).isCloseTo(slow.variance(), within(1e-11 * slow.variance()));
    assertThat(fast.min()).isEqualTo(slow.min());
    assertThat(fast.max()).isEqualTo(slow.max());
    assertThat(fast.lowerQuartile()).isEqualTo(slow.lowerQuartile());
    assertThat(fast.median()).isEqualTo(slow.median());
    assertThat(fast.upperQuartile()).isEqualTo(slow.upperQuartile());
  }

  /// Several parts; with what is not finite, with many equal weights, of huge and of tiny size.
  private static float[] drawn(int seed) {
    RandomGenerator random = Rng.of(seed, "weights");
    float[] weights = new float[100 + seed * 61_111];
    for (int i = 0; i < weights.length; i++) {
      double value = random.nextGaussian();
      weights[i] =
          (float)
              switch (seed) {
                case 2 -> 0.97 + 0.001 * value;
                case 3 -> random.nextInt(4) == 0 ? value : 0;
                case 4 -> 1e30 * value;
                case 5 -> 1e-42 * value;
                default -> 0.05 * value * value * value;
              };
      if (seed % 2 == 1 && random.nextInt(1000) == 0) {
        weights[i] = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
      }
    }
    return weights;
  }

  @Test
  void whatIsNotFiniteIsCountedByItself() {
    try (Workers workers = Workers.of(1)) {
      float[] some = {Float.NaN, 1, Float.POSITIVE_INFINITY, -1, 0, Float.NaN};
      LatticeDistribution distribution = one(some, workers);
      assertThat(distribution.nan()).isEqualTo(2);
      assertThat(distribution.infinite()).isEqualTo(1);
      assertThat(distribution.nearZeroShare()).isEqualTo(1.0 / 3);
      assertThat(histogram(distribution).counted()).isEqualTo(3);
      assertThat(Objects.requireNonNull(distribution.summary()).median()).isZero();
      LatticeDistribution lost = one(new float[] {Float.NaN}, workers);
      assertThat(lost.summary()).isNull();
      assertThat(lost.histogram()).isNull();
      assertThat(lost.nearZeroShare()).isZero();
      assertThat(one(new float[0], workers).summary()).isNull();
      assertThat(LatticeDistributions.of(List.of(), NEAR, workers)).isEmpty();
    }
  }

  @Test
  void countsWhateverATensorMayHold() {
    try (Workers workers = Workers.of(1)) {
      for (float[] weights :
          new float[][] {
            {3, Math.nextUp(3f)},
            {-Float.MAX_VALUE, Float.MAX_VALUE, 0},
            {Float.MAX_VALUE},
            {Float.MIN_VALUE, 0, -Float.MIN_VALUE},
            {-0f, 0f},
            {1e30f, -1e-30f},
            {-1e9f, -1e9f},
            {100_000, 1e-40f, -1e-40f}
          }) {
        LatticeDistribution distribution = one(weights, workers);
        LatticeHistogram histogram = histogram(distribution);
        assertThat(histogram.counted()).isEqualTo(weights.length);
        double[] edges = histogram.edges();
        int[] counts = histogram.counts();
        for (int bin = 0; bin < counts.length; bin++) {
          int held = 0;
          for (float weight : weights) {
            held += weight >= edges[bin] && weight < edges[bin + 1] ? 1 : 0;
          }
          assertThat(counts[bin]).isEqualTo(held);
        }
      }
    }
  }

  @Test
  void refusesAThresholdBelowZero() {
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> LatticeDistributions.of(List.of(), Double.NaN, workers))
          .hasMessage("near zero must be at least 0, got NaN");
    }
  }

  @Test
  void theTwinsGiveTheSameBits() {
    RandomGenerator random = Rng.of(3, "twins");
    float[] ends = {-0.2f, -0.19f, 0.01f, 0.02f, 0.3f, 0.31f};
    for (int size : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 1000, 1037}) {
      float[] weights = new float[size + 3];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (0.3 * random.nextGaussian());
      }
      int to = size + 3;
      assertThat(WeightKernels.moments(weights, 3, to, 0.1f, 0.05f))
          .isEqualTo(WeightPlainKernels.moments(weights, 3, to, 0.1f, 0.05f));
      int[] fast = new int[size];
      int[] plain = new int[size];
      WeightKernels.bins(weights, 3, to, 4096, -9000, fast);
      WeightPlainKernels.bins(weights, 3, to, 4096, -9000, plain);
      assertThat(fast).isEqualTo(plain);
      float[] taken = new float[size];
      float[] expected = new float[size];
      assertThat(WeightKernels.take(weights, 3, to, ends, taken))
          .isEqualTo(WeightPlainKernels.take(weights, 3, to, ends, expected, 0));
      assertThat(taken).isEqualTo(expected);
    }
  }
}
