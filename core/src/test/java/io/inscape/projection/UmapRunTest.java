package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.projection.params.Epochs;
import io.inscape.projection.params.UmapParams;
import io.inscape.projection.params.UmapStart;
import io.inscape.projection.params.UmapTuning;
import io.inscape.quality.NeighborhoodHit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UmapRunTest {
  private static final UmapParams SHORT = UmapParams.defaults().withEpochs(Epochs.of(200));

  private final Workers workers = Workers.of(2);

  private static int[] labels(int count, int classes) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % classes);
    return labels;
  }

  @ParameterizedTest
  @EnumSource
  void separatesClustersFromEveryStart(UmapStart start) {
    Matrix data = TestData.clusters(500, 30, 5, 1.5, 3);
    ProjectionRun run = Projections.start(data, SHORT.withStart(start), workers, Progress.none());
    double before = run.energy().orElseThrow();
    run.step(200);
    assertThat(run.done()).isTrue();
    assertThat(run.energy().orElseThrow()).isLessThan(before).isPositive();
    double hit = NeighborhoodHit.of(run.layout().positions(), labels(500, 5), 6, workers).mean();
    assertThat(hit).isGreaterThan(.99);
  }

  @Test
  void worksInThreeDimensionsAndByCosine() {
    Matrix data = TestData.clusters(300, 30, 5, 1.5, 3);
    UmapParams params = SHORT.withDimensions(3).withMetric(Metric.COSINE);
    Layout layout = Projections.fit(data, params, workers, Progress.none());
    assertThat(layout.dimensions()).isEqualTo(3);
    assertThat(NeighborhoodHit.of(layout.positions(), labels(300, 5), 6, workers).mean())
        .isGreaterThan(.99);
  }

  @Test
  void saysWhatItFoundOnItsWay() {
    Matrix data = TestData.clusters(200, 10, 2, 8, 3);
    List<String> stages = new CopyOnWriteArrayList<>();
    ProjectionRun run =
        Projections.start(
            data,
            SHORT,
            workers,
            (stage, _) -> {
              if (stages.isEmpty() || !stages.getLast().equals(stage)) {
                stages.add(stage);
              }
            });
    assertThat(stages).containsExactly("neighbors", "affinities", "start");
    Map<String, Object> details = run.details();
    assertThat(details)
        .containsEntry("neighbors", "exact")
        .containsEntry("neighborRecall", 1.0)
        .containsEntry("components", 2)
        .containsEntry("start", "spectral")
        .containsEntry("epochs", 200)
        .containsKeys("a", "b", "edges");
  }

  @Test
  void anotherSeedGivesAnotherLayout() {
    Matrix data = TestData.clusters(60, 4, 2, 1, 3);
    assertThat(Projections.fit(data, SHORT.withSeed(1), workers, Progress.none()).toArray())
        .isNotEqualTo(Projections.fit(data, SHORT, workers, Progress.none()).toArray());
  }

  @Test
  void refusesFewerObservationsThanNeighbors() {
    Matrix data = TestData.clusters(14, 4, 2, 1, 3);
    assertThatThrownBy(() -> Projections.start(data, SHORT, workers, Progress.none()))
        .hasMessage(
            "neighbors must be at most the number of observations, 14, got 15; lower neighbors or"
                + " take more observations");
    assertThat(Projections.fit(data, SHORT.withNeighbors(14), workers, Progress.none()).toArray())
        .hasSize(28);
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> SHORT.withNeighbors(2))
        .hasMessage("neighbors must be at least 3, got 2");
    assertThatThrownBy(() -> SHORT.withMinDist(1.1))
        .hasMessageContaining("at most the spread, 1.0, got 1.1");
    assertThatThrownBy(() -> new Epochs.Fixed(1.5)).hasMessageContaining("whole number, got 1.5");
    assertThatThrownBy(() -> new UmapTuning(1, 0, 5, 1, 1, 1))
        .hasMessage("learningRate must be above 0, got 0");
    assertThat(Projections.method("umap").params(Map.of("epochs", "auto", "tuning.spread", 2)))
        .isEqualTo(UmapParams.defaults().withTuning(new UmapTuning(2, 1, 5, 1, 1, 1)));
  }

  @Test
  void labelsPullOverlappingClassesApart() {
    Matrix data = TestData.clusters(300, 10, 3, .4, 5);
    int[] labels = labels(300, 3);
    double alone =
        NeighborhoodHit.of(
                Projections.fit(data, SHORT, workers, Progress.none()).positions(),
                labels,
                6,
                workers)
            .mean();
    ProjectionRun run =
        Projections.startSupervised(data, SHORT, UmapTarget.of(labels), workers, Progress.none());
    run.step(run.iterations());
    double supervised = NeighborhoodHit.of(run.layout().positions(), labels, 6, workers).mean();
    assertThat(supervised).isGreaterThan(.97).isGreaterThan(alone + .1);
    assertThatThrownBy(() ->
            Projections.startSupervised(
                data, SHORT, UmapTarget.of(new int[7]), workers, Progress.none()))
        .hasMessage("there must be one label per observation, 300, got 7 labels");
  }

  @Test
  void placesNewObservationsNearTheirClass() {
    Matrix all = TestData.clusters(600, 20, 4, 1.5, 3);
    int[] known = new int[500];
    Arrays.setAll(known, i -> i);
    int[] fresh = new int[100];
    Arrays.setAll(fresh, i -> 500 + i);
    Matrix data = all.selectRows(known);
    Matrix added = all.selectRows(fresh);
    Layout layout = Projections.fit(data, SHORT, workers, Progress.none());
    float[] expected = null;
    for (int threads : new int[] {1, 4}) {
      try (Workers some = Workers.of(threads)) {
        Layout placed = Projections.place(data, layout, SHORT, added, some, Progress.none());
        assertThat(placed.toArray()).isEqualTo(expected == null ? placed.toArray() : expected);
        expected = placed.toArray();
      }
    }
    float[] together = Arrays.copyOf(layout.toArray(), 1200);
    System.arraycopy(expected, 0, together, 1000, 200);
    assertThat(NeighborhoodHit.of(Matrix.of(600, 2, together), labels(600, 4), 6, workers).mean())
        .isGreaterThan(.99);
    assertThatThrownBy(() ->
            Projections.place(
                data, layout, SHORT, Matrix.of(1, 2, new float[2]), workers, Progress.none()))
        .hasMessage(
            "the new observations have 2 columns but the data of the layout have 20; both must be of"
                + " the same space");
  }
}
