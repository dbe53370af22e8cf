package io.inscape.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LayoutQualityTest {
  private static final QualityParams PARAMS = QualityParams.defaults();

  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void agreesWithTheWorkedTenPoints() {
    Matrix data = TenPoints.data();
    Matrix layout = TenPoints.layout();
    LayoutQuality two =
        quality(data, layout, TenPoints.labels(), PARAMS.withK(3).withTrustworthinessK(2));
    assertThat(two.neighbors().trustworthiness()).isCloseTo(.853846, within(1e-6));
    assertThat(two.neighbors().continuity()).isCloseTo(.884615, within(1e-6));
    LayoutQuality three =
        quality(data, layout, TenPoints.labels(), PARAMS.withK(3).withTrustworthinessK(3));
    assertThat(three.neighbors().trustworthiness()).isCloseTo(.773333, within(1e-6));
    assertThat(three.neighbors().continuity()).isCloseTo(.826667, within(1e-6));
    assertThat(three.distances().rawStress()).isCloseTo(.135102, within(1e-6));
    assertThat(three.distances().maxNormalizedStress()).isCloseTo(.112835, within(1e-6));
    assertThat(three.distances().scaleOptimalStress()).isCloseTo(.096704, within(1e-6));
    // The points are on a lattice: several distances are equal but for rounding, and which of them
    // rounds up decides the fourth digit. In double it is .530848, of these floats .531001.
    assertThat(three.distances().shepardGoodness()).isCloseTo(.530848, within(2e-4));
    ClassQuality classes = three.classes().orElseThrow();
    assertThat(classes.neighborhoodHit()).isCloseTo(.233333, within(1e-6));
    assertThat(classes.distanceConsistency()).isCloseTo(.5, within(1e-12));
    assertThat(three.exact()).isTrue();
  }

  @Test
  void agreesWithEverythingWrittenOut() {
    RandomGenerator random = Rng.of(1, "layout quality");
    for (int trial = 0; trial < 8; trial++) {
      int n = 25 + 13 * trial;
      Matrix data = points(n, 1 + 7 * trial, trial % 4 == 3, random);
      Matrix layout = points(n, 2 + trial % 2, trial % 3 == 2, random);
      int[] labels = new int[n];
      Arrays.setAll(labels, _ -> 2 * random.nextInt(3));
      QualityParams params = PARAMS.withK(3 + trial).withTrustworthinessK(1 + trial);
      assertSame(
          new SlowQuality(data, layout, labels, params), quality(data, layout, labels, params), n);
    }
  }

  private static void assertSame(SlowQuality slow, LayoutQuality fast, int n) {
    assertThat(fast.neighbors().trustworthiness())
        .isCloseTo(mean(slow.trustworthiness), within(1e-9));
    assertThat(fast.neighbors().continuity()).isCloseTo(mean(slow.continuity), within(1e-9));
    assertThat(fast.neighbors().preservation()).isCloseTo(mean(slow.preservation), within(1e-9));
    assertThat(fast.distances().rawStress()).isCloseTo(slow.rawStress, within(2e-5));
    assertThat(fast.distances().maxNormalizedStress())
        .isCloseTo(slow.maxNormalizedStress, within(2e-5));
    assertThat(fast.distances().scaleOptimalStress())
        .isCloseTo(slow.scaleOptimalStress, within(1e-5));
    assertThat(fast.distances().shepardGoodness()).isCloseTo(slow.shepardGoodness, within(1e-3));
    assertThat(fast.distances().shepardPairs()).isEqualTo((long) n * (n - 1) / 2);
    ClassQuality classes = fast.classes().orElseThrow();
    assertThat(classes.neighborhoodHit()).isCloseTo(mean(slow.hit), within(1e-9));
    assertThat(classes.ownNeighborhoodHit()).isCloseTo(mean(slow.ownHit), within(1e-9));
    assertThat(classes.distanceConsistency()).isCloseTo(slow.consistency, within(1e-9));
    assertThat(classes.centroids().own()).isCloseTo(slow.ownConsistency, within(1e-9));
    assertThat(fast.perObservation().keySet())
        .containsExactly(
            "neighborhoodHit",
            "trustworthiness",
            "continuity",
            "neighborhoodPreservation",
            "stress");
    for (int row = 0; row < n; row++) {
      assertThat(fast.perObservation().get("trustworthiness")[row])
          .isCloseTo((float) slow.trustworthiness[row], within(1e-6f));
      assertThat(fast.perObservation().get("continuity")[row])
          .isCloseTo((float) slow.continuity[row], within(1e-6f));
      assertThat(fast.perObservation().get("neighborhoodPreservation")[row])
          .isCloseTo((float) slow.preservation[row], within(1e-6f));
      assertThat(fast.perObservation().get("neighborhoodHit")[row])
          .isCloseTo((float) slow.hit[row], within(1e-6f));
      assertThat(fast.perObservation().get("stress")[row])
          .isCloseTo((float) slow.stress[row], within(1e-4f));
    }
  }

  @Test
  void theCurveHoldsTheNeighborhoodHitsOfSeveralNumbersOfNeighbours() {
    RandomGenerator random = Rng.of(2, "layout quality");
    Matrix data = points(60, 12, false, random);
    Matrix layout = points(60, 2, false, random);
    int[] labels = new int[60];
    Arrays.setAll(labels, row -> row % 4);
    List<ClassQuality.HitPoint> curve =
        quality(data, layout, labels, PARAMS.withK(5)).classes().orElseThrow().curve();
    assertThat(curve)
        .extracting(ClassQuality.HitPoint::k)
        .containsExactly(1, 2, 4, 5, 6, 10, 20, 50);
    for (ClassQuality.HitPoint point : curve) {
      assertThat(point.neighborhoodHit())
          .isCloseTo(NeighborhoodHit.of(layout, labels, point.k(), workers).mean(), within(1e-12));
      assertThat(point.ownNeighborhoodHit())
          .isCloseTo(NeighborhoodHit.of(data, labels, point.k(), workers).mean(), within(1e-12));
    }
  }

  @Test
  void aPerfectLayoutIsPerfectWhateverItsScale() {
    Matrix data = points(120, 3, false, Rng.of(3, "layout quality"));
    float[] larger = data.toArray();
    for (int at = 0; at < larger.length; at++) {
      larger[at] *= 1024;
    }
    LayoutQuality same = quality(data, data, null, PARAMS);
    assertThat(same.distances().rawStress()).isCloseTo(0, within(1e-7));
    LayoutQuality scaled = quality(data, Matrix.of(120, 3, larger), null, PARAMS);
    assertThat(scaled.distances().rawStress()).isCloseTo(1023.0 * 1023, within(1.0));
    assertThat(scaled.distances().maxNormalizedStress()).isCloseTo(0, within(1e-7));
    assertThat(scaled.distances().scaleOptimalStress()).isCloseTo(0, within(1e-7));
    assertThat(scaled.distances().shepardGoodness()).isCloseTo(1, within(1e-9));
    assertThat(scaled.neighbors().trustworthiness()).isEqualTo(1);
    assertThat(scaled.neighbors().continuity()).isEqualTo(1);
    assertThat(scaled.neighbors().preservation()).isEqualTo(1);
  }

  @Test
  void aRandomLayoutGetsAboutTheBaselines() {
    RandomGenerator random = Rng.of(4, "layout quality");
    Matrix data = points(600, 10, false, random);
    Matrix layout = points(600, 2, false, random);
    int[] labels = new int[600];
    Arrays.setAll(labels, _ -> random.nextInt(5));
    LayoutQuality found = quality(data, layout, labels, PARAMS);
    NeighborQuality neighbors = found.neighbors();
    assertThat(neighbors.randomRank()).isBetween(.49, .52);
    assertThat(neighbors.trustworthiness()).isCloseTo(neighbors.randomRank(), within(.02));
    assertThat(neighbors.continuity()).isCloseTo(neighbors.randomRank(), within(.02));
    assertThat(neighbors.preservation()).isCloseTo(neighbors.randomPreservation(), within(.01));
    assertThat(found.distances().scaleOptimalStress())
        .isCloseTo(found.distances().randomStress(), within(.01));
    assertThat(found.distances().shepardGoodness()).isCloseTo(0, within(.05));
    ClassQuality classes = found.classes().orElseThrow();
    assertThat(classes.neighborhoodHit()).isCloseTo(classes.randomNeighborhoodHit(), within(.05));
    assertThat(classes.distanceConsistency()).isCloseTo(classes.centroids().random(), within(.1));
  }

  @Test
  void permutingTheObservationsPermutesTheirValuesAndKeepsTheFigures() {
    RandomGenerator random = Rng.of(5, "layout quality");
    Matrix data = points(150, 20, false, random);
    Matrix layout = points(150, 2, false, random);
    int[] labels = new int[150];
    Arrays.setAll(labels, _ -> random.nextInt(4));
    int[] order = new int[150];
    Arrays.setAll(order, row -> row * 7 % 150);
    int[] reordered = Arrays.stream(order).map(row -> labels[row]).toArray();
    LayoutQuality before = quality(data, layout, labels, PARAMS);
    LayoutQuality after =
        quality(data.selectRows(order), layout.selectRows(order), reordered, PARAMS);
    before
        .perObservation()
        .forEach((name, values) -> {
          for (int row = 0; row < 150; row++) {
            assertThat(after.perObservation().get(name)[row])
                .as(name)
                .isCloseTo(values[order[row]], within(1e-5f));
          }
        });
    Map<String, Object> figures = after.toMap();
    before
        .toMap()
        .forEach((name, value) -> {
          if (value instanceof Double number && !name.startsWith("randomDistance")) {
            assertThat((double) figures.get(name)).as(name).isCloseTo(number, within(1e-6));
          }
        });
  }

  @Test
  void threadsDoNotMatter() {
    RandomGenerator random = Rng.of(6, "layout quality");
    Matrix data = points(1100, 30, false, random);
    Matrix layout = points(1100, 2, false, random);
    int[] labels = new int[1100];
    Arrays.setAll(labels, _ -> random.nextInt(4));
    LayoutQuality expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers some = Workers.of(threads)) {
        LayoutQuality found =
            LayoutQuality.of(
                data,
                layout,
                Optional.of(labels),
                PARAMS.withSample(Sample.of(700)),
                some,
                Progress.none());
        expected = expected == null ? found : expected;
        assertThat(found.toMap()).isEqualTo(expected.toMap());
        for (String name : expected.perObservation().keySet()) {
          assertThat(found.perObservation().get(name))
              .isEqualTo(expected.perObservation().get(name));
        }
      }
    }
  }

  @Test
  void aSampleGivesNearlyWhatAllGive() {
    RandomGenerator random = Rng.of(7, "layout quality");
    Matrix data = points(1500, 12, false, random);
    float[] near = new float[3000];
    for (int at = 0; at < near.length; at++) {
      near[at] = data.get(at / 2, at % 2) + (float) random.nextGaussian() / 4;
    }
    Matrix layout = Matrix.of(1500, 2, near);
    LayoutQuality all = quality(data, layout, null, PARAMS);
    LayoutQuality some = quality(data, layout, null, PARAMS.withSample(Sample.of(500)));
    assertThat(all.sampled()).isEqualTo(1500);
    assertThat(some.sampled()).isEqualTo(500);
    assertThat(some.exact()).isFalse();
    assertThat(some.distances().scaleOptimalStress())
        .isCloseTo(all.distances().scaleOptimalStress(), within(.01));
    assertThat(some.distances().shepardGoodness())
        .isCloseTo(all.distances().shepardGoodness(), within(.03));
    assertThat(some.neighbors().trustworthiness())
        .isCloseTo(all.neighbors().trustworthiness(), within(.03));
    float[] everyone = some.perObservation().get("stress");
    assertThat(mean(everyone)).isCloseTo(mean(all.perObservation().get("stress")), within(.02));
    assertThat(mean(some.perObservation().get("trustworthiness")))
        .isCloseTo(some.neighbors().trustworthiness(), within(.02));
  }

  @Test
  void theOwnSpaceHitOfASampleCountsNeighboursAmongAll() {
    RandomGenerator random = Rng.of(11, "layout quality");
    float[] values = points(300, 9, false, random).toArray();
    System.arraycopy(values, 0, values, 900, 900); // a hundred duplicates
    Matrix data = Matrix.of(300, 9, values);
    Matrix layout = points(300, 2, false, random);
    int[] labels = new int[300];
    Arrays.setAll(labels, row -> values[row * 9] > 0 ? 1 : 0);
    QualityParams params = PARAMS.withSample(Sample.of(120));
    ClassQuality some = quality(data, layout, labels, params).classes().orElseThrow();
    NeighborhoodHit all = NeighborhoodHit.of(data, labels, 6, workers);
    assertThat(some.ownNeighborhoodHit()).isCloseTo(all.mean(), within(.04));
    assertThat(some.neighborhoodHit())
        .isCloseTo(NeighborhoodHit.of(layout, labels, 6, workers).mean(), within(1e-12));
    // One short of all in the sample: nothing to tell them apart by but the one that is missing.
    ClassQuality most =
        quality(data, layout, labels, PARAMS.withSample(Sample.of(299))).classes().orElseThrow();
    assertThat(most.ownNeighborhoodHit()).isCloseTo(all.mean(), within(1.0 / 299));
  }

  @Test
  void constantAndDuplicateDataHaveValues() {
    Matrix constant = Matrix.of(40, 20, new float[800]);
    Matrix point = Matrix.of(40, 2, new float[80]);
    Matrix spread = points(40, 2, false, Rng.of(8, "layout quality"));
    int[] labels = new int[40];
    Arrays.setAll(labels, row -> row % 2);
    assertFinite(quality(constant, point, labels, PARAMS), 0, 1);
    assertFinite(quality(constant, spread, labels, PARAMS), 1, 0);
    assertFinite(quality(points(40, 20, false, Rng.of(9, "x")), point, labels, PARAMS), 1, 0);
    float[] twice = points(40, 20, false, Rng.of(10, "layout quality")).toArray();
    System.arraycopy(twice, 0, twice, 400, 400);
    LayoutQuality duplicates = quality(Matrix.of(40, 20, twice), spread, labels, PARAMS);
    assertThat(duplicates.distances().scaleOptimalStress()).isBetween(0.0, 1.0);
  }

  private static void assertFinite(LayoutQuality found, double stress, double shepard) {
    assertThat(found.distances().rawStress()).isEqualTo(stress);
    assertThat(found.distances().maxNormalizedStress()).isEqualTo(stress);
    assertThat(found.distances().scaleOptimalStress()).isEqualTo(stress);
    assertThat(found.distances().shepardGoodness()).isEqualTo(shepard);
    for (Object value : found.toMap().values()) {
      if (value instanceof Double number) {
        assertThat(number).isBetween(-1.0, 1.0);
      }
    }
    found
        .perObservation()
        .values()
        .forEach(column -> {
          for (float value : column) {
            assertThat(value).isBetween(0f, 1f);
          }
        });
  }

  @Test
  void veryFewObservationsCountAsPerfect() {
    for (int n = 1; n <= 4; n++) {
      Matrix data = points(n, 9, false, Rng.of(n, "layout quality"));
      Matrix layout = points(n, 2, false, Rng.of(n, "few"));
      LayoutQuality found = quality(data, layout, new int[n], PARAMS);
      assertThat(found.neighbors().k()).isEqualTo((n - 1) / 2);
      assertThat(found.k()).isEqualTo(n - 1);
      assertThat(found.neighbors().trustworthiness()).isBetween(0.0, 1.0);
      assertThat(found.distances().scaleOptimalStress()).isBetween(0.0, 1.0);
      assertThat(found.classes().orElseThrow().neighborhoodHit()).isEqualTo(1);
      assertThat(found.perObservation().get("neighborhoodHit")).hasSize(n).containsOnly(1);
      for (Object value : found.toMap().values()) {
        assertThat(value).isNotEqualTo(Double.NaN);
      }
    }
  }

  @Test
  void withoutLabelsNoClassFigures() {
    LayoutQuality found = quality(TenPoints.data(), TenPoints.layout(), null, PARAMS);
    assertThat(found.classes()).isEmpty();
    assertThat(found.perObservation()).doesNotContainKey("neighborhoodHit").hasSize(4);
    assertThat(found.toMap()).doesNotContainKey("neighborhoodHit").containsKey("trustworthiness");
  }

  @Test
  void aLabelThatNobodyHasIsNullInTheMap() {
    int[] labels = TenPoints.labels();
    Arrays.setAll(labels, row -> 2 * labels[row]);
    Map<String, Object> map = quality(TenPoints.data(), TenPoints.layout(), labels, PARAMS).toMap();
    List<Object> perClass = new ArrayList<>((List<?>) map.get("neighborhoodHitPerClass"));
    assertThat(perClass).hasSize(5);
    assertThat(perClass.get(1)).isNull();
    assertThat(perClass.get(2)).isInstanceOf(Double.class);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Matrix ten = TenPoints.data();
    assertThatThrownBy(() -> quality(ten, Matrix.of(9, 2, new float[18]), null, PARAMS))
        .hasMessage("the layout has 9 observations but the data have 10");
    assertThatThrownBy(() -> quality(ten, TenPoints.layout(), new int[3], PARAMS))
        .hasMessage("there are 3 labels for 10 observations");
    Matrix none = Matrix.of(0, 2, new float[0]);
    assertThatThrownBy(() -> quality(none, none, null, PARAMS))
        .hasMessage("a layout to be judged needs at least 1 observation, got 0");
    assertThatThrownBy(() -> PARAMS.withK(0)).hasMessage("k must be at least 1, got 0");
    assertThatThrownBy(() -> Sample.of(9)).hasMessage("sample must be at least 10, got 9");
    assertThatThrownBy(() -> new Sample.Fixed(10.5))
        .hasMessage("sample must be a whole number of observations, got 10.5");
  }

  @Test
  void itsOptionsGoThroughAMapAndBack() {
    QualityParams changed = new QualityParams(3, 9, Sample.of(300), 4);
    assertThat(Parameters.fromMap(QualityParams.class, Parameters.toMap(changed)))
        .isEqualTo(changed);
    assertThat(Parameters.fromMap(QualityParams.class, Map.of())).isEqualTo(PARAMS);
  }

  private LayoutQuality quality(
      Matrix data,
      Matrix layout,
      int @org.jspecify.annotations.Nullable [] labels,
      QualityParams params) {
    return LayoutQuality.of(
        data, layout, Optional.ofNullable(labels), params, workers, Progress.none());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Matrix points(int rows, int cols, boolean tied, RandomGenerator random) {
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = tied ? random.nextInt(3) : (float) random.nextGaussian();
    }
    return Matrix.of(rows, cols, values);
  }
}
