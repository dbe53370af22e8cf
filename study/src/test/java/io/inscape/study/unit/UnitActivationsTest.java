package io.inscape.study.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunRequest;
import io.inscape.training.TrainingParams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class UnitActivationsTest {
  private static final UnitSource FLAT = UnitSource.of("a", 0, "fc1");
  private static final UnitSource MAPS = UnitSource.of("c", 0, "pool2");

  private static void trainBoth(Study study) {
    study.train(SmallStudies.request("a", 0), 2);
    TrainingParams params =
        TrainingParams.papers(Architecture.CNN).withSnapshotEpochs(List.of(0)).withSeed(1);
    var network = Architectures.build(Architecture.CNN, study.dataset().shape(), 10, 1);
    study.train(new RunRequest("c", "cnn", network, params, 100), 2);
  }

  @Test
  void unitsAreTheStoredColumnsOrTheMeanOrMaximumOfAChannelsPositions(@TempDir Path folder)
      throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers workers = Workers.of(2)) {
      trainBoth(study);
      UnitSource flat = FLAT.resolve(study);
      assertThat(flat.pooling()).contains(UnitPooling.NONE);
      Matrix units = UnitActivations.read(study, flat, workers, Progress.none());
      assertThat(units.toArray())
          .isEqualTo(study.vectors(flat.activations(), workers, Progress.none()).toArray());
      assertThat(UnitActivations.column(study, flat, 7, workers, Progress.none()))
          .isEqualTo(column(units, 7));

      UnitSource mean = MAPS.resolve(study);
      assertThat(mean.describe())
          .isEqualTo(Map.of("run", "c", "epoch", 0, "layer", "pool2", "pooling", "mean"));
      assertThat(mean.units(study)).isEqualTo(64);
      Matrix stored = study.vectors(mean.activations(), workers, Progress.none());
      int width = stored.cols() / 64;
      UnitSource max = with(UnitPooling.MAX).resolve(study);
      Matrix means = UnitActivations.read(study, mean, workers, Progress.none());
      Matrix maxima = UnitActivations.read(study, max, workers, Progress.none());
      assertThat(means.cols()).isEqualTo(64);
      for (int unit : new int[] {0, 5, 63}) {
        for (int row = 0; row < stored.rows(); row++) {
          double sum = 0;
          float most = Float.NEGATIVE_INFINITY;
          for (int at = 0; at < width; at++) {
            sum += stored.get(row, unit * width + at);
            most = Math.max(most, stored.get(row, unit * width + at));
          }
          assertThat(means.get(row, unit)).isEqualTo((float) (sum / width));
          assertThat(maxima.get(row, unit)).isEqualTo(most);
        }
        assertThat(UnitActivations.column(study, mean, unit, workers, Progress.none()))
            .isEqualTo(column(means, unit));
      }
      assertThat(with(UnitPooling.NONE).resolve(study).units(study)).isEqualTo(stored.cols());
      assertThatThrownBy(() -> UnitActivations.column(study, mean, 64, workers, Progress.none()))
          .hasMessage("unit must be in [0, 64), as layer pool2 of run c, epoch 0 has them, got 64");
    }
  }

  private static UnitSource with(UnitPooling pooling) {
    return new UnitSource(MAPS.run(), MAPS.epoch(), MAPS.layer(), Optional.of(pooling));
  }

  private static float[] column(Matrix matrix, int unit) {
    float[] column = new float[matrix.rows()];
    for (int row = 0; row < column.length; row++) {
      column[row] = matrix.get(row, unit);
    }
    return column;
  }

  @Test
  void whatIsNotThereIsRefusedInOneSentence(@TempDir Path folder) throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0), 2);
      assertThatThrownBy(() -> UnitSource.of("b", 0, "fc1").resolve(study))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("no run b");
      assertThatThrownBy(() -> UnitSource.of("a", 4, "fc1").resolve(study))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("run a keeps no epoch 4");
      assertThatThrownBy(() -> UnitSource.of("a", 0, "fc9").resolve(study))
          .hasMessage("run a has no layer fc9; there are fc1, logits, probabilities");
      assertThatThrownBy(
              () -> new UnitSource("a", 0, "fc1", Optional.of(UnitPooling.MAX)).resolve(study))
          .hasMessage(
              "pooling max needs a layer of maps, but layer fc1 of run a has the shape [1000];"
                  + " leave pooling out, or say none");
      assertThatThrownBy(() -> UnitPooling.named("Mean"))
          .hasMessage("pooling must be none, mean or max, got \"Mean\"");
      assertThatIllegalStateException().isThrownBy(FLAT::chosen);
    }
  }

  @Test
  void refusesActivationsThatTheHeapCannotHoldWithBothNumbers() {
    assertThatNoException().isThrownBy(() -> UnitActivations.requireRoom(FLAT, 10, 10, 1000));
    assertThatThrownBy(() -> UnitActivations.requireRoom(FLAT, 10_000, 25_088, 2_000_000_000))
        .hasMessage(
            "the activations of 10000 observations in the 25088 units of layer fc1 of run a, epoch"
                + " 0 take 1.00 GB, the heap has 2.00 GB; pool its maps, take a narrower layer, or"
                + " a study of fewer observations");
  }
}
