package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Units of 0 and 1 can be cut in one way only, so that a tree that draws all of them is known in
/// advance.
final class TreeGrowerTest {
  private static final ForestParams ALL =
      ForestParams.defaults().withFeatures(FeatureCount.of(1_000_000));

  private static int cuts;

  @Test
  void aUnitThatIsTheClassGainsAllInOneCut() {
    float[][] rows = {{0, 1, 7}, {0, 0, 7}, {1, 1, 7}, {1, 0, 7}};
    double[] gain = grow(rows, new boolean[] {false, false, true, true}, ALL);
    assertThat(cuts).isEqualTo(1);
    // Gini of two and two is 1/2; times four observations.
    assertThat(gain).containsExactly(2, 0, 0);
  }

  @Test
  void theTreeOfAConjunctionIsTheOneWorkedByHand() {
    // Hit where a and b are 1. Eight observations, a = 1 on five of them, b on three.
    float[][] rows = {
      {1, 1, 0}, {1, 1, 1}, {1, 0, 0}, {1, 0, 1}, {1, 0, 0}, {0, 1, 1}, {0, 0, 0}, {0, 0, 1}
    };
    boolean[] hit = {true, true, false, false, false, false, false, false};
    double[] gain = grow(rows, hit, ALL);
    // Root: 8 x (1 - (1/4)^2 - (3/4)^2) = 3. Cut at b: 3 x (1 - (2/3)^2 - (1/3)^2) = 4/3 is left of
    // it; at a: 5 x (1 - (2/5)^2 - (3/5)^2) = 2.4 would be. So b first, then a with what is left.
    assertThat(cuts).isEqualTo(2);
    assertThat(gain[1]).isCloseTo(3 - 4.0 / 3, within(1e-12));
    assertThat(gain[0]).isCloseTo(4.0 / 3, within(1e-12));
    assertThat(gain[2]).isZero();
  }

  @Test
  void anExclusiveOrIsCutThoughTheFirstCutGainsNothing() {
    float[][] rows = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    double[] gain = grow(rows, new boolean[] {false, true, true, false}, ALL);
    assertThat(cuts).isEqualTo(3);
    assertThat(gain[0] + gain[1]).isEqualTo(2);
    assertThat(Math.min(gain[0], gain[1])).isZero();
  }

  @Test
  void depthLeafAndSplitEndTheTree() {
    float[][] rows = {{1, 1}, {1, 1}, {1, 0}, {1, 0}, {0, 1}, {0, 0}, {0, 0}, {0, 0}};
    boolean[] hit = {true, true, false, false, false, false, false, false};
    double[] gain = grow(rows, hit, ALL.withDepth(DepthLimit.of(1)));
    assertThat(cuts).isEqualTo(1);
    assertThat(gain[0] + gain[1]).isCloseTo(3 - 4.0 / 3, within(1e-12));
    grow(rows, hit, ALL.withSplit(9));
    assertThat(cuts).isZero();
    grow(rows, hit, ALL.withLeaf(3));
    assertThat(cuts).isEqualTo(1); // three and five, or four and four, of which no part has six
    gain = grow(rows, hit, ALL.withLeaf(4));
    assertThat(gain[0]).isCloseTo(1, within(1e-12)); // 3 - 4 x 1/2: the cut in four and four
    assertThat(gain[1]).isZero();
    grow(rows, hit, ALL.withLeaf(5));
    assertThat(cuts).isZero();
  }

  @Test
  void withoutAnythingThatVariesThereIsNoCut() {
    float[][] rows = {{3, 5}, {3, 5}, {3, 5}};
    assertThat(grow(rows, new boolean[] {true, false, true}, ALL)).containsExactly(0, 0);
    assertThat(cuts).isZero();
  }

  @Test
  void drawingGoesOnUntilAUnitVaries() {
    float[][] rows = new float[6][40];
    for (int i = 0; i < 6; i++) {
      rows[i][29] = i / 2;
    }
    boolean[] hit = {false, false, true, true, false, false};
    for (long seed = 0; seed < 20; seed++) {
      ForestParams one = ALL.withFeatures(FeatureCount.of(1)).withSeed(seed);
      double[] gain = grow(rows, hit, one);
      assertThat(cuts).isEqualTo(2);
      // 6 x (1 - (1/3)^2 - (2/3)^2)
      assertThat(gain[29]).isCloseTo(8.0 / 3, within(1e-12));
    }
  }

  /// Whatever is drawn: where the units tell the classes apart, the gains of a full tree sum to the
  /// impurity of the root.
  @Test
  void aFullTreeGainsTheWholeImpurity() {
    for (long seed = 0; seed < 30; seed++) {
      RandomGenerator random = Rng.of(seed, "tree data");
      int count = 5 + random.nextInt(120);
      int units = 1 + random.nextInt(30);
      float[][] rows = new float[count][units];
      boolean[] hit = new boolean[count];
      int hits = 0;
      for (int i = 0; i < count; i++) {
        for (int unit = 0; unit < units; unit++) {
          rows[i][unit] =
              unit == 0 ? random.nextFloat() : Math.max(0, (float) random.nextGaussian());
        }
        hit[i] = random.nextInt(4) == 0;
        hits += hit[i] ? 1 : 0;
      }
      double[] gain = grow(rows, hit, ForestParams.defaults().withSeed(seed));
      double share = (double) hits / count;
      double sum = 0;
      for (double value : gain) {
        assertThat(value).isGreaterThanOrEqualTo(-1e-9);
        sum += value;
      }
      assertThat(sum).as("seed " + seed).isCloseTo(2 * count * share * (1 - share), within(1e-9));
    }
  }

  @Test
  void extremeActivationsAreCutToo() {
    float most = Float.MAX_VALUE;
    float[][] rows = {{-most, 0}, {most, Float.MIN_VALUE}, {-most, 0}, {most, Float.MIN_VALUE}};
    boolean[] hit = {true, false, true, false};
    for (int unit = 0; unit < 2; unit++) {
      float[][] one = new float[4][1];
      for (int i = 0; i < 4; i++) {
        one[i][0] = rows[i][unit];
      }
      assertThat(grow(one, hit, ALL)).containsExactly(2);
      assertThat(cuts).isEqualTo(1);
    }
  }

  private static double[] grow(float[][] rows, boolean[] hit, ForestParams params) {
    int units = rows[0].length;
    float[] values = new float[rows.length * units];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * units, units);
    }
    int[] hits = IntStream.range(0, hit.length).filter(i -> hit[i]).toArray();
    int[] others = IntStream.range(0, hit.length).filter(i -> !hit[i]).toArray();
    try (Workers workers = Workers.of(1)) {
      Columns columns = Columns.of(Matrix.of(rows.length, units, values), workers);
      TreeGrower grower = new TreeGrower(columns, hits, others, params);
      grower.grow(Rng.of(5, "a tree before"), new double[units]); // leaves no trace
      double[] gain = new double[units];
      cuts = grower.grow(Rng.of(params.seed(), "tree"), gain);
      return gain;
    }
  }
}
