package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class VectorFieldsTest {
  private static final double[] REFERENCE = {
    -0.014679, 0.520591, 0.267772, 0.284776, 0.391622, 0.137684, 0.237037, 0.438274, 0.375163,
    0.237963, 0.468711, 0.093738, 0.337454, 0.439644, 0.455860, 0.193513, 0.583195, -0.027463
  };

  @Test
  void theWorkedExampleHasItsExactSolution() {
    VectorFields fit = Flows.fit(Flows.example(), Flows.UNIT, new FieldParams(3, .5, 1));

    assertThat(fit.values()).containsExactly(REFERENCE, within(1e-6));
    assertThat(fit.energy()).isCloseTo(.1434336577, within(1e-10));
    assertThat(fit.smoothnessEnergy()).isCloseTo(.0124028, within(1e-7));
    assertThat(fit.energies()).containsExactly(fit.energy());
    float[] dissimilarity = fit.dissimilarity(); // every trajectory lasts 1 of 4 in all, weight 1/2
    double[] parts = {.006623, .081907, .035844, .006656};
    for (int trajectory = 0; trajectory < 4; trajectory++) {
      assertThat(dissimilarity[trajectory] / 8.).isCloseTo(parts[trajectory], within(5e-7));
    }
  }

  @Test
  void straightTrajectoriesOfOneVelocityGiveItEverywhere() {
    Flows flows = new Flows();
    for (int i = 0; i < 12; i++) {
      flows.track(.1 * i, 3 - i, 0, .1 * i + .5, 3 - i + .25, 1, .1 * i + 1, 3.5 - i, 2);
    }
    VectorFields fit = Flows.fit(flows.made(), FieldParams.defaults());

    assertThat(fit.energy()).isLessThan(1e-20);
    double[] values = fit.values();
    for (int vertex = 0; vertex < values.length; vertex += 2) {
      assertThat(values[vertex]).isCloseTo(.5, within(1e-9));
      assertThat(values[vertex + 1]).isCloseTo(.25, within(1e-9));
    }
  }

  @Test
  void nearlyOnlySmoothnessGivesTheMeanVelocityWeightedByTime() {
    Trajectories trajectories = Flows.example();
    double[] values =
        Flows.fit(trajectories, Flows.UNIT, new FieldParams(20, 1 - 1e-9, 1)).values();

    double meanX = (0 + .9 + .05 + .35) / 4;
    double meanY = (.3 + 0 + .85 + .025) / 4;
    for (int vertex = 0; vertex < values.length; vertex += 2) {
      assertThat(values[vertex]).isCloseTo(meanX, within(1e-4));
      assertThat(values[vertex + 1]).isCloseTo(meanY, within(1e-4));
    }
  }

  @Test
  void aSyntheticFieldComesBackWhereThereAreData() {
    assertComesBack((_, _) -> new double[] {.3, -.2});
    assertComesBack((x, y) -> new double[] {-y, x});
    assertComesBack((x, y) -> new double[] {x, y});
  }

  private static void assertComesBack(Flows.Velocity truth) {
    Box starts = new Box(-1, -1, 1, 1);
    Trajectories trajectories = new Flows().follow(truth, starts, 1500, 6, .05, 4).made();
    VectorFields fit = Flows.fit(trajectories, FieldParams.defaults());
    double squaredError = 0;
    double squared = 0;
    for (int point = 0; point < trajectories.points(); point++) {
      double[] expected = truth.at(trajectories.x(point), trajectories.y(point));
      double[] got = fit.at(0, trajectories.x(point), trajectories.y(point));
      squaredError += Math.pow(got[0] - expected[0], 2) + Math.pow(got[1] - expected[1], 2);
      squared += Math.pow(expected[0], 2) + Math.pow(expected[1], 2);
    }
    assertThat(Math.sqrt(squaredError / squared)).isLessThan(.05);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    Trajectories trajectories = new Flows().wander(150, 5, 7).made();
    List<VectorFields> fits = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers workers = Workers.of(threads)) {
        for (int fields : new int[] {1, 3}) {
          FieldParams params = new FieldParams(fields == 1 ? 70 : 20, .1, fields);
          fits.add(VectorFields.fit(trajectories, params, workers, Progress.none()));
        }
      }
    }
    for (int at = 2; at < fits.size(); at++) {
      VectorFields first = fits.get(at % 2);
      assertThat(fits.get(at).values()).isEqualTo(first.values());
      assertThat(fits.get(at).assignment()).isEqualTo(first.assignment());
      assertThat(fits.get(at).energies()).isEqualTo(first.energies());
      assertThat(fits.get(at).dissimilarity()).isEqualTo(first.dissimilarity());
      assertThat(fits.get(at).coverage()).isEqualTo(first.coverage());
    }
  }

  @Test
  void coverageIsTheTimeSpentInTheCellsAroundAVertex() {
    // 4 x 4 vertices on [0, 3]^2: one second in cell (0, 0), one in cell (1, 0)
    Trajectories trajectories = new Flows().track(.5, .6, 0, 1.5, .6, 2).made();
    VectorFields fit = Flows.fit(trajectories, new Box(0, 0, 3, 3), new FieldParams(4, .5, 1));

    assertThat(fit.coverage())
        .containsExactly(
            new float[] {1, 2, 1, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, within(1e-6f));
  }

  @Test
  void pointsThatAreAllEqualGiveAFieldOfZerosInASmallBox() {
    Trajectories trajectories = new Flows().track(2, 3, 0, 2, 3, 1).track(2, 3, 0, 2, 3, 5).made();
    VectorFields fit = Flows.fit(trajectories, FieldParams.defaults().withFields(2));

    assertThat(fit.box()).isEqualTo(new Box(1.5, 2.5, 2.5, 3.5));
    assertThat(fit.values()).containsOnly(0);
    assertThat(fit.energy()).isZero();
    assertThat(fit.speed()).containsOnly(0);
    assertThat(Responsibility.of(fit).responsibility()).containsOnly(0);
    assertThat(Responsibility.of(fit).outlier()).containsOnly(0);
    assertThat(Streamlines.of(fit, 0, StreamlineParams.defaults()).points()).isEmpty();
  }

  @Test
  void aBoxOfPointsOnALineIsWidened() {
    Trajectories trajectories = new Flows().track(2, 0, 0, 2, 10, 1).made();

    assertThat(Box.around(trajectories)).isEqualTo(new Box(1.95, 0, 2.05, 10));
    assertThat(Flows.fit(trajectories, FieldParams.defaults()).at(0, 2, 5))
        .containsExactly(new double[] {0, 10}, within(1e-9));
  }

  @Test
  void whatWasKeptComesBack() {
    Trajectories trajectories = new Flows().wander(60, 4, 3).made();
    FieldParams params = new FieldParams(12, .1, 3);
    try (Workers workers = Workers.of(2)) {
      VectorFields fit = VectorFields.fit(trajectories, params, workers, Progress.none());
      double[] values = fit.values();
      float[] kept = new float[values.length];
      for (int at = 0; at < kept.length; at++) {
        kept[at] = (float) values[at];
      }
      VectorFields restored =
          VectorFields.restore(
              trajectories,
              params,
              new VectorFields.Columns(fit.box(), kept, fit.assignment()),
              workers);

      assertThat(restored.values()).containsExactly(values, within(1e-6));
      assertThat(restored.assignment()).isEqualTo(fit.assignment());
      assertThat(restored.coverage()).isEqualTo(fit.coverage());
      assertThat(restored.energy()).isCloseTo(fit.energy(), within(1e-7));
      assertThatThrownBy(() ->
              VectorFields.restore(
                  trajectories,
                  params.withGrid(13),
                  new VectorFields.Columns(fit.box(), kept, fit.assignment()),
                  workers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("these trajectories and parameters need 1014 values, got 864");
    }
  }

  @Test
  void aTrajectoryOutsideTheBoxIsNamed() {
    Trajectories trajectories = new Flows().track(0, 0, 0, 1 + 1e-7, 1, 1).made();
    assertThat(Flows.fit(trajectories, Flows.UNIT, FieldParams.defaults()).energy()).isFinite();

    Trajectories outside = new Flows().track(0, 0, 0, 1.5, 1, 1).made();
    assertThatThrownBy(() -> Flows.fit(outside, Flows.UNIT, FieldParams.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "all trajectories must lie inside the box, but there is a point at (1.5, 1.0) and the"
                + " Box[left=0.0, bottom=0.0, right=1.0, top=1.0]");
  }

  @Test
  void anInterruptEndsTheFit() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Flows.fit(Flows.example(), FieldParams.defaults()))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aPlaceThatIsNotANumberIsRefused() {
    VectorFields fit = Flows.fit(Flows.example(), FieldParams.defaults());
    assertThatThrownBy(() -> fit.at(0, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a place in a field must be finite, got (NaN, 1.0)");
  }
}
