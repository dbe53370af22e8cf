package io.inscape.study.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.probe.ProbeReport.LayerFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LayerProbesTest {
  @Test
  void probesTheInputAndEveryHiddenLayerToTheSameBytesOnAnyNumberOfThreads(@TempDir Path folder)
      throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers two = Workers.of(2);
        Workers one = Workers.of(1)) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      Results results = new Results(study);
      var params = LayerProbeParams.defaults().withTrainCount(250);
      var analysis = new ProbeAnalysis(new LayerProbes.Target("a", 2), params);
      AnalysisResult result = results.compute(analysis, two, Progress.none());
      assertThat(result.source()).isEqualTo(Map.of("run", "a", "epoch", 2));
      assertThat(result.report())
          .containsEntry("trainCount", 250)
          .containsEntry("testCount", 200)
          .containsEntry("hitCount", SmallStudies.SAMPLE)
          .containsEntry("skipped", List.of());
      List<?> layers = (List<?>) result.report().get("layers");
      assertThat(layers.stream().map(layer -> ((Map<?, ?>) layer).get("layer")))
          .isEqualTo(List.of("input", "fc1"));
      for (Object layer : layers) {
        Map<?, ?> figures = (Map<?, ?>) layer;
        assertThat((Double) figures.get("trainAccuracy")).isGreaterThan(0.95);
        assertThat((Double) figures.get("accuracy")).isBetween(0.5, 1.0);
        assertThat((Double) figures.get("ownNeighborhoodHit")).isBetween(0.3, 1.0);
      }
      Path kept = study.folder().resolve("results/probe").resolve(result.digest());
      var bytes = SmallStudies.digests(kept);
      study.files().delete(kept.resolve("result.json"));
      results.compute(analysis, one, Progress.none());
      assertThat(SmallStudies.digests(kept)).isEqualTo(bytes);

      var narrow = new ProbeAnalysis(new LayerProbes.Target("a", 2), params.withWidest(999));
      Map<String, Object> report = results.compute(narrow, two, Progress.none()).report();
      assertThat(report)
          .containsEntry("skipped", List.of("fc1"))
          .containsEntry("advice", "No hidden layer was probed, so nothing can be said of them.");
      var absent = new ProbeAnalysis(new LayerProbes.Target("a", 1), params);
      assertThatThrownBy(() -> results.find(absent))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("run a keeps no epoch 1");
    }
  }

  @Test
  void refusesActivationsThatTheHeapCannotHoldWithBothNumbers() {
    assertThatNoException().isThrownBy(() -> LayerProbes.requireRoom(10, 10, 1000));
    assertThatThrownBy(() -> LayerProbes.requireRoom(60_000, 4784, 1_000_000_000))
        .hasMessage(
            "the activations of 60000 training images in all layers take 1.15 GB, the heap has 1.00"
                + " GB; lower trainCount to at most 31354, or widest");
  }

  private static ProbeReport report(double... figures) {
    LayerFigures[] layers = new LayerFigures[figures.length / 2];
    for (int i = 0; i < layers.length; i++) {
      String name = i == 0 ? "input" : "fc" + i;
      layers[i] = new LayerFigures(name, 10, figures[2 * i], 1, figures[2 * i + 1]);
    }
    return new ProbeReport(List.of(layers), null, 10, 10, 10, List.of());
  }

  @Test
  void layersAfterTheFirstThatReadsAsWellAsTheLastCanBeDropped() {
    ProbeReport report = report(.90, .86, .975, .962, .98, .962, .979, .964);
    assertThat(report.drop()).containsExactly("fc2", "fc3");
    assertThat(report.advice())
        .isEqualTo(
            "fc2, fc3 add less than 0.5 percentage points to what a linear probe finds, 97.50 % on"
                + " fc1 and 97.90 % on fc3: the network may do as well without them. Nor do classes"
                + " lie closer together: neighborhood hit 96.20 % on fc1, 96.40 % on fc3.");
  }

  @Test
  void whatADroppedLayerDoesForTheNeighbourhoodsIsSaid() {
    ProbeReport report = report(.90, .86, .979, .92, .979, .96);
    assertThat(report.drop()).containsExactly("fc2");
    assertThat(report.advice())
        .endsWith(
            " the network may do as well without it. What it adds is that classes lie closer"
                + " together: neighborhood hit 92.00 % on fc1, 96.00 % on fc2.");
    ProbeReport falling = report(.90, .86, .99, .99, .979, .96);
    assertThat(falling.drop()).containsExactly("fc2");
  }

  @Test
  void aLayerThatReadsBetterThanAllBeforeItStays() {
    ProbeReport report = report(.90, .86, .95, .96, .979, .96);
    assertThat(report.drop()).isEmpty();
    assertThat(report.advice())
        .isEqualTo(
            "Every layer adds something: none before fc2 comes within 0.5 percentage points of what"
                + " a linear probe reaches there, 97.90 %.");
  }
}
