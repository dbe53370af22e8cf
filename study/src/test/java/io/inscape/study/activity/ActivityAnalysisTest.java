package io.inscape.study.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.Perplexity;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ActivityAnalysisTest {
  private static ActivityAnalysis of(String layer, Integer... epochs) {
    return new ActivityAnalysis(
        new ActivityAnalysis.Target("a", layer, Optional.empty(), List.of(epochs)),
        ActivityParams.defaults());
  }

  @Test
  void followsTheActivityOfALayer(@TempDir Path folder) throws Exception {
    try (Study study = SmallStudies.create(folder);
        Workers workers = Workers.of(2)) {
      study.train(SmallStudies.request("a", 0, 1, 2), 2);
      Results results = new Results(study);
      AnalysisResult result = results.compute(of("fc1"), workers, Progress.none());
      assertThat(result.source())
          .isEqualTo(
              Map.of("run", "a", "layer", "fc1", "pooling", "none", "epochs", List.of(0, 1, 2)));
      assertThat(result.report())
          .containsEntry("epochs", List.of(0, 1, 2))
          .containsEntry("units", 1000)
          .containsKeys("stableSince", "change", "median");
      assertThat((List<?>) result.report().get("bins")).hasSize(33);
      for (Object counts : (List<?>) result.report().get("histogram")) {
        int sum = ((List<?>) counts).stream().mapToInt(count -> (Integer) count).sum();
        assertThat(sum).isEqualTo(SmallStudies.SAMPLE);
      }
      assertThat((List<?>) result.report().get("flags")).hasSize(3);
      float[] kept = results.column(result.digest(), "perplexity").floats();
      var source = new ActivationSource.Layer("a", 1, "fc1");
      float[] expected = Perplexity.of(study.vectors(source, workers, Progress.none()), workers);
      assertThat(Arrays.copyOfRange(kept, SmallStudies.SAMPLE, 2 * SmallStudies.SAMPLE))
          .isEqualTo(expected);

      assertThat(results.find(of("fc1", 0, 1, 2))).isPresent(); // all that are kept
      assertThatThrownBy(() -> results.find(of("fc1", 0, 9)))
          .hasMessageContaining("run a keeps no epoch 9");
      assertThatThrownBy(() -> results.find(of("input")))
          .hasMessage("run a has no layer input; there are fc1, logits, probabilities");
    }
  }
}
