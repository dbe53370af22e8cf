package io.inscape.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @Test
  void agreesWithSortingWhenThereAreManyBlocks() {
    RandomGenerator random = Rng.of(5, "neighbors");
    for (int cols : new int[] {2, 4, 5, 1500}) {
      int rows = cols > 1000 ? 450 : 2600;
      float[] values = new float[rows * cols];
      for (int at = 0; at < values.length; at++) {
        double cluster = (at / cols % 7) * 1e4; // far apart: floats lose what is within
        values[at] = (float) (cluster + random.nextGaussian());
      }
      values[0] = 1e9f; // who stands apart must not spoil it for the others
      compare(Matrix.of(rows, cols, values), 40);
    }
  }

  @Test
  void agreesWithSortingWhenManyRowsAreEqual() {
    RandomGenerator random = Rng.of(6, "neighbors");
    for (int cols : new int[] {1, 3, 6}) {
      int rows = 900;
      float[] values = new float[rows * cols];
      for (int row = 0; row < rows; row++) {
        if (random.nextInt(3) > 0) { // two thirds in a few spots, at equal distances
          values[row * cols + random.nextInt(cols)] = random.nextInt(2) * 2 - 1;
        } else {
          for (int col = 0; col < cols; col++) {
            values[row * cols + col] = random.nextInt(9) - 4;
          }
        }
      }
      compare(Matrix.of(rows, cols, values), 60);
      compare(Matrix.of(rows, cols, values), rows - 1);
    }
  }

  @Test
  void sameBitsOnAnyNumberOfThreads() {
    Matrix data = gaussian(3000, 20, 1);
    Neighbors one = find(data, 15, 1);
    for (int threads : new int[] {2, 4}) {
      Neighbors several = find(data, 15, threads);
      for (int row = 0; row < data.rows(); row++) {
        for (int neighbor = 0; neighbor < 15; neighbor++) {
          assertThat(several.index(row, neighbor)).isEqualTo(one.index(row, neighbor));
          assertThat(several.distance(row, neighbor)).isEqualTo(one.distance(row, neighbor));
        }
      }
    }
  }

  @Test
  void constantDataOfManyRowsTakeTheirFirstRows() {
    for (int cols : new int[] {2, 30}) {
      Neighbors found = find(Matrix.of(20_000, cols, new float[20_000 * cols]), 5, 2);
      assertThat(found.index(19_999, 4)).isEqualTo(4);
      assertThat(found.index(2, 2)).isEqualTo(3);
      assertThat(found.distance(7, 4)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void searchAgreesWithSorting(int cols) {
    Matrix data = gaussian(1500, cols, 2);
    Matrix queries = gaussian(70, cols, 3);
    try (Workers workers = Workers.of(2)) {
      Neighbors found = ExactNeighbors.search(data, queries, 9, Metric.EUCLIDEAN, workers);
      assertThat(found.observations()).isEqualTo(70);
      for (int query = 0; query < 70; query++) {
        double[] squared = new double[data.rows()];
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < data.rows(); row++) {
          squared[row] = squared(queries, query, data, row);
          all.add(row);
        }
        all.sort(Comparator.comparingDouble(row -> squared[row]));
        assertThat(indices(found, query)).isEqualTo(all.subList(0, 9));
      }
      Neighbors own = ExactNeighbors.search(data, data, 1, Metric.EUCLIDEAN, workers);
      assertThat(own.index(77, 0)).isEqualTo(77);
    }
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void aFewQueriesFindJustWhatManyFind(Metric metric) {
    Matrix data = gaussian(700, 40, 2);
    Matrix queries = gaussian(30, 40, 3);
    try (Workers workers = Workers.of(2)) {
      Neighbors many = ExactNeighbors.search(data, queries, 12, metric, workers);
      for (int query = 0; query < 30; query += 3) {
        Matrix three = queries.selectRows(new int[] {query, query + 1, query + 2});
        Neighbors few = ExactNeighbors.search(data, three, 12, metric, workers);
        for (int i = 0; i < 3; i++) {
          assertThat(indices(few, i)).isEqualTo(indices(many, query + i));
          for (int m = 0; m < 12; m++) {
            assertThat(few.distance(i, m)).isEqualTo(many.distance(query + i, m));
          }
        }
      }
      Matrix twice = data.selectRows(new int[] {5, 9, 5, 5});
      Neighbors equal =
          ExactNeighbors.search(twice, data.selectRows(new int[] {5}), 4, metric, workers);
      assertThat(indices(equal, 0)).containsExactly(0, 2, 3, 1);
    }
  }

  @Test
  void cosineIsOneLessTheCosine() {
    Matrix data = Matrix.of(6, 2, new float[] {1, 0, 0, 0, 3, 3, -2, 0, 0, 0, 5, 0});
    try (Workers workers = Workers.of(1)) {
      Neighbors found = ExactNeighbors.find(data, 5, Metric.COSINE, workers);
      assertThat(indices(found, 0)).containsExactly(5, 2, 1, 4, 3);
      assertThat(found.distance(0, 0)).isZero();
      assertThat(found.distance(0, 1)).isCloseTo(1 - Math.sqrt(0.5), within(1e-6));
      assertThat(found.distance(0, 2)).isEqualTo(1); // a row of zeros
      assertThat(found.distance(0, 4)).isEqualTo(2);
      assertThat(found.index(1, 0)).isEqualTo(4);
      assertThat(found.distance(1, 0)).isZero();
      Neighbors sought =
          ExactNeighbors.search(
              data, Matrix.of(1, 2, new float[] {0, 7}), 2, Metric.COSINE, workers);
      assertThat(indices(sought, 0)).containsExactly(2, 0);
      assertThat(sought.distance(0, 1)).isCloseTo(1, within(1e-7));
    }
  }

  @Test
  void refusesQueriesOfAnotherSpace() {
    try (Workers workers = Workers.of(1)) {
      assertThatThrownBy(() ->
              ExactNeighbors.search(
                  gaussian(5, 3, 1), gaussian(2, 4, 1), 1, Metric.EUCLIDEAN, workers))
          .hasMessageContaining("the queries have 4 columns but the observations searched have 3");
      assertThatThrownBy(() ->
              ExactNeighbors.search(
                  gaussian(5, 3, 1), gaussian(2, 3, 1), 6, Metric.EUCLIDEAN, workers))
          .hasMessageContaining("from 1 to the observations searched, 5, got 6");
    }
  }

  private static List<Integer> indices(Neighbors neighbors, int row) {
    List<Integer> found = new ArrayList<>();
    for (int neighbor = 0; neighbor < neighbors.k(); neighbor++) {
      found.add(neighbors.index(row, neighbor));
    }
    return found;
  }

  private static Matrix gaussian(int rows, int cols, long seed) {
    RandomGenerator random = Rng.of(seed, "gaussian");
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return Matrix.of(rows, cols, values);
  }

  private static Neighbors find(Matrix data, int k, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return ExactNeighbors.find(data, k, workers);
    }
  }

  private static void compare(Matrix data, int k) {
    Neighbors found = find(data, k, 2);
    int step = 1 + data.rows() / 100; // the oracle is slow
    for (int row = 0; row < data.rows(); row += step) {
      double[] squared = new double[data.rows()];
      List<Integer> others = new ArrayList<>();
      for (int other = 0; other < data.rows(); other++) {
        squared[other] = squared(data, row, data, other);
        if (other != row) {
          others.add(other);
        }
      }
      others.sort(Comparator.comparingDouble(other -> squared[other])); // stable
      assertThat(indices(found, row)).isEqualTo(others.subList(0, k));
      for (int neighbor = 0; neighbor < k; neighbor++) {
        double expected = squared[others.get(neighbor)];
        assertThat(Math.abs(found.squaredDistance(row, neighbor) - expected))
            .isLessThanOrEqualTo(1.3e-7 * expected);
      }
    }
  }

  private static double squared(Matrix one, int row, Matrix data, int other) {
    double sum = 0;
    for (int col = 0; col < data.cols(); col++) {
      double difference = (double) one.get(row, col) - data.get(other, col);
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
