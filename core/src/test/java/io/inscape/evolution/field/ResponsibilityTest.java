package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ResponsibilityTest {
  private static final Box SQUARE = new Box(-1, -1, 1, 1);

  private static Flows rotating(long seed) {
    RandomGenerator random = Rng.of(seed, "noise");
    return new Flows()
        .follow(
            (x, y) ->
                new double[] {-y + .2 * random.nextGaussian(), x + .2 * random.nextGaussian()},
            SQUARE,
            400,
            6,
            .1,
            seed);
  }

  @Test
  void aTrajectoryAgainstTheStreamIsAmongTheFirstOutliersAndTheLeastResponsible() {
    for (long seed = 0; seed < 5; seed++) {
      Flows flows = rotating(seed).follow((x, y) -> new double[] {y, -x}, SQUARE, 1, 6, .1, seed);
      // a trajectory of the usual speed, turned round
      flows.track(.6, 0, 0, .59, -.1, .1, .55, -.2, .2, .5, -.3, .3);
      VectorFields fit = Flows.fit(flows.made(), FieldParams.defaults());
      Responsibility scores = Responsibility.of(fit);
      int planted = 401;

      assertThat(rank(scores.outlier(), planted)).as("seed %d", seed).isLessThan(4);
      assertThat(rank(scores.responsibility(), planted)).isGreaterThan(397);
    }
  }

  /// How many are greater.
  private static long rank(float[] scores, int at) {
    return IntStream.range(0, scores.length).filter(i -> scores[i] > scores[at]).count();
  }

  @Test
  void fastTrajectoriesAlongTheFieldAreMostResponsible() {
    Flows flows = new Flows();
    for (int i = 0; i < 20; i++) {
      flows.track(0, i, 0, 1, i, 1); // slow, along
    }
    flows.track(0, 7.5, 0, 2, 7.5, 1); // fast, along
    flows.track(0, 9.5, 0, 0, 9.5, 1); // at rest
    flows.track(1, 11.5, 0, 0, 11.5, 1); // against
    float[] scores =
        Responsibility.of(Flows.fit(flows.made(), new FieldParams(10, .9, 1))).responsibility();
    float[] sorted = scores.clone();
    Arrays.sort(sorted);

    assertThat(scores[20]).isEqualTo(sorted[22]);
    assertThat(scores[22]).isEqualTo(sorted[0]).isLessThan(-1);
    assertThat(scores[21]).isEqualTo(sorted[1]).isLessThan(0).isGreaterThan(scores[22]);
    assertThat(scores[0]).isCloseTo(1, within(.3f));
  }

  @Test
  void theOutlierScoreIsHandWorked() {
    Flows flows = new Flows();
    for (int i = 0; i < 200; i++) {
      flows.track(0, .1 * i, 0, 1, .1 * i, 1);
    }
    flows
        .track(1, 10.05, 0, 0, 10.05, 1)
        .track(.5, 5.05, 0, .5, 5.05, 1)
        .track(.5, 15, 0, .5, 16, 1);
    float[] scores = // a smoothness that makes the field (1, 0) but for some hundredths
        Responsibility.of(Flows.fit(flows.made(), new FieldParams(10, .9999, 1))).outlier();

    assertThat(scores[0]).isCloseTo(0, within(.01f));
    assertThat(scores[200]).isCloseTo(4 / 2.1f, within(.02f)); // against
    assertThat(scores[201]).isCloseTo(1 / 1.1f, within(.02f)); // at rest
    assertThat(scores[202]).isCloseTo(2 / 2.1f, within(.02f)); // across
  }

  @Test
  void theMeanByDurationIsTheShareOfMotionThatTheFieldExplains() {
    Trajectories trajectories = rotating(3).made();
    VectorFields fit = Flows.fit(trajectories, FieldParams.defaults());
    float[] responsibility = Responsibility.of(fit).responsibility();
    double mean = 0;
    double errors = 0;
    for (int at = 0; at < responsibility.length; at++) {
      mean += responsibility[at] * trajectories.duration(at) / trajectories.totalDuration();
      errors += fit.squaredError(at) * trajectories.duration(at) / trajectories.totalDuration();
    }

    assertThat(mean).isCloseTo(1 - errors / fit.squaredSpeed(), within(1e-6)).isBetween(.8, 1.);
  }
}
