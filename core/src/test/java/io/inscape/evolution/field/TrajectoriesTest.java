package io.inscape.evolution.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import org.junit.jupiter.api.Test;

final class TrajectoriesTest {
  @Test
  void comeFromASequenceWithTheStepsAsTimes() {
    float[] values = {0, 0, 5, 5, 3, 4, 5, 6, 3, 4, 5, 8};
    Trajectories trajectories = Trajectories.of(LayoutSequence.of(3, 2, 2, values));

    assertThat(trajectories.count()).isEqualTo(2);
    assertThat(trajectories.segments()).isEqualTo(4);
    assertThat(trajectories.duration(1)).isEqualTo(2);
    assertThat(trajectories.length(0)).isEqualTo(5);
    assertThat(trajectories.length(1)).isEqualTo(3);
    assertThat(trajectories.squaredSpeed(0)).isCloseTo(25, within(1e-12));
    assertThat(trajectories.squaredSpeed(1)).isCloseTo(1 + 4, within(1e-12));
    assertThat(trajectories.y(trajectories.last(1))).isEqualTo(8);
  }

  @Test
  void someOfThemKeepTheirPoints() {
    Trajectories all =
        new Flows()
            .track(0, 0, 0, 1, 1, 1)
            .track(2, 2, 0, 3, 3, 1, 4, 4, 2)
            .track(5, 5, 1, 6, 7, 2, 8, 9, 4)
            .made();
    Trajectories some = all.every(2);

    assertThat(some.count()).isEqualTo(2);
    assertThat(some.points()).isEqualTo(5);
    assertThat(some.x(some.first(1))).isEqualTo(5);
    assertThat(some.y(some.last(1))).isEqualTo(9);
    assertThat(some.duration(1)).isEqualTo(3);
    assertThat(all.every(1)).isSameAs(all);
    assertThat(all.every(9).count()).isEqualTo(1);
  }

  @Test
  void threeDimensionsOrOneStepAreRefused() {
    assertThatThrownBy(() -> Trajectories.of(LayoutSequence.of(2, 1, 3, new float[6])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "trajectories need layouts of 2 dimensions and at least 2 steps, got 3 dimensions and 2"
                + " steps");
    assertThatThrownBy(() -> Trajectories.of(LayoutSequence.of(1, 1, 2, new float[2])))
        .hasMessageEndingWith("got 2 dimensions and 1 steps");
  }

  @Test
  void pointsThatAreNotNumbersAreNamed() {
    assertThatThrownBy(() -> new Flows().track(0, 0, 0, 1, Double.NaN, 1).made())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "trajectory 0 has the point 1 at (1.0, NaN); coordinates must be finite and at most"
                + " 1e15");
    assertThatThrownBy(() -> new Flows().track(0, 0, 0, 1e16, 0, 1).made())
        .hasMessageContaining("(1.0E16, 0.0)");
  }

  @Test
  void timesThatDoNotRiseAreNamed() {
    assertThatThrownBy(
            () -> new Flows().track(0, 0, 0, 1, 1, 1).track(0, 0, 2, 1, 1, 3, 2, 2, 3).made())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "times must be finite and rise from point to point, but trajectory 1 has 3.0 at point 2"
                + " after 3.0");
    assertThatThrownBy(() -> new Flows().track(0, 0, Double.NaN, 1, 1, 1).made())
        .hasMessageContaining("trajectory 0 has NaN at point 0");
  }

  @Test
  void tooFewPointsAndWrongStartsAreRefused() {
    double[] three = {0, 1, 2};
    assertThatThrownBy(() -> Trajectories.of(new int[0], three, three, three))
        .hasMessage("there are no trajectories; at least 1 is needed");
    assertThatThrownBy(() -> Trajectories.of(new int[] {1}, three, three, three))
        .hasMessage("the first trajectory starts at point 0, got 1");
    assertThatThrownBy(() -> Trajectories.of(new int[] {0, 2}, three, three, three))
        .hasMessage("trajectory 1 needs at least 2 points, got the points from 2 to before 3");
    assertThatThrownBy(() -> Trajectories.of(new int[] {0}, three, three, new double[2]))
        .hasMessage("trajectories need as many x, y and times, got 3, 3 and 2");
  }

  @Test
  void boxesNeedLength() {
    assertThatThrownBy(() -> new Box(0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a box needs left < right and bottom < top, got x from 0.0 to 0.0 and y from 0.0 to"
                + " 1.0");
    assertThatThrownBy(() -> new Box(0, Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyOptionIsChecked() {
    assertThat(Parameters.describe(FieldParams.class))
        .extracting(ParameterField::name)
        .containsExactly("grid", "smoothness", "fields");
    assertThatThrownBy(() -> FieldParams.defaults().withGrid(2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FieldParams.defaults().withSmoothness(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FieldParams.defaults().withFields(7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StreamlineParams.defaults().withSeparation(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StreamlineParams.defaults().withShortest(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
