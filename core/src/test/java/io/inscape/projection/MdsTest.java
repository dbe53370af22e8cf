package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.mds.Smacof;
import io.inscape.projection.mds.Weights;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.MdsStart;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.StochasticMdsParams;
import io.inscape.projection.params.TsneParams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MdsTest {
  private static final SmacofParams SMACOF = SmacofParams.defaults();

  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void classicalScalingOfDistancesIsThatOfTheData() {
    for (int cols : new int[] {2, 5, 200}) { // fewer columns than rows, and more
      Matrix data = TestData.clusters(90, cols, 3, 2, 1);
      Layout direct = ClassicalMds.of(data, 2, 0, workers);
      Layout scaled = ClassicalMds.of(Dissimilarities.euclidean(data, workers), 2, 0, workers);
      for (int dim = 0; dim < 2; dim++) {
        double sign = 0;
        for (int i = 0; i < 90; i++) {
          sign += direct.positions().get(i, dim) * (double) scaled.positions().get(i, dim);
        }
        for (int i = 0; i < 90; i++) {
          assertThat(Math.signum(sign) * scaled.positions().get(i, dim))
              .isCloseTo(direct.positions().get(i, dim), within(2e-3));
        }
      }
    }
  }

  @Test
  void classicalScalingFindsAPlaneAgain() {
    Matrix plane = TestData.clusters(50, 2, 4, 2, 2);
    Dissimilarities table = Dissimilarities.euclidean(plane, workers);
    Layout found = ClassicalMds.of(table, 3, 0, workers);
    Dissimilarities again = Dissimilarities.euclidean(found.positions(), workers);
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 50; j++) {
        assertThat(again.get(i, j)).isCloseTo(table.get(i, j), within(2e-3));
      }
    }
  }

  @Test
  void dissimilaritiesThatNoSpaceHasAreLaidOut() {
    // 0-1-2 in a row of steps of 1, but 0 to 2 is 5: no triangle
    Dissimilarities table = Dissimilarities.ofCondensed(3, new float[] {1, 5, 1}, workers);
    assertThat(ClassicalMds.of(table, 2, 0, workers).toArray()).hasSize(6);
    ProjectionRun run = Projections.start(table, SMACOF, workers, Progress.none());
    run.step(300);
    Matrix at = run.layout().positions();
    // On a line the stress (a - 1)^2 + (b - 1)^2 + (a + b - 5)^2 is least at a = b = 2: 3.
    assertThat(run.energy().orElseThrow()).isCloseTo(3, within(1e-4));
    assertThat(Math.hypot(at.get(0, 0) - at.get(1, 0), at.get(0, 1) - at.get(1, 1)))
        .isCloseTo(2, within(1e-2));
  }

  @Test
  void aDescentDoesNotBeginOnALine() {
    // Squared distances on a line: scalar products with one positive axis only.
    float[] table = new float[100];
    for (int at = 0; at < 100; at++) {
      table[at] = (at / 10 - at % 10) * (at / 10 - at % 10);
    }
    Dissimilarities squares = Dissimilarities.ofSquare(Matrix.of(10, 10, table), workers);
    Matrix line = ClassicalMds.of(squares, 2, 0, workers).positions();
    Matrix start =
        Projections.start(squares, SMACOF, workers, Progress.none()).layout().positions();
    for (int i = 0; i < 10; i++) {
      assertThat(line.get(i, 1)).isZero();
      assertThat(start.get(i, 0)).isCloseTo(line.get(i, 0), within(1e-4f));
      assertThat(start.get(i, 1)).isNotZero().isBetween(-.3f, .3f);
    }
  }

  @Test
  void aStepIsTheGuttmanTransform() {
    Matrix data = TestData.tenPoints();
    Matrix start = TestData.tenPositions();
    Dissimilarities table = Dissimilarities.euclidean(data, workers);
    Smacof smacof = Smacof.start(table, axes(start), Weights.UNIFORM, workers);
    double stress = 0;
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < i; j++) {
        stress += Math.pow(table.get(i, j) - distance(start, i, j), 2);
      }
    }
    assertThat(smacof.energy()).isCloseTo(stress, within(1e-5));
    smacof.step();
    double[][] expected = new double[10][2];
    double[] mean = new double[2];
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        for (int dim = 0; dim < 2 && i != j; dim++) {
          expected[i][dim] +=
              table.get(i, j)
                  / distance(start, i, j)
                  * ((double) start.get(i, dim) - start.get(j, dim))
                  / 10;
        }
      }
      mean[0] += expected[i][0] / 10;
      mean[1] += expected[i][1] / 10;
    }
    float[] found = smacof.layout();
    for (int i = 0; i < 10; i++) {
      for (int dim = 0; dim < 2; dim++) {
        assertThat((double) found[2 * i + dim])
            .isCloseTo(expected[i][dim] - mean[dim], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Weights.class)
  void theStressNeverRises(Weights weights) {
    Matrix data = TestData.clusters(150, 12, 4, 2, 3);
    for (MdsStart start : MdsStart.values()) {
      ProjectionRun run =
          Projections.start(
              data,
              SMACOF.withWeights(weights).withStart(start).withTolerance(0),
              workers,
              Progress.none());
      double before = run.energy().orElseThrow();
      double first = before;
      while (!run.done()) {
        run.step(1);
        double now = run.energy().orElseThrow();
        assertThat(now).isLessThanOrEqualTo(before);
        before = now;
      }
      assertThat(before).isLessThan(.9 * first);
    }
  }

  @Test
  void threeDimensionsHoldDistancesBetterThanTwo() {
    Matrix data = TestData.clusters(200, 20, 5, 2, 4);
    for (ProjectionParams flat :
        List.of(SMACOF, StochasticMdsParams.defaults(), SMACOF.withWeights(Weights.SAMMON))) {
      ProjectionParams deep =
          switch (flat) {
            case SmacofParams smacof -> smacof.withDimensions(3);
            default -> StochasticMdsParams.defaults().withDimensions(3);
          };
      assertThat(stress1(data, deep)).isLessThan(stress1(data, flat));
    }
  }

  @Test
  void sammonsWeightsKeepSmallDistancesBetter() {
    Matrix data = TestData.clusters(150, 12, 4, 4, 5);
    Dissimilarities table = Dissimilarities.euclidean(data, workers);
    double[] error = new double[2];
    for (Weights weights : Weights.values()) {
      Matrix at =
          Projections.fit(data, SMACOF.withWeights(weights), workers, Progress.none()).positions();
      for (int i = 0; i < 150; i++) {
        for (int j = 0; j < i; j++) {
          double target = table.get(i, j);
          error[weights.ordinal()] += Math.pow(target - distance(at, i, j), 2) / target;
        }
      }
    }
    assertThat(error[1]).isLessThan(error[0]);
  }

  @Test
  void itEndsWhenTheStressHardlyFalls() {
    Matrix data = TestData.clusters(80, 8, 3, 2, 6);
    ProjectionRun run =
        Projections.start(
            data, SMACOF.withTolerance(1e-3).withIterations(5000), workers, Progress.none());
    while (!run.done()) {
      run.step(1);
    }
    assertThat(run.iteration()).isBetween(2, 1000).isEqualTo(run.iterations());
    assertThat(run.details()).containsEntry("converged", true).containsKeys("stress", "stress1");
  }

  @Test
  void aPlaneIsLaidOutWithoutStress() {
    Matrix plane = TestData.clusters(70, 2, 4, 2, 7);
    ProjectionRun run = Projections.start(plane, SMACOF, workers, Progress.none());
    run.step(300);
    assertThat((double) run.details().get("stress1")).isLessThan(1e-3);
    ProjectionRun random =
        Projections.start(
            plane,
            SMACOF.withStart(MdsStart.RANDOM).withIterations(2000),
            workers,
            Progress.none());
    random.step(2000);
    assertThat((double) random.details().get("stress1")).isLessThan(.2);
  }

  @Test
  void stochasticScalingComesNearMajorisation() {
    Matrix data = TestData.clusters(500, 30, 5, 1, 8);
    double all = stress1(data, SMACOF);
    assertThat(stress1(data, StochasticMdsParams.defaults())).isBetween(.98 * all, 1.02 * all);
    ProjectionRun run =
        Projections.start(data, StochasticMdsParams.defaults(), workers, Progress.none());
    double before = run.energy().orElseThrow();
    run.step(150);
    assertThat(run.energy().orElseThrow()).isLessThan(.9 * before);
  }

  @Test
  void stochasticScalingEstimatesItsStressOnASampleOfMany() {
    Matrix data = TestData.clusters(2500, 6, 5, 1, 9);
    ProjectionRun run =
        Projections.start(
            data, StochasticMdsParams.defaults().withIterations(10), workers, Progress.none());
    run.step(10);
    assertThat(run.details()).containsEntry("stressMeasuredOn", 1024);
    Smacof all =
        Smacof.start(
            Dissimilarities.euclidean(data, workers),
            axes(run.layout().positions()),
            Weights.UNIFORM,
            workers);
    assertThat(run.energy().orElseThrow()).isBetween(.93 * all.energy(), 1.07 * all.energy());
    assertThat((double) run.details().get("stress1")).isCloseTo(all.stress1(), within(.01));
  }

  @Test
  void fewObservationsAreLaidOut() {
    for (ProjectionParams params :
        List.of(MdsParams.defaults(), SMACOF, StochasticMdsParams.defaults())) {
      for (int n = 1; n <= 3; n++) {
        Matrix data = TestData.clusters(n, 4, 1, 1, 10);
        float[] layout = Projections.fit(data, params, workers, Progress.none()).toArray();
        assertThat(layout).hasSize(2 * n);
        double apart = n == 1 ? 0 : Math.hypot(layout[0] - layout[2], layout[1] - layout[3]);
        double target = n == 1 ? 0 : distance(data, 0, 1);
        assertThat(apart).isCloseTo(target, within(.01));
      }
    }
  }

  @Test
  void stagesAreReportedInOrder() {
    List<String> stages = new ArrayList<>();
    Projections.fit(TestData.tenPoints(), SMACOF, workers, (stage, _) -> stages.add(stage));
    assertThat(stages.stream().distinct()).containsExactly("distances", "start", "layout");
  }

  @Test
  void onlyDistanceMethodsTakeDissimilarities() {
    Dissimilarities table = Dissimilarities.ofCondensed(3, new float[] {1, 2, 2}, workers);
    assertThat(Projections.start(table, MdsParams.defaults(), workers, Progress.none()).done())
        .isTrue();
    assertThatThrownBy(
            () -> Projections.start(table, TsneParams.defaults(), workers, Progress.none()))
        .hasMessage(
            "dissimilarities can be laid out by mds and smacof, got tsne, which needs the data");
  }

  private double stress1(Matrix data, ProjectionParams params) {
    Layout layout = Projections.fit(data, params, workers, Progress.none());
    return Smacof.start(
            Dissimilarities.euclidean(data, workers),
            axes(layout.positions()),
            Weights.UNIFORM,
            workers)
        .stress1();
  }

  private static float[][] axes(Matrix positions) {
    float[][] axes = new float[positions.cols()][positions.rows()];
    for (int dim = 0; dim < axes.length; dim++) {
      for (int i = 0; i < axes[dim].length; i++) {
        axes[dim][i] = positions.get(i, dim);
      }
    }
    return axes;
  }

  private static double distance(Matrix points, int i, int j) {
    double squared = 0;
    for (int col = 0; col < points.cols(); col++) {
      squared += Math.pow((double) points.get(i, col) - points.get(j, col), 2);
    }
    return Math.sqrt(squared);
  }
}
