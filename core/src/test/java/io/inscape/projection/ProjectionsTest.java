package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.projection.mds.Weights;
import io.inscape.projection.params.Epochs;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.MdsStart;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.StochasticMdsParams;
import io.inscape.projection.params.TsneForces;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import io.inscape.projection.tsne.RepulsionMethod;
import io.inscape.quality.NeighborhoodHit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProjectionsTest {
  private static final TsneParams SHORT =
      TsneParams.defaults().withPerplexity(10).withIterations(120);

  private final Workers workers = Workers.of(2);

  static List<ProjectionParams> everyMethod() {
    return List.of(
        PcaParams.defaults(),
        PcaParams.defaults().withDimensions(3),
        SHORT,
        SHORT.withDimensions(3).withSeed(4),
        MdsParams.defaults(),
        MdsParams.defaults().withDimensions(3),
        SmacofParams.defaults().withIterations(40),
        SmacofParams.defaults()
            .withDimensions(3)
            .withWeights(Weights.SAMMON)
            .withStart(MdsStart.RANDOM)
            .withIterations(20),
        StochasticMdsParams.defaults().withIterations(20),
        StochasticMdsParams.defaults().withDimensions(3).withStart(MdsStart.RANDOM),
        UmapParams.defaults().withEpochs(Epochs.of(40)),
        UmapParams.defaults().withDimensions(3).withEpochs(Epochs.of(20)).withSeed(4),
        SHORT.withForces(TsneForces.defaults().withRepulsion(RepulsionMethod.FFT)),
        SHORT
            .withDimensions(3)
            .withMetric(Metric.COSINE)
            .withForces(TsneForces.defaults().withRepulsion(RepulsionMethod.BARNES_HUT)));
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void givesTheSameBytesOnAnyNumberOfThreads(ProjectionParams params) {
    Matrix data = TestData.clusters(300, 40, 5, 3, 1);
    float[] expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers some = Workers.of(threads)) {
        float[] layout = Projections.fit(data, params, some, Progress.none()).toArray();
        assertThat(layout).hasSize(300 * params.dimensions());
        assertThat(layout).isEqualTo(expected == null ? layout : expected);
        expected = layout;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void takesDuplicatesConstantColumnsAndConstantData(ProjectionParams params) {
    float[] values = TestData.clusters(60, 5, 2, 3, 1).toArray();
    for (int row = 0; row < 60; row++) {
      values[row * 5 + 2] = 7; // a constant column
      System.arraycopy(values, row / 20 * 100, values, row * 5, 5); // three rows, twenty times each
    }
    Matrix duplicates = Matrix.of(60, 5, values);
    assertThat(Projections.fit(duplicates, params, workers, Progress.none()).observations())
        .isEqualTo(60);
    Matrix constant = Matrix.of(60, 1, new float[60]);
    assertThat(Projections.fit(constant, params, workers, Progress.none()).observations())
        .isEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void refusesDataWithoutRowsOrColumns(ProjectionParams params) {
    assertThatThrownBy(() ->
            Projections.start(Matrix.of(50, 0, new float[0]), params, workers, Progress.none()))
        .hasMessage("a projection needs at least 1 observation and 1 column, got 50 x 0");
    assertThatThrownBy(() ->
            Projections.start(Matrix.of(0, 3, new float[0]), params, workers, Progress.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void steppingIsTheSameAsFitting(ProjectionParams params) {
    Matrix data = TestData.clusters(100, 8, 3, 3, 2);
    ProjectionRun run = Projections.start(data, params, workers, Progress.none());
    int seen = 0;
    while (!run.done()) {
      run.step(7);
      assertThat(run.iteration()).isEqualTo(Math.min(seen += 7, run.iterations()));
    }
    run.step(5);
    assertThat(run.iteration()).isEqualTo(run.iterations());
    assertThat(run.layout().toArray())
        .isEqualTo(Projections.fit(data, params, workers, Progress.none()).toArray());
  }

  @Test
  void everyMethodIsListedWithItsParameters() {
    assertThat(Projections.methods())
        .extracting(ProjectionMethod::type)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProjectionParams.class.getPermittedSubclasses())
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList());
    for (ProjectionMethod method : Projections.methods()) {
      assertThat(method.params(Map.of()).method()).isEqualTo(method.name());
      assertThat(method.parameters()).isNotEmpty();
    }
    assertThatThrownBy(() -> Projections.method("som"))
        .hasMessage("no projection method som; there are tsne, umap, pca, mds, smacof, smds");
  }

  @Test
  void tsneSeparatesClustersAndLowersItsEnergy() {
    Matrix data = TestData.clusters(400, 30, 5, 1.5, 3);
    int[] labels = new int[400];
    Arrays.setAll(labels, i -> i % 5);
    ProjectionRun run =
        Projections.start(data, SHORT.withIterations(500), workers, Progress.none());
    run.step(250);
    double early = run.energy().orElseThrow();
    run.step(250);
    double late = run.energy().orElseThrow();
    assertThat(late).isLessThan(early).isBetween(0.0, 2.0);
    double hit = NeighborhoodHit.of(run.layout().positions(), labels, 6, workers).mean();
    assertThat(hit).isGreaterThan(.99);
    assertThat(NeighborhoodHit.baseline(labels)).isCloseTo(.2, within(.01));
  }

  @Test
  void tsneTakesDuplicatesApartOnlySlightlyAndStaysCentred() {
    float[] values = TestData.clusters(100, 4, 4, 5, 3).toArray();
    System.arraycopy(values, 0, values, 4, 4);
    Layout layout =
        Projections.fit(
            Matrix.of(100, 4, values), SHORT.withIterations(400), workers, Progress.none());
    Matrix at = layout.positions();
    double apart = Math.hypot(at.get(0, 0) - at.get(1, 0), at.get(0, 1) - at.get(1, 1));
    assertThat(apart).isLessThan(1);
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += at.get(i, 0);
    }
    assertThat(sum / 100).isCloseTo(0, within(1e-4));
  }

  @Test
  void anotherSeedGivesAnotherTsneLayout() {
    Matrix data = TestData.clusters(60, 4, 2, 1, 3);
    assertThat(Projections.fit(data, SHORT.withSeed(1), workers, Progress.none()).toArray())
        .isNotEqualTo(Projections.fit(data, SHORT, workers, Progress.none()).toArray());
  }

  @Test
  void tsneRefusesAPerplexityThatTheDataCannotHold() {
    Matrix data = TestData.clusters(30, 4, 2, 1, 3);
    assertThatThrownBy(() -> Projections.start(data, SHORT, workers, Progress.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most a third of the other observations, 9, got 10.0");
    assertThat(Projections.fit(data, SHORT.withPerplexity(9), workers, Progress.none()).toArray())
        .hasSize(60);
  }

  @Test
  void tsneStartsFromAGivenLayout() {
    Matrix data = TestData.clusters(60, 4, 2, 1, 3);
    Layout given = Layout.of(TestData.clusters(60, 2, 2, 1, 9));
    ProjectionRun run = Projections.startFrom(data, SHORT, given, workers, Progress.none());
    assertThat(run.layout().toArray()).isEqualTo(given.toArray());
    assertThatThrownBy(() ->
            Projections.startFrom(data, SHORT.withDimensions(3), given, workers, Progress.none()))
        .hasMessageContaining("must be 60 x 3 like the data and parameters, got 60 x 2");
  }

  @Test
  void anInterruptEndsTheFitAndKeepsTheLayout() {
    Matrix data = TestData.clusters(60, 4, 2, 1, 3);
    ProjectionRun run = Projections.start(data, SHORT, workers, Progress.none());
    run.step(5);
    List<Double> fractions = new ArrayList<>();
    Layout layout =
        Projections.fit(
            data,
            SHORT,
            workers,
            (stage, fraction) -> {
              if (stage.equals("layout")) {
                fractions.add(fraction);
                if (fractions.size() == 5) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fractions).hasSize(5);
    assertThat(layout.toArray()).isEqualTo(run.layout().toArray());
  }

  @Test
  void anInterruptedStepLeavesTheRunWhole() {
    Matrix data = TestData.clusters(60, 4, 2, 1, 3);
    ProjectionRun run = Projections.start(data, SHORT, workers, Progress.none());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run.step(3)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.iteration()).isZero();
    run.step(run.iterations());
    assertThat(run.layout().toArray())
        .isEqualTo(Projections.fit(data, SHORT, workers, Progress.none()).toArray());
  }

  @Test
  void everyWayOfSummingTheRepulsionReachesTheSameEnergy() {
    Matrix data = TestData.clusters(500, 20, 5, 1, 3);
    double exact = 0;
    for (RepulsionMethod method :
        new RepulsionMethod[] {
          RepulsionMethod.EXACT, RepulsionMethod.FFT, RepulsionMethod.BARNES_HUT
        }) {
      TsneParams params =
          SHORT.withIterations(500).withForces(TsneForces.defaults().withRepulsion(method));
      ProjectionRun run = Projections.start(data, params, workers, Progress.none());
      run.step(500);
      double energy = run.energy().orElseThrow();
      exact = exact == 0 ? energy : exact;
      assertThat(energy).isCloseTo(exact, within(.03 * exact));
      assertThat(run.details()).containsEntry("repulsion", method.word());
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotChangeTheQuality() {
    Matrix data = TestData.clusters(300, 20, 5, 1, 3);
    int[] shuffled = new int[300];
    Arrays.setAll(shuffled, i -> i * 7 % 300);
    TsneParams params = SHORT.withIterations(400);
    ProjectionRun run = Projections.start(data, params, workers, Progress.none());
    ProjectionRun other =
        Projections.start(data.selectRows(shuffled), params, workers, Progress.none());
    run.step(400);
    other.step(400);
    double energy = run.energy().orElseThrow();
    assertThat(other.energy().orElseThrow()).isCloseTo(energy, within(.05 * energy));
  }

  @Test
  void manyPointsAreReorderedInMemoryOnly() {
    Matrix data = TestData.clusters(20_500, 3, 4, 4, 5);
    TsneParams params = SHORT.withPerplexity(2).withIterations(80);
    ProjectionRun run = Projections.start(data, params, workers, Progress.none());
    run.step(80);
    int[] labels = new int[20_500];
    Arrays.setAll(labels, i -> i % 4);
    int[] some = new int[500];
    Arrays.setAll(some, i -> i * 41);
    int[] someLabels = Arrays.stream(some).map(i -> labels[i]).toArray();
    Matrix positions = run.layout().positions().selectRows(some);
    assertThat(NeighborhoodHit.of(positions, someLabels, 6, workers).mean()).isGreaterThan(.9);
  }

  @Test
  void newObservationsGoWhereTheirKindIs() {
    Matrix all = TestData.clusters(330, 10, 3, 3, 8);
    int[] first = new int[300];
    int[] rest = new int[30];
    Arrays.setAll(first, i -> i);
    Arrays.setAll(rest, i -> 300 + i);
    Matrix data = all.selectRows(first);
    Matrix added = all.selectRows(rest);
    for (ProjectionParams params : everyMethod()) {
      Layout layout = Projections.fit(data, params, workers, Progress.none());
      Layout placed = Projections.place(data, layout, params, added, workers, Progress.none());
      assertThat(placed.observations()).isEqualTo(30);
      for (int i = 0; i < 30; i++) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < 300; j++) {
          double squared = 0;
          for (int dim = 0; dim < params.dimensions(); dim++) {
            double difference = placed.positions().get(i, dim) - layout.positions().get(j, dim);
            squared += difference * difference;
          }
          if (squared < least) {
            least = squared;
            nearest = j;
          }
        }
        assertThat(nearest % 3).isEqualTo(i % 3);
      }
    }
    Layout layout = Layout.of(TestData.clusters(10, 2, 2, 1, 1));
    assertThatThrownBy(
            () -> Projections.place(data, layout, SHORT, added, workers, Progress.none()))
        .hasMessageContaining("the layout has 10 observations but the data have 300");
  }

  @Test
  void theGridIsRefusedForThreeDimensions() {
    TsneParams params = SHORT.withForces(TsneForces.defaults().withRepulsion(RepulsionMethod.FFT));
    assertThatThrownBy(() -> params.withDimensions(3))
        .hasMessage("repulsion fft is for 2 dimensions, got 3; take barnes-hut, exact or auto");
  }
}
