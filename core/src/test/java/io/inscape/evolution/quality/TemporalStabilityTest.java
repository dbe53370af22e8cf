package io.inscape.evolution.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TemporalStabilityTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static Sequence walk(int steps, int rows, int cols, long seed) {
    RandomGenerator random = Rng.of(seed, "walk");
    List<Matrix> matrices = new ArrayList<>();
    float[] values = new float[rows * cols];
    for (int step = 0; step < steps; step++) {
      for (int at = 0; at < values.length; at++) {
        values[at] += (float) ((1 + at / cols % 4) * random.nextGaussian());
      }
      matrices.add(Matrix.of(rows, cols, values));
    }
    return Sequence.of(matrices);
  }

  private static LayoutSequence drawn(Sequence sequence) {
    int rows = sequence.observations();
    float[] values = new float[sequence.steps() * rows * 2];
    for (int step = 0; step < sequence.steps(); step++) {
      System.arraycopy(sequence.step(step).toArray(), 0, values, step * rows * 2, rows * 2);
    }
    return LayoutSequence.of(sequence.steps(), rows, 2, values);
  }

  @Test
  void agreesWithTwoObservationsWorkedByHand() {
    Sequence data =
        Sequence.of(
            List.of(
                Matrix.of(2, 1, new float[] {0, 0}),
                Matrix.of(2, 1, new float[] {1, 0}),
                Matrix.of(2, 1, new float[] {3, 1})));
    LayoutSequence layouts =
        LayoutSequence.of(3, 2, 2, new float[] {0, 0, 0, 0, 2, 0, 0, 1, 2, 3, 0, 1});
    // u = 1, 0, 2, 1 and v = 2, 1, 3, 0: deviations 0, -1, 1, 0 and .5, -.5, 1.5, -1.5.
    TemporalStability found = TemporalStability.of(data, layouts, workers);
    assertThat(found.pearson()).isCloseTo(2 / Math.sqrt(10), within(1e-9));
    assertThat(found.spearman()).isCloseTo(3 / Math.sqrt(22.5), within(1e-9)); // ranks 2.5 1 4 2.5
    assertThat(found.normalizedStress())
        .isCloseTo((1 / 36.0 + 1 / 9.0 + 1 / 4.0) / 1.5, within(1e-9));
    assertThat(found.standardizedStress()).isCloseTo(2 - 4 / Math.sqrt(10), within(1e-9));
    // Variances of the coordinates 0, 2.5 / 4 and (2 + 2) / 4.
    assertThat(found.movement().get(0)).isCloseTo(1.5 / Math.sqrt(.3125), within(1e-6));
    assertThat(found.movement().get(1)).isCloseTo(1.5 / Math.sqrt(.8125), within(1e-6));
  }

  @Test
  void movementInProportionIsPerfectWhateverTheScale() {
    Sequence data = walk(5, 60, 2, 1);
    float[] scaled = drawn(data).toArray();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= 8;
    }
    TemporalStability found =
        TemporalStability.of(data, LayoutSequence.of(5, 60, 2, scaled), workers);
    assertThat(found.pearson()).isCloseTo(1, within(1e-6));
    assertThat(found.spearman()).isCloseTo(1, within(1e-12));
    assertThat(found.normalizedStress()).isCloseTo(0, within(1e-6));
    assertThat(found.standardizedStress()).isCloseTo(0, within(1e-6));
  }

  @Test
  void agreesWithTheFormulasWrittenOut() {
    Sequence data = walk(4, 50, 7, 2);
    LayoutSequence layouts = drawn(walk(4, 50, 2, 3));
    TemporalStability found = TemporalStability.of(data, layouts, workers);
    double[] u = new double[150];
    double[] v = new double[150];
    for (int step = 0; step < 3; step++) {
      for (int row = 0; row < 50; row++) {
        for (int col = 0; col < 7; col++) {
          double moved = data.step(step + 1).get(row, col) - data.step(step).get(row, col);
          u[step * 50 + row] += moved * moved;
        }
        for (int dim = 0; dim < 2; dim++) {
          double moved = layouts.get(step + 1, row, dim) - layouts.get(step, row, dim);
          v[step * 50 + row] += moved * moved;
        }
      }
    }
    for (int at = 0; at < 150; at++) {
      u[at] = Math.sqrt(u[at]);
      v[at] = Math.sqrt(v[at]);
    }
    double pearson = correlation(u, v);
    assertThat(found.pearson()).isCloseTo(pearson, within(1e-6));
    assertThat(found.spearman()).isCloseTo(correlation(ranks(u), ranks(v)), within(1e-9));
    assertThat(found.standardizedStress()).isCloseTo(2 - 2 * pearson, within(1e-6));
    double mostU = Arrays.stream(u).max().orElseThrow();
    double mostV = Arrays.stream(v).max().orElseThrow();
    double error = 0;
    double total = 0;
    for (int at = 0; at < 150; at++) {
      error += Math.pow(u[at] / mostU - v[at] / mostV, 2);
      total += Math.pow(u[at] / mostU, 2);
    }
    assertThat(found.normalizedStress()).isCloseTo(error / total, within(1e-6));
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int at = 0; at < a.length; at++) {
      ab += (a[at] - meanA) * (b[at] - meanB);
      aa += (a[at] - meanA) * (a[at] - meanA);
      bb += (b[at] - meanB) * (b[at] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int at = 0; at < values.length; at++) {
      double value = values[at];
      ranks[at] = Arrays.stream(values).filter(other -> other < value).count();
    }
    return ranks;
  }

  @Test
  void standingStillIsPerfectWhereTheDataStandStillAndWrongWhereTheyMove() {
    Sequence data = walk(2, 10, 3, 1);
    Sequence still = Sequence.of(List.of(data.step(0), data.step(0)));
    LayoutSequence fixed = drawn(still);
    TemporalStability perfect = TemporalStability.of(still, fixed, workers);
    assertThat(perfect.pearson()).isEqualTo(1);
    assertThat(perfect.spearman()).isEqualTo(1);
    assertThat(perfect.normalizedStress()).isEqualTo(0);
    assertThat(perfect.movement()).containsExactly(0.0);
    TemporalStability frozen = TemporalStability.of(data, fixed, workers);
    assertThat(frozen.pearson()).isEqualTo(0);
    assertThat(frozen.normalizedStress()).isEqualTo(1);
    assertThat(TemporalStability.of(still, drawn(data), workers).normalizedStress()).isEqualTo(1);
  }

  @Test
  void stepsOfDifferentWidthsHaveMovementOnly() {
    Sequence data = Sequence.of(List.of(walk(2, 10, 3, 1).step(0), walk(2, 10, 4, 1).step(1)));
    TemporalStability found = TemporalStability.of(data, drawn(walk(2, 10, 2, 5)), workers);
    assertThat(found.pearson()).isNull();
    assertThat(found.standardizedStress()).isNull();
    assertThat(found.movement()).hasSize(1).allMatch(moved -> moved > 0);
    assertThat(found.toMap())
        .containsOnlyKeys(
            "pearson", "spearman", "normalizedStress", "standardizedStress", "movement");
  }

  @Test
  void refusesLayoutsOfOtherSteps() {
    assertThatThrownBy(
            () -> TemporalStability.of(walk(3, 10, 2, 1), drawn(walk(2, 10, 2, 1)), workers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the layouts have 2 steps of 10 observations but the data have 3 of 10");
  }
}
