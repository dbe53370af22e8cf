package io.inscape.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.Orientation;
import io.inscape.evolution.params.StepMethod;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndependentRunTest {
  private final Workers workers = Workers.of(2);

  @Test
  void asItIsMeansTheProjectionsThemselves() {
    Sequence sequence = EvolutionData.separating(3, 80, 6, 1);
    IndependentParams params =
        IndependentParams.defaults()
            .withPerplexity(9)
            .withIterations(60)
            .withSeed(4)
            .withOrientation(Orientation.AS_IS);
    LayoutSequence layouts = Alignments.fit(sequence, params, workers, Progress.none());
    TsneParams tsne = TsneParams.defaults().withPerplexity(9).withIterations(60).withSeed(4);
    for (int t = 0; t < 3; t++) {
      assertThat(layouts.step(t).toArray())
          .isEqualTo(Projections.fit(sequence.step(t), tsne, workers, Progress.none()).toArray());
    }
  }

  @Test
  void procrustesTurnsEachOntoTheOneBeforeAndChangesNoDistance() {
    Sequence sequence = EvolutionData.separating(3, 80, 6, 1);
    IndependentParams params = IndependentParams.defaults().withProjection(StepMethod.SMACOF);
    LayoutSequence turned = Alignments.fit(sequence, params, workers, Progress.none());
    LayoutSequence plain =
        Alignments.fit(
            sequence, params.withOrientation(Orientation.AS_IS), workers, Progress.none());
    assertThat(EvolutionData.movement(turned)).isLessThan(EvolutionData.movement(plain));
    for (int t = 0; t < 3; t++) {
      for (int i = 1; i < 80; i++) {
        assertThat(distance(turned, t, i)).isCloseTo(distance(plain, t, i), within(1e-4));
      }
    }
  }

  private static double distance(LayoutSequence layouts, int t, int i) {
    return Math.hypot(
        layouts.get(t, i, 0) - layouts.get(t, i - 1, 0),
        layouts.get(t, i, 1) - layouts.get(t, i - 1, 1));
  }

  @Test
  void aTurnedAndMirroredLayoutComesBack() {
    float[] values = EvolutionData.step(30, 2, 1, 2).toArray();
    for (int mirror = -1; mirror <= 1; mirror += 2) {
      float[] moved = new float[60];
      for (int at = 0; at < 60; at += 2) {
        double x = values[at];
        double y = mirror * values[at + 1];
        moved[at] = (float) (.6 * x - .8 * y + 5);
        moved[at + 1] = (float) (.8 * x + .6 * y - 3);
      }
      Layout reference = Layout.of(Matrix.of(30, 2, values));
      Layout back = Procrustes.onto(reference, Layout.of(Matrix.of(30, 2, moved)));
      assertThat(back.toArray()).containsExactly(values, within(1e-5f));
    }
  }

  @Test
  void aPointlikeLayoutIsMovedOnly() {
    Layout reference = Layout.of(EvolutionData.step(5, 2, 1, 2));
    Layout point = Layout.of(Matrix.of(5, 2, new float[10]));
    Layout moved = Procrustes.onto(reference, point);
    assertThat(moved.positions().get(0, 0)).isEqualTo(moved.positions().get(4, 0));
  }

  @Test
  void aDeadStepIsTaken() {
    Sequence sequence =
        Sequence.of(List.of(Matrix.of(40, 2, new float[80]), EvolutionData.step(40, 3, 2, 1)));
    for (StepMethod method : StepMethod.values()) {
      IndependentParams params =
          IndependentParams.defaults().withProjection(method).withPerplexity(5).withIterations(20);
      assertThat(Alignments.fit(sequence, params, workers, Progress.none()).observations())
          .isEqualTo(40);
    }
  }
}
