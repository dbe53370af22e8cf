package io.inscape.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Matrix;
import io.inscape.projection.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SequenceTest {
  private static final Matrix THREE = Matrix.of(3, 2, new float[] {1, 2, 3, 4, 5, 6});
  private static final Matrix WIDE = Matrix.of(3, 3, new float[9]);

  @Test
  void knowsItsStepsTheirNamesAndWhichAreConstant() {
    Sequence sequence = Sequence.of(List.of(THREE, WIDE), List.of("epoch 0", "epoch 5"));
    assertThat(sequence.steps()).isEqualTo(2);
    assertThat(sequence.observations()).isEqualTo(3);
    assertThat(sequence.name(1)).isEqualTo("epoch 5");
    assertThat(sequence.label(1)).isEqualTo("step 1 (epoch 5)");
    assertThat(sequence.sameWidth()).isFalse();
    assertThat(sequence.constant(0)).isFalse();
    assertThat(sequence.constant(1)).isTrue();
    Sequence unnamed = Sequence.of(List.of(THREE, THREE));
    assertThat(unnamed.names()).containsExactly("step 0", "step 1");
    assertThat(unnamed.label(1)).isEqualTo("step 1");
    assertThat(unnamed.sameWidth()).isTrue();
  }

  @Test
  void selectsObservationsAtEveryStep() {
    Sequence some = Sequence.of(List.of(THREE, WIDE), List.of("a", "b")).select(new int[] {2, 0});
    assertThat(some.step(0).toArray()).containsExactly(5, 6, 1, 2);
    assertThat(some.step(1).rows()).isEqualTo(2);
    assertThat(some.names()).containsExactly("a", "b");
  }

  @Test
  void refusesWhatIsNoSequence() {
    assertThatThrownBy(() -> Sequence.of(List.of(THREE)))
        .hasMessage(
            "a sequence needs at least 2 steps, got 1; a single step can be projected on its own");
    Matrix four = Matrix.of(4, 2, new float[8]);
    assertThatThrownBy(() -> Sequence.of(List.of(THREE, four), List.of("epoch 0", "epoch 5")))
        .hasMessage(
            "every step needs the same observations, but step 0 (epoch 0) has 3 rows and step 1"
                + " (epoch 5) has 4");
    Matrix one = Matrix.of(1, 2, new float[2]);
    assertThatThrownBy(() -> Sequence.of(List.of(one, one)))
        .hasMessage("a sequence needs at least 2 observations, got 1 rows per step");
    Matrix empty = Matrix.of(3, 0, new float[0]);
    assertThatThrownBy(() -> Sequence.of(List.of(THREE, empty)))
        .hasMessage("every step needs at least 1 column, got 0 at step 1");
    assertThatThrownBy(() -> Sequence.of(List.of(THREE, THREE), List.of("a")))
        .hasMessage("a sequence needs one name per step, 2, got 1");
    assertThatThrownBy(() -> Sequence.of(List.of(THREE, THREE), List.of("a", "a")))
        .hasMessage("the names of a sequence's steps must differ, got a, a");
  }

  @Test
  void layoutsAreKeptStepByStep() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    LayoutSequence layouts = LayoutSequence.of(2, 3, 2, values);
    assertThat(layouts.get(1, 2, 0)).isEqualTo(11);
    assertThat(layouts.step(1).toArray()).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(LayoutSequence.of(List.of(layouts.step(0), layouts.step(1))).toArray())
        .isEqualTo(values);
    assertThatThrownBy(() -> LayoutSequence.of(2, 3, 2, new float[3]))
        .hasMessage("layouts of 2 x 3 x 2 take 12 values, got 3");
    float[] broken = values.clone();
    broken[9] = Float.NaN;
    assertThatThrownBy(() -> LayoutSequence.of(2, 3, 2, broken))
        .hasMessage("positions must be finite, got NaN at step 1, observation 1, dimension 1");
    Layout other = Layout.of(Matrix.of(2, 2, new float[4]));
    assertThatThrownBy(() -> LayoutSequence.of(List.of(layouts.step(0), other)))
        .hasMessage("layouts of a sequence must all be 3 x 2 like the first, got 2 x 2 at step 1");
    assertThatThrownBy(() -> LayoutSequence.of(List.of()))
        .hasMessage("a sequence of layouts needs at least 1, got 0");
  }
}
