package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DiscriminativeScoresTest {
  private static final ForestParams FEW = ForestParams.defaults().withTrees(60);

  @Test
  void everyClassSumsToOne() {
    Layer layer = Layer.draw(1, 200, 40, 4);
    DiscriminativeScores scores = scores(layer, 4, FEW, 2);
    for (int target = 0; target < 4; target++) {
      double sum = 0;
      for (int unit = 0; unit < 40; unit++) {
        sum += scores.get(target, unit);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Layer layer = Layer.draw(2, 150, 30, 3);
    float[] one = scores(layer, 3, FEW, 1).toArray();
    assertThat(scores(layer, 3, FEW, 2).toArray()).isEqualTo(one);
    assertThat(scores(layer, 3, FEW, 4).toArray()).isEqualTo(one);
    assertThat(scores(layer, 3, FEW.withSeed(1), 1).toArray()).isNotEqualTo(one);
  }

  @Test
  void aPlantedIndicatorIsTheStrongestOfItsClass() {
    for (long seed = 0; seed < 5; seed++) {
      Layer layer = Layer.draw(seed, 300, 50, 5);
      for (int i = 0; i < 300; i++) {
        layer.values[i * 50 + 17] = layer.labels[i] == 3 ? 1 : 0;
      }
      DiscriminativeScores scores = scores(layer, 5, FEW.withSeed(seed), 2);
      assertThat(scores.strongest(3, 5)[0]).as("seed " + seed).isEqualTo(17);
      assertThat(scores.bestClass(17)).hasValue(3);
      assertThat(scores.profile(17)[3]).isEqualTo(scores.get(3, 17)).isGreaterThan(0.1f);
    }
  }

  @Test
  void aPermutedOrderOfObservationsTellsTheSameWithinTheSpread() {
    Layer layer = Layer.draw(3, 200, 12, 2);
    Layer turned = layer.reversed();
    ForestParams many = FEW.withTrees(2000);
    DiscriminativeScores one = scores(layer, 2, many, 2);
    DiscriminativeScores other = scores(turned, 2, many, 2);
    for (int unit = 0; unit < 12; unit++) {
      assertThat(other.get(0, unit)).isCloseTo(one.get(0, unit), within(0.01f));
    }
  }

  @Test
  void scalingAndShiftingAUnitChangesNothing() {
    Layer layer = Layer.draw(4, 120, 20, 3);
    float[] before = scores(layer, 3, FEW, 1).toArray();
    for (int i = 0; i < 120; i++) {
      layer.values[i * 20 + 5] *= 4; // exact in float, so that the cuts fall alike
    }
    assertThat(scores(layer, 3, FEW, 1).toArray()).isEqualTo(before);
  }

  @Test
  void deadUnitsAreListedAndScoreNothing() {
    Layer layer = Layer.draw(5, 100, 10, 2);
    for (int i = 0; i < 100; i++) {
      layer.values[i * 10 + 2] = 0;
      layer.values[i * 10 + 9] = -3.5f;
    }
    DiscriminativeScores scores = scores(layer, 2, FEW, 2);
    assertThat(scores.dead()).containsExactly(2, 9);
    assertThat(scores.profile(2)).containsOnly(0);
    assertThat(scores.bestClass(9)).isEmpty();
    assertThat(scores.strongest(0, 10)).hasSizeLessThanOrEqualTo(8).doesNotContain(2, 9);
  }

  @Test
  void aClassWithoutObservationsIsSkipped() {
    Layer layer = Layer.draw(6, 100, 10, 2);
    DiscriminativeScores scores = scores(layer, 4, FEW, 2);
    assertThat(scores.skipped()).containsExactly(2, 3);
    assertThat(scores.strongest(3, 10)).isEmpty();
    try (Workers workers = Workers.of(1)) {
      SeedSpread spread = SeedSpread.of(scores, scores, workers);
      assertThat(spread.spearman()).containsExactly(1.0, 1.0, null, null);
      assertThat(spread.meanSpearman()).isEqualTo(1);
    }
  }

  @Test
  void oneUnitAndOnlyDeadUnitsAreNoReasonToFail() {
    Layer one = Layer.draw(7, 50, 1, 2);
    assertThat(scores(one, 2, FEW, 2).toArray()).containsExactly(1, 1);
    Arrays.fill(one.values, 2);
    DiscriminativeScores dead = scores(one, 2, FEW, 2);
    assertThat(dead.toArray()).containsExactly(0, 0);
    assertThat(dead.dead()).containsExactly(0);
  }

  @Test
  void moreTreesSpreadLess() {
    Layer layer = Layer.draw(8, 300, 60, 3);
    assertThat(spread(layer, 800)).isGreaterThan(spread(layer, 20));
    assertThat(spread(layer, 800)).isBetween(0.5, 1.0);
  }

  private static double spread(Layer layer, int trees) {
    ForestParams params = FEW.withTrees(trees);
    try (Workers workers = Workers.of(2)) {
      return SeedSpread.of(
              scores(layer, 3, params, 2), scores(layer, 3, params.withSeed(1), 2), workers)
          .meanSpearman();
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    Layer layer = Layer.draw(9, 20, 4, 2);
    refuses(layer.labels(new int[19]), 2, "each of the 20 observations needs a label, got 19");
    refuses(layer, 1, "telling classes apart needs at least 2 of them, got 1");
    int[] wrong = layer.labels.clone();
    wrong[7] = 2;
    refuses(layer.labels(wrong), 2, "labels must be in [0, 2), got 2 at observation 7");
    refuses(
        layer.labels(new int[20]),
        2,
        "telling classes apart needs observations of at least 2 classes, got all 20 in one;"
            + " take a sample with more classes");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> FEW.withTrees(0)).hasMessage("trees must be at least 1, got 0");
    assertThatThrownBy(() -> FEW.withLeaf(0)).hasMessage("leaf must be at least 1, got 0");
    assertThatThrownBy(() -> FEW.withSplit(1)).hasMessage("split must be at least 2, got 1");
    assertThatThrownBy(() -> FeatureCount.of(0)).hasMessage("features must be at least 1, got 0");
    assertThatThrownBy(() -> DepthLimit.of(2.5))
        .hasMessage("depth must be a whole number, got 2.5");
    assertThatThrownBy(() -> DepthLimit.of(Double.NaN)).hasMessageContaining("NaN");
    assertThat(FeatureCount.auto().among(1)).isEqualTo(1);
    assertThat(FeatureCount.auto().among(1000)).isEqualTo(31);
    assertThat(FeatureCount.of(50).among(7)).isEqualTo(7);
  }

  private static void refuses(Layer layer, int classes, String message) {
    assertThatThrownBy(() -> scores(layer, classes, FEW, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static DiscriminativeScores scores(
      Layer layer, int classes, ForestParams params, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return DiscriminativeScores.of(
          layer.matrix(), layer.labels, classes, params, workers, Progress.none());
    }
  }

  /// Activations like those of a layer with ReLU, of which each unit leans to a class.
  private record Layer(float[] values, int[] labels, int units) {
    static Layer draw(long seed, int observations, int units, int classes) {
      RandomGenerator random = Rng.of(seed, "layer");
      float[] values = new float[observations * units];
      int[] labels = new int[observations];
      for (int i = 0; i < observations; i++) {
        labels[i] = i % classes;
        for (int unit = 0; unit < units; unit++) {
          double lean = unit % classes == labels[i] ? 0.02 * unit : 0;
          values[i * units + unit] = (float) Math.max(0, random.nextGaussian() + lean);
        }
      }
      return new Layer(values, labels, units);
    }

    Layer labels(int[] changed) {
      return new Layer(values, changed, units);
    }

    Layer reversed() {
      float[] turned = new float[values.length];
      int[] turnedLabels = new int[labels.length];
      for (int i = 0; i < labels.length; i++) {
        turnedLabels[i] = labels[labels.length - 1 - i];
        System.arraycopy(values, (labels.length - 1 - i) * units, turned, i * units, units);
      }
      return new Layer(turned, turnedLabels, units);
    }

    Matrix matrix() {
      return Matrix.of(values.length / units, units, values);
    }
  }
}
