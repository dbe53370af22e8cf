package io.inscape.study.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class FindingsAnalysisTest {
  private static final FindingParams PARAMS =
      FindingParams.defaults().withImages(150).withProbeImages(150);
  private static final List<String> ALL =
      List.of(
          "confused-pair",
          "idle-layers",
          "label-suspects",
          "learned-nothing",
          "overfitting",
          "split-classes",
          "training-gain",
          "untrained-separates",
          "worst-class");

  private static List<String> ids(AnalysisResult result, String list) {
    List<String> ids = new ArrayList<>();
    for (Object one : (List<?>) result.report().get(list)) {
      ids.add((String) ((Map<?, ?>) one).get("id"));
    }
    return ids;
  }

  private static Map<?, ?> finding(AnalysisResult result, String id) {
    return ((List<?>) result.report().get("findings"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> one.get("id").equals(id))
            .findFirst()
            .orElseThrow();
  }

  private static void requireWhole(AnalysisResult result) {
    List<String> ids = new ArrayList<>(ids(result, "findings"));
    ids.addAll(ids(result, "silent"));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(ids)).containsExactlyElementsOf(ALL);
    double strength = 1;
    for (Object one : (List<?>) result.report().get("findings")) {
      Map<?, ?> finding = (Map<?, ?>) one;
      assertThat((Double) finding.get("strength")).isBetween(0.0, strength);
      strength = (Double) finding.get("strength");
      assertThat((String) finding.get("sentence")).matches("[A-Z0-9].*\\.");
      assertThat((String) finding.get("control")).isNotBlank();
      assertThat((Map<?, ?>) finding.get("link")).containsKey("view").containsKey("run");
      assertThat(finding.get("speaks")).isEqualTo(true);
    }
  }

  @Test
  void aTrainedNetworkIsSpokenOfAndTheUntrainedAndTheShuffledOneAreNot(@TempDir Path folder)
      throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers two = Workers.of(2);
        Workers one = Workers.of(1)) {
      RunRequest real = SmallStudies.request("real", 0, 2, 4, 8);
      study.train(real, 2);
      study.train(
          new RunRequest(
              "shuffled", "rmlp", real.untrained(), real.params().withShuffleLabels(true), 0),
          2);
      Results results = new Results(study);

      AnalysisResult trained =
          results.compute(new FindingsAnalysis("real", 8, PARAMS), two, Progress.none());
      requireWhole(trained);
      assertThat(ids(trained, "findings"))
          .contains("untrained-separates", "training-gain")
          .doesNotContain("learned-nothing", "split-classes", "idle-layers");
      assertThat((Double) finding(trained, "training-gain").get("effect")).isPositive();

      AnalysisResult untrained =
          results.compute(new FindingsAnalysis("real", 0, PARAMS), two, Progress.none());
      requireWhole(untrained);
      assertThat(ids(untrained, "findings")).containsExactly("untrained-separates");
      assertThat((Map<?, ?>) finding(untrained, "untrained-separates").get("link"))
          .isEqualTo(Map.of("view", "projection", "run", "real", "epoch", 0, "layer", "fc1"));

      for (int epoch : new int[] {2, 4, 8}) {
        AnalysisResult shuffled =
            results.compute(new FindingsAnalysis("shuffled", epoch, PARAMS), two, Progress.none());
        requireWhole(shuffled);
        assertThat(ids(shuffled, "findings")).containsExactly("learned-nothing");
        assertThat((String) finding(shuffled, "learned-nothing").get("sentence"))
            .contains("learned nothing", "shuffled");
      }

      Path kept = study.folder().resolve("results/findings").resolve(trained.digest());
      var bytes = SmallStudies.digests(kept);
      study.files().delete(kept.resolve("result.json"));
      results.compute(new FindingsAnalysis("real", 8, PARAMS), one, Progress.none());
      assertThat(SmallStudies.digests(kept)).isEqualTo(bytes);
      aKeptProjectionMakesOtherFindings(results, trained, two);
    }
  }

  private static void aKeptProjectionMakesOtherFindings(
      Results results, AnalysisResult before, Workers workers) {
    results.compute(
        ProjectionAnalysis.of(
            new ActivationSource.Layer("real", 8, "fc1"), TsneParams.defaults().withPerplexity(10)),
        workers,
        Progress.none());
    var analysis = new FindingsAnalysis("real", 8, PARAMS);
    assertThat(results.digest(analysis)).isNotEqualTo(before.digest());
    assertThatThrownBy(() -> results.find(new FindingsAnalysis("real", 3, PARAMS)))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("run real keeps no epoch 3");
  }
}
