package io.inscape.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ApproximateNeighborsTest {
  @ParameterizedTest
  @EnumSource
  void findsNearlyAllAndMeasuresHowMany(Metric metric) {
    Matrix data = clusters(4000, 20);
    try (Workers workers = Workers.of(2)) {
      Neighbors found = ApproximateNeighbors.find(data, 15, metric, 3, workers);
      Neighbors truth = ExactNeighbors.find(data, 15, metric, workers);
      assertThat(found.method()).isEqualTo("nn-descent");
      double recall = recall(found, truth);
      assertThat(recall).isGreaterThan(0.97);
      assertThat(found.recall()).isCloseTo(recall, within(0.01));
      assertThat(truth.recall()).isEqualTo(1);
      assertThat(truth.method()).isEqualTo("exact");
    }
  }

  @Test
  void sameBitsOnAnyNumberOfThreads() {
    Matrix data = clusters(3000, 12);
    Neighbors one = find(data, 10, 1);
    for (int threads : new int[] {2, 4}) {
      Neighbors several = find(data, 10, threads);
      for (int row = 0; row < data.rows(); row++) {
        for (int neighbor = 0; neighbor < 10; neighbor++) {
          assertThat(several.index(row, neighbor)).isEqualTo(one.index(row, neighbor));
          assertThat(several.distance(row, neighbor)).isEqualTo(one.distance(row, neighbor));
        }
      }
    }
  }

  @Test
  void constantAndRepeatedRowsWork() {
    check(find(Matrix.of(3000, 6, new float[3000 * 6]), 20, 2));
    float[] values = new float[3000 * 6];
    for (int at = 0; at < values.length; at++) {
      values[at] = at / 6 % 5;
    }
    Neighbors found = find(Matrix.of(3000, 6, values), 20, 2);
    check(found);
    assertThat(found.distance(0, 19)).isZero();
    assertThat(found.recall()).isEqualTo(1);
  }

  @Test
  void fewRowsWork() {
    for (int rows : new int[] {2, 3, 7}) {
      check(find(clusters(rows, 5), rows - 1, 2));
    }
    assertThatThrownBy(() -> find(clusters(3, 5), 3, 1))
        .hasMessage("the number of neighbors must be from 1 to the other observations, 2, got 3");
  }

  @Test
  void choiceIsExactUntilThatTakesMuchLonger() {
    assertThat(NeighborSearch.exactly(70_000, 50, 90)).isTrue();
    assertThat(NeighborSearch.exactly(1_000_000, 50, 90)).isFalse();
    assertThat(NeighborSearch.exactly(5_000_000, 2, 7)).isTrue();
  }

  @Test
  void searchReportsItsStage() {
    List<Double> fractions = new ArrayList<>();
    try (Workers workers = Workers.of(2)) {
      Neighbors found =
          NeighborSearch.find(
              clusters(2000, 20),
              5,
              Metric.EUCLIDEAN,
              1,
              workers,
              (stage, fraction) -> {
                assertThat(stage).isEqualTo("neighbors");
                fractions.add(fraction);
              });
      assertThat(found.method()).isEqualTo("exact");
    }
    assertThat(fractions).isSorted().startsWith(0.0).endsWith(1.0);
  }

  private static void check(Neighbors found) {
    for (int row = 0; row < found.observations(); row++) {
      Set<Integer> seen = new HashSet<>(Set.of(row));
      for (int neighbor = 0; neighbor < found.k(); neighbor++) {
        assertThat(seen.add(found.index(row, neighbor))).isTrue();
        if (neighbor > 0) {
          assertThat(found.distance(row, neighbor))
              .isGreaterThanOrEqualTo(found.distance(row, neighbor - 1));
        }
      }
    }
  }

  private static double recall(Neighbors found, Neighbors truth) {
    int hits = 0;
    for (int row = 0; row < found.observations(); row++) {
      for (int neighbor = 0; neighbor < found.k(); neighbor++) {
        hits += found.distance(row, neighbor) <= truth.distance(row, found.k() - 1) ? 1 : 0;
      }
    }
    return (double) hits / ((double) found.observations() * found.k());
  }

  private static Neighbors find(Matrix data, int k, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return ApproximateNeighbors.find(data, k, Metric.EUCLIDEAN, 1, workers);
    }
  }

  private static Matrix clusters(int rows, int cols) {
    RandomGenerator random = Rng.of(9, "clusters");
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (at / cols % 5 + random.nextGaussian());
    }
    return Matrix.of(rows, cols, values);
  }
}
