package io.inscape.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactNeighborsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 100})
  void agreesWithSortingAllDistances(int cols) {
    RandomGenerator random = Rng.of(cols, "neighbors");
    for (int rows : new int[] {2, 3, 49, 130}) {
      float[] values = new float[rows * cols];
      for (int at = 0; at < values.length; at++) {
        values[at] = 1000 + random.nextInt(4); // many ties, far from zero
      }
      compare(Matrix.of(rows, cols, values), Math.min(rows - 1, 7));
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) (1e18 * random.nextGaussian());
      }
      compare(Matrix.of(rows, cols, values), Math.min(rows - 1, 20));
    }
  }

  private static void compare(Matrix data, int k) {
    Neighbors found;
    try (Workers workers = Workers.of(2)) {
      found = ExactNeighbors.find(data, k, workers);
    }
    for (int row = 0; row < data.rows(); row++) {
      int self = row;
      List<Integer> others = new ArrayList<>();
      for (int other = 0; other < data.rows(); other++) {
        if (other != row) {
          others.add(other);
        }
      }
      others.sort(Comparator.comparingDouble(other -> squared(data, self, other))); // stable
      for (int neighbor = 0; neighbor < k; neighbor++) {
        assertThat(found.index(row, neighbor)).isEqualTo(others.get(neighbor));
        double expected = squared(data, row, others.get(neighbor));
        assertThat(found.squaredDistance(row, neighbor))
            .isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(2e-5));
      }
    }
  }

  private static double squared(Matrix data, int row, int other) {
    double sum = 0;
    for (int col = 0; col < data.cols(); col++) {
      double difference = (double) data.get(row, col) - data.get(other, col);
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void equalRowsAreNeighborsAtDistanceZeroInIndexOrder() {
    Matrix data = Matrix.of(5, 1, new float[] {7, 7, 7, 7, 7});
    try (Workers workers = Workers.of(1)) {
      Neighbors found = ExactNeighbors.find(data, 3, workers);
      assertThat(List.of(found.index(1, 0), found.index(1, 1), found.index(1, 2)))
          .containsExactly(0, 2, 3);
      assertThat(found.squaredDistance(1, 2)).isZero();
    }
  }

  @Test
  void worksWithoutAnyColumn() {
    try (Workers workers = Workers.of(1)) {
      Neighbors found = ExactNeighbors.find(Matrix.of(3, 0, new float[0]), 2, workers);
      assertThat(found.index(2, 0)).isZero();
    }
  }

  @Test
  void refusesMoreNeighborsThanThereAreOthers() {
    Matrix data = Matrix.of(3, 1, new float[] {1, 2, 3});
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() -> ExactNeighbors.find(data, 3, workers))
          .hasMessage("the number of neighbors must be from 1 to the other observations, 2, got 3");
      assertThatThrownBy(() -> ExactNeighbors.find(data, 0, workers))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
