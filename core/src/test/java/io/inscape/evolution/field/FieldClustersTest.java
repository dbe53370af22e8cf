package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class FieldClustersTest {
  private static final Box BAND = new Box(-1, -.4, -.8, .4);
  private static final Box BAND_END = new Box(.8, -.4, 1, .4);
  private static final Box SQUARE = new Box(-.7, -.7, .7, .7);
  private static final int EACH = 80;

  /// A bundle to the right, one to the left in the same place, and a rotating one across both.
  private static Flows bundles(long seed) {
    RandomGenerator random = Rng.of(seed, "noise");
    double noise = .1;
    return new Flows()
        .follow((_, _) -> noisy(1, 0, noise, random), BAND, EACH, 9, .2, seed)
        .follow((_, _) -> noisy(-1, 0, noise, random), BAND_END, EACH, 9, .2, seed + 100)
        .follow((x, y) -> noisy(-2 * y, 2 * x, noise, random), SQUARE, EACH, 9, .2, seed + 200);
  }

  private static double[] noisy(double x, double y, double noise, RandomGenerator random) {
    return new double[] {x + noise * random.nextGaussian(), y + noise * random.nextGaussian()};
  }

  @Test
  void oppositeBundlesAndARotatingOneAreToldApart() {
    for (long seed = 0; seed < 6; seed++) {
      Trajectories trajectories = bundles(seed).made();
      VectorFields fit = Flows.fit(trajectories, new FieldParams(20, .05, 3));
      int[] truth = new int[3 * EACH];
      Arrays.setAll(truth, at -> at / EACH);

      assertThat(adjustedRandIndex(truth, fit.assignment())).as("seed %d", seed).isGreaterThan(.95);
      assertFalls(fit.energies());
      assertThat(fit.energies().getLast()).isEqualTo(fit.energy());
    }
  }

  @Test
  void energyNeverRisesForAnyNumberOfFields() {
    try (Workers workers = Workers.of(2)) {
      for (int fields = 1; fields <= 6; fields++) {
        for (long seed = 0; seed < 3; seed++) {
          Trajectories trajectories = new Flows().wander(120, 4, seed).made();
          FieldParams params = new FieldParams(12, .1, fields);
          FieldClusters clusters =
              new FieldClusters(trajectories, new TriangleGrid(Flows.UNIT, 12), params, workers);
          int[] start = new int[120];
          int count = fields;
          Arrays.setAll(start, at -> at % count);
          clusters.run(start, Progress.none());

          assertFalls(clusters.energies());
          assertThat(clusters.energies().size()).isGreaterThan(fields == 1 ? 0 : 3);
          assertThat(clusters.energy()).isEqualTo(clusters.energies().getLast());
          VectorFields fit = Flows.fit(trajectories, Flows.UNIT, params);
          assertFalls(fit.energies());
          assertThat(fit.energy()).isLessThan(clusters.energy() * 1.05);
        }
      }
    }
  }

  private static void assertFalls(List<Double> energies) {
    for (int at = 1; at < energies.size(); at++) {
      assertThat(energies.get(at)).isLessThanOrEqualTo(energies.get(at - 1));
    }
  }

  @Test
  void everyTrajectoryEndsInTheFieldThatDescribesItBest() {
    Trajectories trajectories = new Flows().wander(100, 4, 5).made();
    VectorFields fit = Flows.fit(trajectories, new FieldParams(10, .1, 4));
    FieldErrors errors = new FieldErrors(trajectories, fit.triangles());
    double[][] fields = {fit.values(0), fit.values(1), fit.values(2), fit.values(3)};
    double[] target = new double[4];
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      errors.of(trajectory, fields, target);
      double least = Arrays.stream(target).min().orElseThrow();
      assertThat(target[fit.assignment(trajectory)]).isCloseTo(least, within(1e-9));
      assertThat((double) fit.dissimilarity()[trajectory])
          .isCloseTo(least / trajectories.duration(trajectory), within(1e-6));
    }
  }

  @Test
  void oneFieldForTwoOppositeBundlesIsNearlyZero() {
    Flows flows = new Flows();
    for (int i = 0; i < 40; i++) {
      double y = -.4 + .02 * i;
      flows.track(-1, y, 0, 1, y, 2).track(1, y, 0, -1, y, 2);
    }
    VectorFields one = Flows.fit(flows.made(), FieldParams.defaults());
    assertThat(Arrays.stream(one.values()).map(Math::abs).max().orElseThrow()).isLessThan(1e-9);
    assertThat(Streamlines.of(one, 0, StreamlineParams.defaults()).lines()).isZero();
    assertThat(Responsibility.of(one).responsibility())
        .containsOnly(new float[] {0}, within(1e-6f));

    VectorFields two = Flows.fit(flows.made(), FieldParams.defaults().withFields(2));
    assertThat(two.energy()).isLessThan(1e-12);
    assertThat(Responsibility.of(two).responsibility())
        .containsOnly(new float[] {1}, within(1e-5f));
  }

  @Test
  void moreFieldsThanKindsOfTrajectoriesLeaveSomeEmpty() {
    Flows flows = new Flows();
    for (int i = 0; i < 8; i++) {
      flows.track(0, 0, 0, 1, 1, 1).track(0, 1, 0, 1, 0, 1);
    }
    VectorFields fit = Flows.fit(flows.made(), new FieldParams(8, .1, 6));

    assertThat(Arrays.stream(fit.assignment()).distinct().count()).isEqualTo(2);
    assertThat(fit.energy()).isLessThan(1e-20);
    assertThat(fit.assignment()[0]).isNotEqualTo(fit.assignment()[1]);
    for (int field = 0; field < 6; field++) {
      int its = field;
      if (Arrays.stream(fit.assignment()).noneMatch(at -> at == its)) {
        assertThat(fit.values(field)).containsOnly(0);
        assertThat(fit.coverage(field)).containsOnly(0);
      }
    }
  }

  @Test
  void aFieldWithoutTrajectoriesTakesTheOneThatGainsMost() {
    Flows flows = new Flows().track(0, .9, 0, .5, 1, 1); // the odd one, slower
    for (int i = 0; i < 10; i++) {
      flows.track(0, .05 * i, 0, 1, .05 * i, 1);
    }
    Trajectories trajectories = flows.track(1, .5, 0, 0, .5, 1).made(); // the one that turns back
    FieldParams params = new FieldParams(6, .9, 2);
    TriangleGrid grid = new TriangleGrid(Flows.UNIT, 6);
    try (Workers workers = Workers.of(1)) {
      FieldClusters clusters = new FieldClusters(trajectories, grid, params, workers);
      clusters.run(new int[12], Progress.none());

      assertThat(clusters.assignment()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
      assertFalls(clusters.energies());
      assertThat(clusters.energies()).hasSizeGreaterThan(1);
      assertThat(clusters.fields()[1][0]).isCloseTo(-1, within(1e-6));
    }
  }

  @Test
  void noFieldStaysEmptyWhereOneMoreHelps() {
    for (long seed = 0; seed < 10; seed++) {
      Trajectories trajectories = new Flows().wander(14, 3, seed).made();
      VectorFields fit = Flows.fit(trajectories, new FieldParams(5, .6, 6));
      assertThat(Arrays.stream(fit.assignment()).distinct().count()).isEqualTo(6);
      assertFalls(fit.energies());
    }
  }

  static double adjustedRandIndex(int[] truth, int[] found) {
    double[][] table = new double[8][8];
    for (int at = 0; at < truth.length; at++) {
      table[truth[at]][found[at]]++;
    }
    double together = 0;
    double rows = 0;
    double cols = 0;
    for (int a = 0; a < 8; a++) {
      double row = 0;
      double col = 0;
      for (int b = 0; b < 8; b++) {
        together += pairs(table[a][b]);
        row += table[a][b];
        col += table[b][a];
      }
      rows += pairs(row);
      cols += pairs(col);
    }
    double expected = rows * cols / pairs(truth.length);
    return (together - expected) / ((rows + cols) / 2 - expected);
  }

  private static double pairs(double count) {
    return count * (count - 1) / 2;
  }
}
