package io.inscape.projection.umap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import org.junit.jupiter.api.Test;

final class FuzzyGraphTest {
  private static final double LOG2_3 = Math.log(3) / Math.log(2);

  private final Workers workers = Workers.of(2);

  /// Points 0, 1, 3, 7 on a line: distances to the two nearest are (1, 3), (1, 2), (2, 3), (4, 6).
  private FuzzyGraph line(double mix) {
    Matrix data = Matrix.of(4, 1, new float[] {0, 1, 3, 7});
    return FuzzyGraph.of(ExactNeighbors.find(data, 2, workers), 1, mix, workers);
  }

  @Test
  void weighsASmallLineByHand() {
    // The nearest neighbour has strength 1 and the other makes the sum log2(3): 0.585 whatever the
    // distances. Directed: 0 to 1: 1, to 2: s; 1 to 0: 1, to 2: s; 2 to 1: 1, to 0: s; 3 to 2: 1,
    // to 1: s.
    double s = LOG2_3 - 1;
    FuzzyGraph graph = line(1);
    assertThat(graph.rowStart()).containsExactly(0, 2, 5, 8, 10);
    assertThat(graph.index()).containsExactly(1, 2, 0, 2, 3, 0, 1, 3, 1, 2);
    double both = s + s - s * s;
    double[] expected = {1, both, 1, 1, s, both, 1, 1, s, 1};
    for (int at = 0; at < expected.length; at++) {
      assertThat((double) graph.weight()[at]).isCloseTo(expected[at], within(2e-5));
    }
    assertThat(graph.edges()).isEqualTo(5);
  }

  @Test
  void intersectsWhenAskedTo() {
    double s = LOG2_3 - 1;
    FuzzyGraph graph = line(0); // only pairs that see each other are left
    assertThat(graph.index()).containsExactly(1, 2, 0, 2, 0, 1);
    assertThat((double) graph.weight()[1]).isCloseTo(s * s, within(2e-5));
    assertThat((double) graph.weight()[3]).isCloseTo(s, within(2e-5));
  }

  @Test
  void interpolatesTheLocalConnectivity() {
    double[] distance = {0, 0, 2, 3, 5};
    assertThat(Memberships.rho(distance, 1)).isEqualTo(2);
    assertThat(Memberships.rho(distance, 1.5)).isEqualTo(2.5);
    assertThat(Memberships.rho(distance, 3)).isEqualTo(5);
    assertThat(Memberships.rho(distance, 4)).isEqualTo(5);
    assertThat(Memberships.rho(distance, 0)).isEqualTo(0);
    assertThat(Memberships.rho(new double[] {0, 0}, 1)).isEqualTo(0);
  }

  @Test
  void strengthsSumToTheLogarithm() {
    double[] distance = {1, 1.5, 2, 2.1, 4, 4.2, 5};
    float[] strength = new float[7];
    Memberships.weigh(distance, 1, 3, strength);
    double sum = 0;
    for (float one : strength) {
      sum += one;
    }
    assertThat(sum).isCloseTo(3, within(1e-4));
    assertThat(strength[0]).isEqualTo(1);
    assertThat(strength).isSortedAccordingTo((x, y) -> Float.compare(y, x));
  }

  @Test
  void sigmaIsNeverBelowAThousandthOfTheMean() {
    double[] distance = {1, 1, 1, 1.002};
    float[] strength = new float[4];
    Memberships.weigh(distance, 1, 3, strength); // three of strength 1 are more than log2(5)
    double mean = 4.002 / 5;
    assertThat((double) strength[3]).isCloseTo(Math.exp(-.002 / (1e-3 * mean)), within(1e-4));
  }

  @Test
  void duplicatesBelongTogetherFully() {
    Matrix data = Matrix.of(4, 1, new float[] {2, 2, 2, 2});
    FuzzyGraph graph = FuzzyGraph.of(ExactNeighbors.find(data, 2, workers), 1, 1, workers);
    assertThat(graph.weight()).containsOnly(1);
  }

  @Test
  void labelsLoosenEdgesBetweenThem() {
    double s = LOG2_3 - 1;
    FuzzyGraph graph = line(1).withLabels(new int[] {0, 0, 1, -1}, .5);
    double far = Math.exp(-5);
    double unknown = Math.exp(-1);
    // 0-1 stays 1. 1-2 becomes exp(-5), 2's strongest is 2-3 at exp(-1), so it is exp(-4) there.
    double onTheOtherSide = far / unknown;
    assertThat((double) graph.weight()[0]).isEqualTo(1);
    assertThat((double) graph.weight()[3])
        .isCloseTo(far + onTheOtherSide - far * onTheOtherSide, within(1e-5));
    // 1-3 was s, becomes s/e; seen from 3, whose strongest is 1/e, it is s.
    assertThat((double) graph.weight()[4])
        .isCloseTo(s * unknown + s - s * unknown * s, within(2e-5));
  }
}
