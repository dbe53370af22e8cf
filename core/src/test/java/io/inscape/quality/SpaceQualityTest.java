package io.inscape.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpaceQualityTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static Matrix noise(int rows, int cols, long seed) {
    RandomGenerator random = Rng.of(seed, "test data");
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (random.nextGaussian() + at / cols % 3);
    }
    return Matrix.of(rows, cols, values);
  }

  private static int[] labels(int rows) {
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 3;
    }
    return labels;
  }

  private SpaceQuality judge(Matrix data, List<Matrix> layouts, int[] labels, int k) {
    return SpaceQuality.of(
        data, layouts, Optional.of(labels), QualityParams.defaults().withK(k), workers);
  }

  /// Mean distance between labels over mean distance within, as it is written.
  private static double slowRatio(Matrix points, int[] labels) {
    double between = 0;
    double within = 0;
    int betweenPairs = 0;
    int withinPairs = 0;
    for (int i = 0; i < points.rows(); i++) {
      for (int j = 0; j < i; j++) {
        double squared = 0;
        for (int col = 0; col < points.cols(); col++) {
          double difference = (double) points.get(i, col) - points.get(j, col);
          squared += difference * difference;
        }
        if (labels[i] == labels[j]) {
          within += Math.sqrt(squared);
          withinPairs++;
        } else {
          between += Math.sqrt(squared);
          betweenPairs++;
        }
      }
    }
    return between / betweenPairs / (within / withinPairs);
  }

  @Test
  void theClassRatioOfFourPointsIsWorkedByHand() {
    // Two pairs, each 1 apart, at distance 3: within 1; between 3, 3, sqrt 10, sqrt 10.
    Matrix square = Matrix.of(4, 2, new float[] {0, 0, 0, 1, 3, 0, 3, 1});
    SpaceQuality found = judge(square, List.of(square, square), new int[] {0, 0, 1, 1}, 1);
    double ratio = (3 + Math.sqrt(10)) / 2;
    assertThat(found.ownClassRatio()).isCloseTo(ratio, within(1e-6));
    assertThat(found.layouts().get(1).classRatio()).isCloseTo(ratio, within(1e-6));
    assertThat(found.ownNeighborhoodHit()).isEqualTo(1);
    assertThat(found.layouts().get(0).stress()).isCloseTo(0, within(1e-6));
  }

  @Test
  void agreesWithTheWorkedTenPoints() {
    SpaceQuality found =
        SpaceQuality.of(
            TenPoints.data(),
            List.of(TenPoints.layout()),
            Optional.of(TenPoints.labels()),
            QualityParams.defaults().withK(3).withTrustworthinessK(3),
            workers);
    assertThat(found.layouts().getFirst().trustworthiness()).isCloseTo(.773333, within(1e-6));
    assertThat(found.layouts().getFirst().stress()).isCloseTo(.096704, within(1e-5));
    assertThat(found.layouts().getFirst().neighborhoodHit()).isCloseTo(.233333, within(1e-6));
  }

  @Test
  void agreesWithTheMeasuresOfEachLayoutAndWithSlowOnes() {
    for (int cols : new int[] {3, 150}) {
      Matrix data = noise(131, cols, 1);
      List<Matrix> layouts = List.of(noise(131, 2, 2), noise(131, 2, 3));
      int[] labels = labels(131);
      SpaceQuality found = judge(data, layouts, labels, 6);
      for (int layout = 0; layout < 2; layout++) {
        SlowQuality slow =
            new SlowQuality(data, layouts.get(layout), labels, QualityParams.defaults());
        LayoutQuality alone =
            LayoutQuality.of(
                data,
                layouts.get(layout),
                Optional.of(labels),
                QualityParams.defaults(),
                workers,
                Progress.none());
        SpaceQuality.LayoutFigures figures = found.layouts().get(layout);
        ClassQuality classes = alone.classes().orElseThrow();
        assertThat(found.ownNeighborhoodHit()).isEqualTo(classes.ownNeighborhoodHit());
        assertThat(figures.neighborhoodHit()).isEqualTo(classes.neighborhoodHit());
        assertThat(figures.trustworthiness()).isEqualTo(alone.neighbors().trustworthiness());
        assertThat(figures.stress()).isCloseTo(slow.scaleOptimalStress, within(1e-5));
        assertThat(figures.classRatio())
            .isCloseTo(slowRatio(layouts.get(layout), labels), within(1e-5));
        assertThat(found.ownClassRatio()).isCloseTo(slowRatio(data, labels), within(1e-5));
      }
    }
  }

  @Test
  void aSampleGivesNearlyWhatAllGiveAndCountsOwnNeighboursAmongAll() {
    Matrix data = noise(900, 20, 5);
    List<Matrix> layouts = List.of(noise(900, 2, 6));
    int[] labels = labels(900);
    SpaceQuality all = judge(data, layouts, labels, 6);
    SpaceQuality some =
        SpaceQuality.of(
            data,
            layouts,
            Optional.of(labels),
            QualityParams.defaults().withSample(Sample.of(300)),
            workers);
    assertThat(some.sampled()).isEqualTo(300);
    assertThat(some.ownNeighborhoodHit()).isCloseTo(all.ownNeighborhoodHit(), within(.05));
    assertThat(some.ownClassRatio()).isCloseTo(all.ownClassRatio(), within(.05));
    SpaceQuality.LayoutFigures few = some.layouts().getFirst();
    SpaceQuality.LayoutFigures many = all.layouts().getFirst();
    assertThat(few.neighborhoodHit()).isEqualTo(many.neighborhoodHit()); // of all in both
    assertThat(few.classRatio()).isCloseTo(many.classRatio(), within(.05));
    assertThat(few.stress()).isCloseTo(many.stress(), within(.02));
  }

  @Test
  void threadsDoNotMatter() {
    Matrix data = noise(400, 30, 7);
    List<Matrix> layouts = List.of(noise(400, 2, 8), noise(400, 3, 9));
    SpaceQuality two = judge(data, layouts, labels(400), 6);
    for (int threads : new int[] {1, 4}) {
      try (Workers others = Workers.of(threads)) {
        assertThat(
                SpaceQuality.of(
                    data, layouts, Optional.of(labels(400)), QualityParams.defaults(), others))
            .isEqualTo(two);
      }
    }
  }

  @Test
  void saysNothingOfLabelsThatAreNotThereOrDoNotDiffer() {
    Matrix data = noise(30, 4, 1);
    SpaceQuality none =
        SpaceQuality.of(data, List.of(data), Optional.empty(), QualityParams.defaults(), workers);
    assertThat(none.ownNeighborhoodHit()).isNull();
    assertThat(none.layouts().getFirst().classRatio()).isNull();
    SpaceQuality one = judge(data, List.of(data), new int[30], 6);
    assertThat(one.ownNeighborhoodHit()).isEqualTo(1);
    assertThat(one.ownClassRatio()).isNull();
  }

  @Test
  void equalObservationsHaveTheRatioOne() {
    Matrix flat = Matrix.of(12, 3, new float[36]);
    SpaceQuality found = judge(flat, List.of(noise(12, 2, 1)), labels(12), 6);
    assertThat(found.ownClassRatio()).isEqualTo(1);
    assertThat(found.layouts().getFirst().stress()).isEqualTo(1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Matrix data = noise(5, 3, 1);
    assertThatThrownBy(() -> judge(data, List.of(noise(4, 2, 1)), new int[5], 2))
        .hasMessage("the layout has 4 observations but the data have 5");
    assertThatThrownBy(() -> judge(data, List.of(data), new int[4], 2))
        .hasMessage("there are 4 labels for 5 observations");
    assertThatThrownBy(() -> judge(noise(1, 2, 1), List.of(noise(1, 2, 1)), new int[1], 1))
        .hasMessage("a space to be judged needs at least 2 observations, got 1");
  }
}
