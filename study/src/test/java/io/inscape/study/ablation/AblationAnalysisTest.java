package io.inscape.study.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import io.inscape.study.unit.UnitSource;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On a real network that was trained on 300 digits for a few seconds.
@Timeout(180)
final class AblationAnalysisTest {
  private static final UnitSource FC1 = UnitSource.of("a", 5, "fc1");

  private static Study study;
  private static Workers workers;
  private static Results results;

  @BeforeAll
  static void train(@TempDir Path folder) throws Exception {
    study = SmallStudies.create(folder);
    study.train(SmallStudies.request("a", 0, 5), 2);
    workers = Workers.of(2);
    results = new Results(study);
  }

  @AfterAll
  static void stop() {
    workers.close();
    study.close();
  }

  private static AblationParams params(List<Integer> units) {
    return AblationParams.defaults().withUnits(units);
  }

  /// The units by how much more active they are for a class than overall.
  private static List<Integer> speakingFor(int label) {
    Matrix activations =
        study.vectors(new ActivationSource.Layer("a", 5, "fc1"), workers, Progress.none());
    int[] labels = study.labels();
    double[] more = new double[activations.cols()];
    long of = IntStream.of(labels).filter(one -> one == label).count();
    for (int row = 0; row < labels.length; row++) {
      for (int unit = 0; unit < more.length; unit++) {
        double share = labels[row] == label ? 1.0 / of : -1.0 / (labels.length - of);
        more[unit] += share * activations.get(row, unit);
      }
    }
    return IntStream.range(0, more.length)
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> -more[unit]))
        .toList();
  }

  private static double recall(AnalysisResult result, String when, int label) {
    Map<?, ?> recall = (Map<?, ?>) result.report().get("recall");
    Object values =
        when.equals("control") ? ((Map<?, ?>) recall.get("control")).get("mean") : recall.get(when);
    return (Double) ((List<?>) values).get(label);
  }

  @Test
  void aClassFailsWithoutTheUnitsThatSpeakForItAndTheControlHolds() {
    int label = 0;
    List<Integer> units = speakingFor(label).subList(0, 100);
    AnalysisResult result =
        results.compute(new AblationAnalysis(FC1, params(units)), workers, Progress.none());
    double others = 0;
    for (int c = 0; c < 10; c++) {
      others += c == label ? 0 : (recall(result, "before", c) - recall(result, "after", c)) / 9;
    }
    double fall = recall(result, "before", label) - recall(result, "after", label);
    double control = recall(result, "before", label) - recall(result, "control", label);
    assertThat(fall)
        .as("fall of class %d, others %f, control %f", label, others, control)
        .isGreaterThan(.5);
    assertThat(others).isLessThan(.15);
    assertThat(control).isLessThan(.15);
    Map<?, ?> accuracy = (Map<?, ?>) result.report().get("accuracy");
    assertThat((List<?>) accuracy.get("control")).hasSize(5);
    assertThat(result.report()).containsEntry("testCount", 200).containsEntry("lastHidden", "fc1");
    assertThat(results.column(result.digest(), "layout").shape())
        .containsExactly(2, SmallStudies.SAMPLE, 2);
    assertThat(results.column(result.digest(), "predictionsAfter").shape())
        .containsExactly(SmallStudies.SAMPLE, 10);
    List<?> confusion = (List<?>) result.report().get("confusionAfter");
    int all =
        confusion.stream()
            .flatMap(row -> ((List<?>) row).stream())
            .mapToInt(count -> (Integer) count)
            .sum();
    assertThat(all).isEqualTo(200);
  }

  @Test
  void theOrderOfTheUnitsDoesNotMatterAndBytesDoNotDependOnThreads() throws Exception {
    AblationParams asked =
        params(List.of(9, 2, 5)).withControls(2).withReplacement(Replacement.MEAN);
    AnalysisResult result =
        results.compute(new AblationAnalysis(FC1, asked), workers, Progress.none());
    assertThat(results.find(new AblationAnalysis(FC1, asked.withUnits(List.of(2, 5, 9)))))
        .isPresent();
    assertThat(result.source())
        .isEqualTo(Map.of("run", "a", "epoch", 5, "layer", "fc1", "pooling", "none"));
    Path kept = study.folder().resolve("results/ablation").resolve(result.digest());
    var bytes = SmallStudies.digests(kept);
    study.files().delete(kept.resolve("result.json"));
    try (Workers one = Workers.of(1)) {
      results.compute(new AblationAnalysis(FC1, asked), one, Progress.none());
    }
    assertThat(SmallStudies.digests(kept)).isEqualTo(bytes);
  }

  @Test
  void refusesWhatCannotBeSwitchedOff() {
    refuses(
        FC1,
        List.of(),
        "units must name at least 1 of the 1000 of layer fc1 of run a, epoch 5, got none");
    refuses(
        FC1,
        List.of(1000),
        "unit must be in [0, 1000), as layer fc1 of run a, epoch 5 has them, got 1000");
    refuses(FC1, List.of(4, 4), "each unit is named once, got twice 4");
    refuses(
        FC1,
        IntStream.range(0, 1000).boxed().toList(),
        "units must leave at least 1 of the 1000 of layer fc1 of run a, epoch 5 on, got all of them:"
            + " then nothing of the input gets through");
    refuses(
        UnitSource.of("a", 5, "logits"),
        List.of(1),
        "units of hidden layers can be switched off, and logits is what run a answers; name one of"
            + " fc1");
    refuses(
        UnitSource.of("a", 5, "input"),
        List.of(1),
        "run a has no layer input; there are fc1, logits, probabilities");
    refuses(UnitSource.of("a", 3, "fc1"), List.of(1), "run a keeps no epoch 3");
    List<Integer> most = IntStream.range(0, 999).boxed().toList();
    assertThatThrownBy(() ->
            results.compute(new AblationAnalysis(FC1, params(most)), workers, Progress.none()))
        .hasMessageContaining("controls are as many other live units, 999, but layer fc1")
        .hasMessageEndingWith("switch fewer units off, or set controls to 0");
  }

  private static void refuses(UnitSource source, List<Integer> units, String sentence) {
    assertThatThrownBy(() -> results.find(new AblationAnalysis(source, params(units))))
        .hasMessageStartingWith(sentence);
  }
}
