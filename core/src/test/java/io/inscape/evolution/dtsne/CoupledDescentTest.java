package io.inscape.evolution.dtsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.projection.tsne.Affinities;
import io.inscape.projection.tsne.Descent;
import io.inscape.projection.tsne.DescentSettings;
import io.inscape.projection.tsne.ForceSettings;
import io.inscape.projection.tsne.RepulsionMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CoupledDescentTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static DescentSettings settings(RepulsionMethod method) {
    return new DescentSettings(12, 30, .5, .8, 200, new ForceSettings(method, .5, 1));
  }

  /// Five groups that come apart from step to step.
  private static Matrix data(int rows, int cols, int step) {
    RandomGenerator random = Rng.of(1, "steps");
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      double mean = at % cols == at / cols % 5 ? step * 1.5 : 0;
      values[at] = (float) (mean + random.nextGaussian());
    }
    return Matrix.of(rows, cols, values);
  }

  private List<Affinities> affinities(int steps, int rows) {
    List<Affinities> affinities = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      affinities.add(
          Affinities.of(ExactNeighbors.find(data(rows, 8, step), 20, workers), 7, workers));
    }
    return affinities;
  }

  private static float[] start(int rows, double deviation, long seed) {
    RandomGenerator random = Rng.of(seed, "start");
    float[] values = new float[rows * 2];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static CoupledDescent descent(
      List<Affinities> affinities, double lambda, RepulsionMethod method, Workers used) {
    float[][] initial = new float[affinities.size()][];
    Arrays.fill(initial, start(affinities.getFirst().observations(), 1e-4, 1));
    return new CoupledDescent(affinities, initial, lambda, settings(method), used);
  }

  private static float[] after(CoupledDescent descent, int iterations) {
    for (int iteration = 0; iteration < iterations; iteration++) {
      descent.step();
    }
    return descent.positions();
  }

  private static float[] slice(float[] positions, int step, int steps) {
    int size = positions.length / steps;
    return Arrays.copyOfRange(positions, step * size, (step + 1) * size);
  }

  @Test
  void theGradientIsTheSlopeOfTheWholeEnergy() {
    List<Affinities> affinities = affinities(3, 40);
    for (double lambda : new double[] {0, .1, 30}) {
      float[][] initial = {start(40, 2, 1), start(40, 2, 2), start(40, 2, 3)};
      double[] gradient =
          new CoupledDescent(affinities, initial, lambda, settings(RepulsionMethod.EXACT), workers)
              .gradient();
      for (int at = 0; at < gradient.length; at += 7) {
        float[] axis = initial[at / 80];
        float middle = axis[at % 80];
        axis[at % 80] = middle + .01f;
        double up = energy(affinities, initial, lambda);
        double step = axis[at % 80];
        axis[at % 80] = middle - .01f;
        double slope = (up - energy(affinities, initial, lambda)) / (step - axis[at % 80]);
        axis[at % 80] = middle;
        assertThat(gradient[at]).isCloseTo(slope, within(3e-5));
      }
    }
  }

  private double energy(List<Affinities> affinities, float[][] initial, double lambda) {
    return new CoupledDescent(affinities, initial, lambda, settings(RepulsionMethod.EXACT), workers)
        .energy();
  }

  @Test
  void withoutPenaltyEveryStepIsPlainTsneToTheLastBit() {
    List<Affinities> affinities = affinities(3, 150);
    for (RepulsionMethod method :
        List.of(RepulsionMethod.EXACT, RepulsionMethod.BARNES_HUT, RepulsionMethod.FFT)) {
      float[] positions = after(descent(affinities, 0, method, workers), 60);
      for (int step = 0; step < 3; step++) {
        Descent plain =
            new Descent(affinities.get(step), start(150, 1e-4, 1), settings(method), workers);
        for (int iteration = 0; iteration < 60; iteration++) {
          plain.step();
        }
        assertThat(slice(positions, step, 3)).isEqualTo(plain.positions());
      }
    }
  }

  @Test
  void equalStepsStayEqualToTheLastBitAtEveryIterationForAnyPenalty() {
    Affinities one = affinities(2, 120).get(1);
    for (double lambda : new double[] {0, .1, 1000}) {
      CoupledDescent descent =
          descent(List.of(one, one, one, one), lambda, RepulsionMethod.EXACT, workers);
      for (int iteration = 0; iteration < 80; iteration++) {
        descent.step();
        float[] positions = descent.positions();
        for (int step = 1; step < 4; step++) {
          assertThat(slice(positions, step, 4)).isEqualTo(slice(positions, 0, 4));
        }
      }
    }
  }

  @Test
  void aPenaltyWithoutBoundMakesAllStepsEqual() {
    float[] positions =
        after(descent(affinities(4, 150), 1e9, RepulsionMethod.EXACT, workers), 300);
    double extent = 0;
    for (float value : positions) {
      extent = Math.max(extent, Math.abs(value));
    }
    assertThat(extent).isGreaterThan(5);
    float[] first = slice(positions, 0, 4);
    for (int step = 1; step < 4; step++) {
      float[] other = slice(positions, step, 4);
      for (int at = 0; at < first.length; at++) {
        assertThat((double) other[at]).isCloseTo(first[at], within(1e-5 * extent));
      }
    }
  }

  @Test
  void theDescentEndsWhereTheWholeGradientIsSmall() {
    for (double lambda : new double[] {.1, 10}) {
      CoupledDescent descent = descent(affinities(3, 90), lambda, RepulsionMethod.EXACT, workers);
      after(descent, 60);
      double early = largest(descent.gradient());
      after(descent, 900);
      assertThat(largest(descent.gradient())).isLessThan(early / 20);
    }
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  @Test
  void manyPointsArePutInOrderWithoutMixingThemUpBetweenSteps() {
    int rows = 20_000;
    List<Affinities> affinities = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      affinities.add(
          Affinities.of(ExactNeighbors.find(data(rows, 4, step), 6, workers), 2, workers));
    }
    float[] middle = start(rows, 10, 1);
    float[][] initial = new float[3][];
    for (int step = 0; step < 3; step++) {
      initial[step] = start(rows, .01, step);
      for (int at = 0; at < middle.length; at++) {
        initial[step][at] += middle[at];
      }
    }
    CoupledDescent descent =
        new CoupledDescent(affinities, initial, 1e12, settings(RepulsionMethod.FFT), workers);
    float[] positions = after(descent, 2);
    for (int step = 0; step < 3; step++) {
      float[] found = slice(positions, step, 3);
      for (int at = 0; at < middle.length; at++) {
        assertThat(found[at]).isCloseTo(positions[at], within(1e-4f));
        assertThat(found[at]).isCloseTo(middle[at], within(1f));
      }
    }
  }

  @Test
  void threadsDoNotMatter() {
    List<Affinities> affinities = affinities(3, 300);
    for (RepulsionMethod method : List.of(RepulsionMethod.EXACT, RepulsionMethod.FFT)) {
      float[] two = after(descent(affinities, .1, method, workers), 50);
      for (int threads : new int[] {1, 4}) {
        try (Workers others = Workers.of(threads)) {
          assertThat(after(descent(affinities, .1, method, others), 50)).isEqualTo(two);
        }
      }
    }
  }

  @Test
  void anInterruptChangesNothingAndTheDescentGoesOn() {
    List<Affinities> affinities = affinities(3, 150);
    float[] straight = after(descent(affinities, .1, RepulsionMethod.EXACT, workers), 40);
    CoupledDescent descent = descent(affinities, .1, RepulsionMethod.EXACT, workers);
    float[] before = after(descent, 20);
    Thread.currentThread().interrupt();
    assertThatThrownBy(descent::step).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(descent.iteration()).isEqualTo(20);
    assertThat(descent.positions()).isEqualTo(before);
    assertThat(after(descent, 20)).isEqualTo(straight);
  }
}
