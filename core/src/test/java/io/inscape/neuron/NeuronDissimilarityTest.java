package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NeuronDissimilarityTest {
  @Test
  void threeUnitsAreAsUnlikeAsWorkedByHand() {
    Matrix units = Matrix.of(4, 3, new float[] {1, 4, 1, 2, 3, 0, 3, 2, 0, 4, 1, 1});
    NeuronDissimilarity pearson = of(units, NeuronMeasure.PEARSON, 1);
    assertThat(pearson.table().get(0, 1)).isCloseTo(0, within(1e-6)); // falls as the other rises
    assertThat(pearson.table().get(0, 2)).isCloseTo(1, within(1e-6));
    assertThat(pearson.table().get(2, 2)).isZero();
    NeuronDissimilarity cosine = of(units, NeuronMeasure.COSINE, 1);
    assertThat(cosine.table().get(0, 1)).isCloseTo(1 - 20.0 / 30, within(1e-6));
    assertThat(cosine.table().get(0, 2)).isCloseTo(1 - 5 / Math.sqrt(60), within(1e-6));
  }

  @Test
  void spearmanLooksAtRanksWithTiesShared() {
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: r = 4.5 / sqrt(4.5 x 5).
    Matrix units = Matrix.of(4, 3, new float[] {-9, 1, 5, 0, 2, 4, -0f, 3, 3, 1e9f, 4, -7});
    NeuronDissimilarity ranks = of(units, NeuronMeasure.SPEARMAN, 1);
    assertThat(ranks.table().get(0, 1)).isCloseTo(1 - 4.5 / Math.sqrt(22.5), within(1e-6));
    assertThat(ranks.table().get(1, 2)).isCloseTo(0, within(1e-6));
  }

  @Test
  void everyPairIsThatOfTheSlowFormula() {
    for (int[] size : new int[][] {{2, 3}, {50, 63}, {1023, 65}, {1025, 130}, {2100, 17}}) {
      Matrix units = random(size[0], size[1], 1);
      NeuronDissimilarity fast = of(units, NeuronMeasure.PEARSON, 2);
      for (int a = 0; a < size[1]; a += 3) {
        for (int b = 0; b < size[1]; b++) {
          double slow = a == b ? 0 : 1 - Math.abs(correlation(units, fast.live()[a], b));
          assertThat(fast.table().get(a, b)).isCloseTo(slow, within(2e-6));
          assertThat(fast.table().get(a, b)).isEqualTo(fast.table().get(b, a));
        }
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Matrix units = random(300, 120, 2);
    float[] one = layout(of(units, NeuronMeasure.PEARSON, 1), 1).toArray();
    assertThat(layout(of(units, NeuronMeasure.PEARSON, 2), 2).toArray()).isEqualTo(one);
    assertThat(layout(of(units, NeuronMeasure.PEARSON, 4), 4).toArray()).isEqualTo(one);
  }

  @Test
  void deadUnitsAreListedAndHaveNoPlace() {
    Matrix units = withUnit(withUnit(random(40, 9, 3), 2, _ -> 0f), 5, _ -> 7.1f);
    NeuronDissimilarity map = of(units, NeuronMeasure.COSINE, 1);
    assertThat(map.dead()).containsExactly(2, 5);
    assertThat(map.live()).containsExactly(0, 1, 3, 4, 6, 7, 8);
    assertThat(map.units()).isEqualTo(9);
    assertThat(layout(map, 1).observations()).isEqualTo(7);
  }

  @Test
  void copiesAndInvertedCopiesLandOnTheUnit() {
    for (NeuronMeasure measure : NeuronMeasure.values()) {
      Matrix base = random(200, 60, 4);
      Matrix units = withUnit(base, 30, i -> base.get(i, 7));
      Matrix both = withUnit(units, 41, i -> -base.get(i, 7));
      Matrix all =
          measure == NeuronMeasure.COSINE ? both : withUnit(both, 50, i -> 3 - 2 * base.get(i, 7));
      float[] at = layout(of(all, measure, 2), 2).toArray();
      double extent = extent(at);
      assertThat(distance(at, 7, 30)).as(measure + " copy").isLessThan(0.01 * extent);
      assertThat(distance(at, 7, 41)).as(measure + " inverted").isLessThan(0.01 * extent);
      if (measure != NeuronMeasure.COSINE) {
        assertThat(distance(at, 7, 50)).as(measure + " scaled").isLessThan(0.01 * extent);
      }
      assertThat(distance(at, 7, 8)).isGreaterThan(0.05 * extent);
    }
  }

  /// The points for t-SNE and UMAP have the distances that are promised.
  @Test
  void thePointsHaveTheNeighboursOfTheUnits() {
    Matrix base = random(150, 70, 5);
    NeuronDissimilarity map =
        of(withUnit(base, 30, i -> -base.get(i, 7)), NeuronMeasure.PEARSON, 2);
    Matrix points;
    try (Workers workers = Workers.of(2)) {
      points = UnitPoints.of(map.table(), workers);
    }
    for (int a = 0; a < 70; a++) {
      for (int b = 0; b < a; b++) {
        double alike = 1 - map.table().get(a, b);
        double squared = 0;
        for (int dim = 0; dim < 70; dim++) {
          double difference = points.get(a, dim) - points.get(b, dim);
          squared += difference * difference;
        }
        assertThat(squared).isCloseTo(2 * (1 - alike * alike), within(1e-4));
      }
    }
  }

  @Test
  void everyMethodThatTakesCorrelationsLaysThemOut() {
    NeuronDissimilarity map = of(random(100, 60, 6), NeuronMeasure.PEARSON, 1);
    List<ProjectionParams> methods =
        List.of(
            MdsParams.defaults(),
            TsneParams.defaults().withPerplexity(10).withIterations(300),
            UmapParams.defaults());
    try (Workers workers = Workers.of(2)) {
      for (ProjectionParams params : methods) {
        ProjectionRun run = map.start(params, workers, Progress.none());
        while (!run.done()) {
          run.step(50);
        }
        assertThat(run.layout().observations()).isEqualTo(60);
        assertThat(extent(run.layout().toArray())).isPositive();
      }
      assertThatThrownBy(() -> map.start(PcaParams.defaults(), workers, Progress.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "units are laid out by smacof, mds, tsne or umap, got pca, which takes observations"
                  + " and no correlations");
    }
  }

  @Test
  void aSingleUnitLandsAndOnlyDeadOnesAreRefused() {
    assertThat(layout(of(random(10, 1, 7), NeuronMeasure.PEARSON, 1), 1).observations())
        .isEqualTo(1);
    assertThatThrownBy(() -> of(Matrix.of(3, 2, new float[6]), NeuronMeasure.PEARSON, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a map of units needs at least 1 that varies, got 2 that are constant over the 3"
                + " observations");
    assertThatThrownBy(() -> of(Matrix.of(0, 2, new float[0]), NeuronMeasure.PEARSON, 1))
        .hasMessage("neurons need at least 1 observation and 1 unit, got 0 x 2");
  }

  private static NeuronDissimilarity of(Matrix units, NeuronMeasure measure, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return NeuronDissimilarity.of(units, measure, workers, Progress.none());
    }
  }

  private static Layout layout(NeuronDissimilarity map, int threads) {
    try (Workers workers = Workers.of(threads)) {
      ProjectionRun run = map.start(SmacofParams.defaults(), workers, Progress.none());
      while (!run.done()) {
        run.step(1);
      }
      return run.layout();
    }
  }

  private static double correlation(Matrix units, int a, int b) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < units.rows(); i++) {
      meanA += units.get(i, a) / (double) units.rows();
      meanB += units.get(i, b) / (double) units.rows();
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < units.rows(); i++) {
      double x = units.get(i, a) - meanA;
      double y = units.get(i, b) - meanB;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double distance(float[] at, int a, int b) {
    return Math.hypot(at[2 * a] - at[2 * b], at[2 * a + 1] - at[2 * b + 1]);
  }

  private static double extent(float[] at) {
    double most = 0;
    for (int a = 0; a < at.length / 2; a++) {
      most = Math.max(most, distance(at, 0, a));
    }
    return most;
  }

  @FunctionalInterface
  private interface Unit {
    float at(int observation);
  }

  private static Matrix withUnit(Matrix units, int unit, Unit values) {
    float[] changed = units.toArray();
    for (int i = 0; i < units.rows(); i++) {
      changed[i * units.cols() + unit] = values.at(i);
    }
    return Matrix.of(units.rows(), units.cols(), changed);
  }

  /// Units that share some causes, far from 0 and of unlike size.
  private static Matrix random(int observations, int units, long seed) {
    RandomGenerator random = Rng.of(seed, "units");
    float[] values = new float[observations * units];
    float[] causes = new float[5];
    for (int i = 0; i < observations; i++) {
      for (int cause = 0; cause < 5; cause++) {
        causes[cause] = (float) random.nextGaussian();
      }
      for (int unit = 0; unit < units; unit++) {
        double own = 0.7 * random.nextGaussian() + causes[unit % 5];
        values[i * units + unit] = (float) (own * (1 + unit) + 10);
      }
    }
    return Matrix.of(observations, units, values);
  }
}
