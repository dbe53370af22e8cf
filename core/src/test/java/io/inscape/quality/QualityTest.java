package io.inscape.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class QualityTest {
  private final Workers workers = Workers.of(2);

  @Test
  void agreesWithTheWorkedTenPoints() {
    float[] data = new float[40];
    float[] layout = new float[20];
    int[] labels = new int[10];
    for (int i = 1; i <= 10; i++) {
      int[] primes = {2, 3, 5, 7};
      for (int col = 0; col < 4; col++) {
        data[i * 4 - 4 + col] = (float) (i * Math.sqrt(primes[col]) % 1);
      }
      layout[i * 2 - 2] = (float) (i * Math.sqrt(2) % 1 + .3 * (i * Math.sqrt(11) % 1));
      layout[i * 2 - 1] = (float) (i * Math.sqrt(3) % 1 + .3 * (i * Math.sqrt(13) % 1));
      labels[i - 1] = i % 3;
    }
    Matrix points = Matrix.of(10, 2, layout);
    Matrix space = Matrix.of(10, 4, data);
    assertThat(Trustworthiness.of(space, points, 2, workers).mean())
        .isCloseTo(.853846, within(1e-6));
    assertThat(Trustworthiness.of(space, points, 3, workers).mean())
        .isCloseTo(.773333, within(1e-6));
    assertThat(NeighborhoodHit.of(points, labels, 3, workers).mean())
        .isCloseTo(.233333, within(1e-6));
  }

  @Test
  void neighborhoodHitOfAHandMadeLine() {
    // 0 1 2 | 10 11, labels a a b | b b; two neighbours each.
    Matrix line = Matrix.of(5, 1, new float[] {0, 1, 2, 10, 11});
    NeighborhoodHit hit = NeighborhoodHit.of(line, new int[] {0, 0, 1, 1, 1}, 2, workers);
    assertThat(hit.perObservation()).containsExactly(.5f, .5f, 0, 1, 1);
    assertThat(hit.mean()).isCloseTo(.6, within(1e-12));
    assertThat(hit.perClass()).containsExactly(new double[] {.5, 2 / 3.0}, within(1e-12));
  }

  @Test
  void aLabelThatNobodyHasHasNoValue() {
    Matrix line = Matrix.of(3, 1, new float[] {0, 1, 2});
    assertThat(NeighborhoodHit.of(line, new int[] {2, 2, 0}, 1, workers).perClass()[1]).isNaN();
  }

  @Test
  void baselineIsTheChanceOfAPairWithOneLabel() {
    assertThat(NeighborhoodHit.baseline(new int[] {0, 0, 1, 1})).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(NeighborhoodHit.baseline(new int[] {3, 3, 3})).isEqualTo(1);
    assertThatThrownBy(() -> NeighborhoodHit.baseline(new int[1]))
        .hasMessageContaining("at least 2 observations, got 1");
  }

  @Test
  void trustworthinessAgreesWithSortingAllDistances() {
    RandomGenerator random = Rng.of(1, "quality");
    for (int trial = 0; trial < 6; trial++) {
      int n = 20 + 31 * trial;
      Matrix data = random(n, 1 + 9 * trial, trial % 2 == 0, random);
      Matrix layout = random(n, 2, trial % 3 == 0, random);
      int k = 1 + trial;
      Trustworthiness found = Trustworthiness.of(data, layout, k, workers);
      double total = 0;
      for (int i = 0; i < n; i++) {
        List<Integer> ranked = ranked(data, i);
        double excess = 0;
        for (int j : ranked(layout, i).subList(0, k)) {
          excess += Math.max(0, ranked.indexOf(j) + 1 - k);
        }
        total += excess;
        assertThat(found.perObservation()[i])
            .isCloseTo((float) (1 - 2 * excess / (k * (2.0 * n - 3 * k - 1))), within(1e-6f));
      }
      assertThat(found.mean())
          .isCloseTo(1 - 2 * total / (n * k * (2.0 * n - 3 * k - 1)), within(1e-12));
    }
  }

  @Test
  void aLayoutThatIsTheDataIsTrustedFully() {
    Matrix data = random(200, 2, true, Rng.of(5, "quality"));
    assertThat(Trustworthiness.of(data, data, 7, workers).mean()).isEqualTo(1);
  }

  @Test
  void aConstantLayoutAndConstantDataAreRanked() {
    Matrix constant = Matrix.of(30, 2, new float[60]);
    assertThat(Trustworthiness.of(constant, constant, 5, workers).mean()).isEqualTo(1);
  }

  @Test
  void threadsDoNotMatter() {
    Matrix data = random(300, 20, false, Rng.of(6, "quality"));
    Matrix layout = random(300, 2, false, Rng.of(7, "quality"));
    float[] two = Trustworthiness.of(data, layout, 7, workers).perObservation();
    try (Workers one = Workers.of(1)) {
      assertThat(Trustworthiness.of(data, layout, 7, one).perObservation()).isEqualTo(two);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Matrix ten = Matrix.of(10, 1, new float[10]);
    assertThatThrownBy(() -> NeighborhoodHit.of(ten, new int[9], 3, workers))
        .hasMessage("there are 9 labels for 10 observations");
    int[] negative = new int[10];
    negative[4] = -1;
    assertThatThrownBy(() -> NeighborhoodHit.of(ten, negative, 3, workers))
        .hasMessageContaining("got -1 for observation 4");
    assertThatThrownBy(() -> Trustworthiness.of(ten, ten, 5, workers))
        .hasMessageContaining("fewer neighbors than half the observations, 10, got k = 5");
    assertThatThrownBy(() -> Trustworthiness.of(ten, Matrix.of(9, 1, new float[9]), 2, workers))
        .hasMessage("the layout has 9 observations but the data have 10");
  }

  private static List<Integer> ranked(Matrix points, int i) {
    List<Integer> others = new ArrayList<>();
    for (int j = 0; j < points.rows(); j++) {
      if (j != i) {
        others.add(j);
      }
    }
    others.sort(
        Comparator.comparingDouble(j -> {
          double sum = 0;
          for (int col = 0; col < points.cols(); col++) {
            double difference = (double) points.get(i, col) - points.get(j, col);
            sum += difference * difference;
          }
          return sum;
        }));
    return others;
  }

  private static Matrix random(int rows, int cols, boolean tied, RandomGenerator random) {
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = tied ? random.nextInt(3) : (float) random.nextGaussian();
    }
    return Matrix.of(rows, cols, Arrays.copyOf(values, values.length));
  }
}
