package io.inscape.evolution.vff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.params.AlignmentTarget;
import io.inscape.evolution.params.StepScale;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FusionTest {
  private final Workers workers = Workers.of(2);

  @Test
  void theFirstSweepOfTwoPointsIsTheOneWorkedByHand() {
    // Step 0 wants distance 1 and step 1 wants 0.5 of its own unit, which is 1 after scaling.
    List<Dissimilarities> tables = List.of(pair(1), pair(.5f));
    float[][] start = {{-1, 1}, {0, 0}}; // distance 2, so every gap is -1
    Fusion fusion =
        Fusion.start(
            tables, start, new FusionSettings(1, AlignmentTarget.ORIGINAL, StepScale.OWN), workers);
    assertThat(fusion.energy()).isCloseTo(1, within(1e-6)); // 2 steps, 2 ordered pairs over 4
    assertThat(fusion.step()).isTrue();
    // p = (1/2 - 1) (-2) = 1, the move is 2 p / (2 n) = 1/2: at distance 1 at once.
    for (int step = 0; step < 2; step++) {
      assertThat(fusion.layout(step)).containsExactly(new float[] {-.5f, 0, .5f, 0}, within(1e-6f));
    }
    assertThat(fusion.energy()).isCloseTo(0, within(1e-12));
  }

  private Dissimilarities pair(float apart) {
    return Dissimilarities.ofCondensed(2, new float[] {apart}, workers);
  }

  @ParameterizedTest
  @EnumSource(AlignmentTarget.class)
  void energyPullsAndMovesAreThoseOfTheSlowOracle(AlignmentTarget target) {
    for (double lambda : new double[] {0, .3, 1}) {
      List<Dissimilarities> tables = tables(3, 37, 4);
      Fusion fusion =
          Fusion.start(
              tables, start(37, 5), new FusionSettings(lambda, target, StepScale.OWN), workers);
      fusion.step(); // away from the common layout
      SlowFusion slow = new SlowFusion(tables, positions(fusion, 3), lambda, target);
      assertThat(fusion.energy()).isCloseTo(slow.energy, within(1e-6 * slow.energy + 1e-9));
      double[][][] expected = slow.swept();
      if (!fusion.step()) {
        assertThat(lambda).isZero(); // all alike already
        continue;
      }
      // the second sweep repeats a share of the first move
      double[][][] before = SlowFusion.spread(start(37, 5), 3);
      double faster = .5 * (1 + Math.sqrt(1 + 4 * Math.pow(.5 * (1 + Math.sqrt(5)), 2)));
      double again = (.5 * (1 + Math.sqrt(5)) - 1) / faster;
      for (int step = 0; step < 3; step++) {
        float[] layout = fusion.layout(step);
        for (int i = 0; i < 37; i++) {
          for (int dim = 0; dim < 2; dim++) {
            double repeated = again * (slow.position[step][i][dim] - before[step][i][dim]);
            assertThat((double) layout[2 * i + dim])
                .isCloseTo(expected[step][i][dim] + repeated, within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void thePullsAreTheGradientWithTheMeansHeldFixed() {
    List<Dissimilarities> tables = tables(3, 25, 4);
    Fusion fusion =
        Fusion.start(
            tables,
            start(25, 6),
            new FusionSettings(.4, AlignmentTarget.MEAN_DISTANCE, StepScale.OWN),
            workers);
    fusion.step();
    Frame frame = fusion.present();
    SlowFusion slow =
        new SlowFusion(tables, positions(fusion, 3), .4, AlignmentTarget.MEAN_DISTANCE);
    double h = 1e-6;
    for (int i = 0; i < 25; i += 6) {
      for (int dim = 0; dim < 2; dim++) {
        double here = slow.position[1][i][dim];
        slow.position[1][i][dim] = here + h;
        double up = slow.energyWithMeansHeld();
        slow.position[1][i][dim] = here - h;
        double down = slow.energyWithMeansHeld();
        slow.position[1][i][dim] = here;
        double pull =
            2 * .4 * frame.stressPull[1][dim][i] + (1 - .4) * frame.alignmentPull[1][dim][i];
        assertThat((up - down) / (2 * h)).isCloseTo(-2 * pull / (25 * 25), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(AlignmentTarget.class)
  void theEnergyNeverRises(AlignmentTarget target) {
    int refused = 0;
    for (int seed = 0; seed < 3; seed++) {
      for (double lambda : new double[] {0, .05, .5, .95, 1}) {
        List<Dissimilarities> tables = tables(4, 40, seed);
        FusionSettings settings = new FusionSettings(lambda, target, StepScale.OWN);
        Fusion fusion = Fusion.start(tables, start(40, seed), settings, workers);
        double energy = fusion.energy();
        for (int sweep = 0; sweep < 120 && fusion.step(); sweep++) {
          assertThat(fusion.energy()).isLessThan(energy);
          energy = fusion.energy();
          SlowFusion slow = new SlowFusion(tables, positions(fusion, 4), lambda, target);
          assertThat(energy).isCloseTo(slow.energy, within(1e-6 * slow.energy + 1e-12));
        }
        assertThat(fusion.energy()).isEqualTo(energy);
        refused += fusion.rejected();
      }
    }
    assertThat(refused).isPositive(); // the guard had something to do
  }

  @Test
  void alignmentAloneMakesAllStepsAlike() {
    Fusion fusion =
        Fusion.start(
            tables(4, 60, 1),
            start(60, 1),
            new FusionSettings(.01, AlignmentTarget.MEAN_DISTANCE, StepScale.OWN),
            workers);
    for (int sweep = 0; sweep < 100 && fusion.step(); sweep++) {
      assertThat(fusion.energy()).isNotNegative();
    }
    assertThat(fusion.layout(3)).containsExactly(fusion.layout(0), within(.02f));
  }

  @Test
  void aStepWithoutDifferencesPullsAtNoOther() {
    List<Dissimilarities> tables = tables(3, 40, 2);
    List<Dissimilarities> dead = new ArrayList<>(tables);
    dead.add(Dissimilarities.ofCondensed(40, new float[780], workers));
    FusionSettings settings = new FusionSettings(.5, AlignmentTarget.MEAN_DISTANCE, StepScale.OWN);
    Fusion with = Fusion.start(dead, start(40, 2), settings, workers);
    Fusion without = Fusion.start(tables, start(40, 2), settings, workers);
    with.step();
    without.step();
    for (int step = 0; step < 3; step++) {
      assertThat(with.layout(step)).isEqualTo(without.layout(step));
    }
    for (int sweep = 0; sweep < 100 && with.step(); sweep++) {
      assertThat(with.energy()).isPositive();
    }
    double ratio = extent(with.layout(3)) / extent(with.layout(0));
    assertThat(ratio).isBetween(.1, .5); // between a point and the others
  }

  private static double extent(float[] layout) {
    double most = 0;
    for (int at = 0; at < layout.length; at += 2) {
      most = Math.max(most, Math.hypot(layout[at] - layout[0], layout[at + 1] - layout[1]));
    }
    return most;
  }

  @Test
  void anInterruptedSweepLeavesTheLayoutsAndChangesNothing() {
    List<Dissimilarities> tables = tables(3, 40, 2);
    FusionSettings settings = new FusionSettings(.5, AlignmentTarget.MEAN_DISTANCE, StepScale.OWN);
    Fusion fusion = Fusion.start(tables, start(40, 2), settings, workers);
    Fusion other = Fusion.start(tables, start(40, 2), settings, workers);
    fusion.step();
    other.step();
    float[] layout = fusion.layout(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(fusion::step).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fusion.layout(1)).isEqualTo(layout);
    fusion.step();
    other.step();
    assertThat(fusion.layout(1)).isEqualTo(other.layout(1));
  }

  private List<Dissimilarities> tables(int steps, int count, long seed) {
    RandomGenerator random = Rng.of(seed, "fusion tables");
    List<Dissimilarities> tables = new ArrayList<>();
    float[] base = new float[count * 5];
    for (int at = 0; at < base.length; at++) {
      base[at] = (float) random.nextGaussian();
    }
    for (int step = 0; step < steps; step++) {
      float[] values = base.clone();
      for (int at = 0; at < values.length; at++) {
        values[at] += (float) (at / 5 % 3 == at % 5 ? 2 * step : random.nextGaussian() / 3);
      }
      tables.add(Dissimilarities.euclidean(Matrix.of(count, 5, values), workers));
    }
    return tables;
  }

  private static float[][] start(int count, long seed) {
    RandomGenerator random = Rng.of(seed, "fusion start");
    float[][] start = new float[2][count];
    for (int at = 0; at < 2 * count; at++) {
      start[at % 2][at / 2] = (float) random.nextGaussian() / 4;
    }
    return start;
  }

  private static double[][][] positions(Fusion fusion, int steps) {
    double[][][] position = new double[steps][][];
    for (int step = 0; step < steps; step++) {
      float[] layout = fusion.layout(step);
      position[step] = new double[layout.length / 2][2];
      for (int at = 0; at < layout.length; at++) {
        position[step][at / 2][at % 2] = layout[at];
      }
    }
    return position;
  }
}
