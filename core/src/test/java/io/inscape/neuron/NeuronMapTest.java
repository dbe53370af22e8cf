package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.SmacofParams;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class NeuronMapTest {
  private final Workers workers = Workers.of(2);

  @Test
  void theStressIsWhatMetricMdsSaysOfItselfWhateverTheScale() {
    RandomGenerator random = Rng.of(3, "units");
    Matrix activations =
        Matrix.filled(
            40,
            90,
            values -> {
              for (int at = 0; at < values.length; at++) {
                values[at] = random.nextFloat();
              }
            });
    NeuronDissimilarity units =
        NeuronDissimilarity.of(activations, NeuronMeasure.PEARSON, workers, Progress.none());
    SmacofParams params = SmacofParams.defaults();
    ProjectionRun run = units.start(params, workers, Progress.none());
    run.step(params.iterations());
    NeuronMap map = NeuronMap.of(units, params, workers, Progress.none());
    assertThat(map.layout().toArray()).isEqualTo(run.layout().toArray());
    assertThat(map.stress())
        .isCloseTo(((Number) run.details().get("stress1")).doubleValue(), within(1e-4));
    float[] larger = map.layout().toArray();
    for (int at = 0; at < larger.length; at++) {
      larger[at] *= 7;
    }
    assertThat(NeuronMap.stress(units.table(), Layout.of(Matrix.of(90, 2, larger)), workers))
        .isCloseTo(map.stress(), within(1e-6));
  }

  @Test
  void anExactLayoutHasNoStressAndOneWithoutExtentHasAll() {
    Matrix points = Matrix.of(3, 2, new float[] {0, 0, 3, 0, 0, 4});
    Dissimilarities table = Dissimilarities.euclidean(points, workers);
    assertThat(NeuronMap.stress(table, Layout.of(points), workers)).isCloseTo(0, within(1e-6));
    Layout point = Layout.of(Matrix.of(3, 2, new float[6]));
    assertThat(NeuronMap.stress(table, point, workers)).isEqualTo(1);
    Dissimilarities same = Dissimilarities.euclidean(Matrix.of(3, 1, new float[3]), workers);
    assertThat(NeuronMap.stress(same, point, workers)).isZero();
  }

  @Test
  void unitsAreLaidOutByFourMethods() {
    for (String name : NeuronMap.METHODS) {
      assertThat(NeuronMap.method(name).params(Map.of()).method()).isEqualTo(name);
    }
    assertThatThrownBy(() -> NeuronMap.method("pca"))
        .hasMessage("units are laid out by smacof, mds, tsne, umap, got pca");
  }

  @Test
  void keptScoresAreThoseThatWereComputed() {
    float[] scores = {.2f, 0, .8f, 0, 0, 0};
    DiscriminativeScores kept = DiscriminativeScores.restore(3, scores, List.of(1), new int[] {1});
    assertThat(kept.classes()).isEqualTo(2);
    assertThat(kept.skipped()).containsExactly(1);
    assertThat(kept.dead()).containsExactly(1);
    assertThat(kept.strongest(0, 5)).containsExactly(2, 0);
    assertThat(kept.toArray()).isEqualTo(scores);
    assertThat(SeedSpread.of(kept, kept, workers).pearson()).containsExactly(1.0, null);
    assertThatThrownBy(() -> DiscriminativeScores.restore(4, scores, List.of(), new int[0]))
        .hasMessage("6 scores are not those of whole classes of 4 units");
  }
}
