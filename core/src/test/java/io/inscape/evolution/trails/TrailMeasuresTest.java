package io.inscape.evolution.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.evolution.LayoutSequence;
import org.junit.jupiter.api.Test;

final class TrailMeasuresTest {
  // observation 0 goes 5 and then 13, observation 1 stays and then goes 1, observation 2 stays
  private final TrailMeasures measures =
      TrailMeasures.of(
          LayoutSequence.of(
              3, 3, 2, new float[] {0, 0, 1, 1, 2, 2, 3, 4, 1, 1, 2, 2, 8, 16, 1, 2, 2, 2}));

  @Test
  void lengthsAreSumsOfSteps() {
    assertThat(measures.transitions()).isEqualTo(2);
    assertThat(measures.stepLength()).containsExactly(5, 0, 0, 13, 1, 0);
    assertThat(measures.length()).containsExactly(18, 1, 0);
  }

  @Test
  void meansArePerClass() {
    int[] labels = {0, 0, 2};
    assertThat(measures.meanLength(labels, 3)).containsExactly(9.5, 0, 0);
    assertThat(measures.meanStepLength(labels, 3)).containsExactly(2.5, 0, 0, 7, 0, 0);
  }

  @Test
  void threeDimensionsCountToo() {
    LayoutSequence deep = LayoutSequence.of(2, 1, 3, new float[] {0, 0, 0, 2, 3, 6});
    assertThat(TrailMeasures.of(deep).length()).containsExactly(7);
  }

  @Test
  void refusesWrongLabelsAndSingleSteps() {
    assertThatThrownBy(() -> measures.meanLength(new int[] {0, 3, 0}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels must be from 0 to 2, got 3 for observation 1");
    assertThatThrownBy(() -> measures.meanStepLength(new int[2], 3))
        .hasMessage("labels must be one per observation, got 2 for 3 observations");
    assertThatThrownBy(() -> TrailMeasures.of(LayoutSequence.of(1, 2, 2, new float[4])))
        .hasMessage("trails need at least 2 steps, got 1");
  }
}
