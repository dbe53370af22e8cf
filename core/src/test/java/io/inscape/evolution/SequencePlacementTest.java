package io.inscape.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.evolution.params.StepMethod;
import io.inscape.evolution.params.StepScale;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SequencePlacementTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  static List<AlignmentParams> everyMethod() {
    return List.of(
        VffParams.defaults(),
        VffParams.defaults().withScale(StepScale.COMMON),
        DynamicTsneParams.defaults().withPerplexity(10).withIterations(150),
        JointParams.defaults().withPerplexity(10).withIterations(150),
        ChainedParams.defaults().withPerplexity(10).withIterations(150),
        IndependentParams.defaults().withPerplexity(10).withIterations(150),
        IndependentParams.defaults().withProjection(StepMethod.SMACOF),
        IndependentParams.defaults().withProjection(StepMethod.PCA));
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void newObservationsGoWhereTheirKindIs(AlignmentParams params) {
    Matrix early = EvolutionData.step(180, 10, 4, 1);
    Matrix late = EvolutionData.step(180, 10, 6, 1);
    int[] known = IntStream.range(0, 150).toArray();
    int[] fresh = IntStream.range(150, 180).toArray();
    Sequence sequence = Sequence.of(List.of(early.selectRows(known), late.selectRows(known)));
    LayoutSequence layouts = Alignments.fit(sequence, params, workers, Progress.none());
    SequencePlacement placement = new SequencePlacement(params, workers);
    double[] units = {placement.unit(sequence.step(0)), placement.unit(sequence.step(1))};
    for (int t = 0; t < 2; t++) {
      Matrix added = (t == 0 ? early : late).selectRows(fresh);
      Layout layout = layouts.step(t);
      Layout placed = placement.place(sequence.step(t), layout, placement.unit(units, t), added);
      assertThat(placed.observations()).isEqualTo(30);
      for (int i = 0; i < 30; i++) {
        assertThat(nearest(layout, placed, i) % 3).isEqualTo(i % 3);
      }
    }
  }

  private static int nearest(Layout layout, Layout placed, int i) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < layout.observations(); j++) {
      double apart =
          Math.hypot(
              placed.positions().get(i, 0) - layout.positions().get(j, 0),
              placed.positions().get(i, 1) - layout.positions().get(j, 1));
      if (apart < least) {
        least = apart;
        nearest = j;
      }
    }
    return nearest;
  }

  @Test
  void fusionPlacesAsItPlacesThoseBeyondItsSample() {
    Sequence sequence = EvolutionData.separating(2, 90, 6, 3);
    VffParams params = VffParams.defaults().withSample(60);
    LayoutSequence layouts = Alignments.fit(sequence, params, workers, Progress.none());
    int[] others = Split.draw(90, 60, params.seed()).others();
    SequencePlacement placement = new SequencePlacement(params, workers);
    Layout placed =
        placement.place(
            sequence.step(1),
            layouts.step(1),
            placement.unit(sequence.step(1)),
            sequence.step(1).selectRows(others));
    for (int i = 0; i < others.length; i++) {
      for (int dim = 0; dim < 2; dim++) {
        assertThat(placed.positions().get(i, dim))
            .isCloseTo(layouts.get(1, others[i], dim), within(1e-4f));
      }
    }
  }
}
