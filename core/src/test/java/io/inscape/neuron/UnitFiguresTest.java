package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class UnitFiguresTest {
  private static float[] figures(Matrix activations) {
    try (Workers workers = Workers.of(1)) {
      return UnitFigures.of(activations, workers).toArray();
    }
  }

  private static UnitFlags flags(Matrix activations, float... lowest) {
    try (Workers workers = Workers.of(1)) {
      return UnitFlags.of(activations, lowest, workers);
    }
  }

  @Test
  void figuresByHand() {
    // Unit 0: 0 2 4; unit 1: constant 7; unit 2: 0 0 3.
    Matrix rectified = Matrix.of(3, 3, new float[] {0, 7, 0, 2, 7, 0, 4, 7, 3});
    assertThat(figures(rectified))
        .containsExactly(
            2,
            7,
            1, // means
            (float) Math.sqrt(8.0 / 3),
            0,
            (float) Math.sqrt(2),
            0,
            7,
            0, // least
            4,
            7,
            3, // greatest
            2 / 3f,
            1,
            1 / 3f); // on
  }

  @Test
  void whereALayerGoesBelowZeroOnMeansAboveTheMean() {
    Matrix signed = Matrix.of(4, 2, new float[] {-1, 5, -1, 5, -1, 5, 7, 5});
    float[] figures = figures(signed);
    assertThat(figures[8]).isEqualTo(.25f); // only 7 is above 1
    assertThat(figures[9]).isZero(); // constant: never above itself
  }

  @Test
  void deadUnitsAreListedAndTheOthersHandedOut() {
    try (Workers workers = Workers.of(2)) {
      Matrix activations = Matrix.of(2, 3, new float[] {0, .1f, 2, 0, .1f, 3});
      UnitFigures figures = UnitFigures.of(activations, workers);
      assertThat(figures.dead()).containsExactly(0, 1);
      assertThat(figures.live()).containsExactly(2);
      assertThat(figures.mean(1)).isEqualTo((double) .1f);
      assertThat(figures.activations(2)).containsExactly(2, 3);
      assertThat(figures.signed()).isFalse();
    }
  }

  /// Independent half-normal activations, as of a clean rectified layer.
  private static float[] clean(int rows, int units, long seed) {
    RandomGenerator rng = Rng.of(seed, "clean");
    float[] values = new float[rows * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, rng.nextGaussian());
    }
    return values;
  }

  @Test
  void theCleanLayerHasNoFlag() {
    for (long seed = 0; seed < 5; seed++) {
      UnitFlags flags = flags(Matrix.of(200, 30, clean(200, 30, seed)), new float[30]);
      assertThat(flags).isEqualTo(new UnitFlags(List.of(), List.of(), List.of(), true));
    }
  }

  @Test
  void plantedUnitsAreFlaggedAndNoOther() {
    float[] values = clean(200, 30, 1);
    float[] lowest = new float[30];
    for (int row = 0; row < 200; row++) {
      values[row * 30 + 4] = 0; // dead
      values[row * 30 + 9] += .5f; // always on
      values[row * 30 + 17] = 3 * values[row * 30 + 2]; // a copy of another strength
      values[row * 30 + 20] = 2; // constant and on: dead, not always on
    }
    lowest[9] = .5f;
    lowest[20] = 2;
    assertThat(flags(Matrix.of(200, 30, values), lowest))
        .isEqualTo(
            new UnitFlags(List.of(4, 20), List.of(9), List.of(new UnitFlags.Pair(2, 17)), true));
  }

  @Test
  void aLayerWithoutAnOffHasNothingThatIsAlwaysOn() {
    Matrix sigmoid = Matrix.of(2, 2, new float[] {.2f, .9f, .4f, .6f});
    assertThat(flags(sigmoid, .2f, .6f).alwaysOn()).isEmpty();
    Matrix signed = Matrix.of(3, 2, new float[] {-1, 1, .5f, 2, 1, 1});
    assertThat(flags(signed, -1, 1).alwaysOn()).isEmpty();
  }

  @Test
  void aMapIsAlwaysOnOnlyWhereNoPositionIsEverOff() {
    // Pooled means are all above 0; only the second channel is never off anywhere.
    Matrix pooled = Matrix.of(2, 2, new float[] {1, 2, 2, 1});
    assertThat(flags(pooled, 0, .5f).alwaysOn()).containsExactly(1);
  }

  @Test
  void invertedCopiesAreDuplicatesToo() {
    Matrix activations = Matrix.of(4, 2, new float[] {1, 3, 2, 2, 3, 1, 1, 3});
    assertThat(flags(activations, 1, 1).duplicates()).containsExactly(new UnitFlags.Pair(0, 1));
  }

  @Test
  void refusesAnotherNumberOfLowestValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flags(Matrix.of(1, 2, new float[2]), 0))
        .withMessage("2 units need as many lowest values, got 1");
  }
}
