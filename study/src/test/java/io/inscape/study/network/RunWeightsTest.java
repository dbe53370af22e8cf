package io.inscape.study.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.network.Network;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunRequest;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.TensorWeights;
import io.inscape.study.weight.WeightFigures;
import io.inscape.training.TrainingParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunWeightsTest {
  @TempDir Path folder;

  private static RunRequest oneStepPerEpoch(double rate) {
    RunRequest usual = SmallStudies.request("a", 0, 1, 2);
    TrainingParams params =
        usual.params().withBatchSize(300).withOptimiser(new TrainingParams.Optimiser(rate, 0.9, 0));
    return new RunRequest("a", "rmlp", usual.untrained(), params, 0);
  }

  private static float[] values(Study study, int epoch, String tensor) {
    Network network = study.run("a").network(epoch);
    return Objects.requireNonNull(network.parameters().get(tensor)).floats();
  }

  private static TensorWeights tensor(KeptWeights weights, String name) {
    return weights.tensors().stream()
        .filter(one -> one.tensor().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double deviation(float[] now, float[] before) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < now.length; i++) {
      double step = (double) now[i] - before[i];
      sum += step;
      squares += step * step;
    }
    return Math.sqrt(squares / now.length - sum / now.length * sum / now.length);
  }

  @Test
  void everyEpochIsKeptAndItsUpdateIsTheLastStep() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(oneStepPerEpoch(0.01), 2);
      List<KeptWeights> all = new RunWeights(study, 2).of("a");
      assertThat(all).extracting(KeptWeights::epoch).containsExactly(0, 1, 2);
      assertThat(all.get(0).tensors()).allMatch(tensor -> tensor.update() == null);
      for (int epoch = 1; epoch <= 2; epoch++) {
        float[] now = values(study, epoch, "fc1.weight");
        float[] before = values(study, epoch - 1, "fc1.weight");
        TensorWeights tensor = tensor(all.get(epoch), "fc1.weight");
        WeightFigures update = Objects.requireNonNull(tensor.update());
        double expected = deviation(now, before);
        assertThat(Objects.requireNonNull(update.deviation()))
            .isCloseTo(expected, within(1e-4 * expected));
        double weights = Objects.requireNonNull(tensor.values().deviation());
        assertThat(Objects.requireNonNull(tensor.ratio()))
            .isCloseTo(Math.log10(expected / weights), within(1e-4));
        assertThat(Objects.requireNonNull(update.histogram()).histogram().counted())
            .isEqualTo(now.length);
      }
    }
  }

  @Test
  void epochsWithoutASnapshotAreThereToo() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 3), 2);
      RunWeightsReport report = RunWeightsReport.of(new RunWeights(study, 1), "a");
      assertThat(report.epochs())
          .extracting(RunWeightsReport.EpochReport::exact)
          .containsExactly(true, false, false, true);
      assertThat(report.epochs()).allMatch(epoch -> epoch.testAccuracy() != null);
      assertThat(report.divergedAt()).isNull();
      assertThat(report.tensors())
          .extracting(RunWeightsReport.TensorInfo::tensor)
          .containsExactly("fc1.weight", "fc1.bias", "logits.weight", "logits.bias");
    }
  }

  @Test
  void whatIsNotThereIsTakenFromTheSnapshotsAndKept() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      KeptWeights before = new RunWeights(study, 1).of("a", 2);
      Path kept = study.folder().resolve("runs/a/weights");
      for (int epoch = 0; epoch <= 2; epoch++) {
        Files.delete(kept.resolve("epoch-000" + epoch + ".json"));
      }
      try (Study reader = Study.openReadOnly(study.folder())) {
        assertThat(new RunWeights(reader, 1).of("a")).hasSize(2);
        assertThat(kept).isEmptyDirectory();
      }
      List<KeptWeights> again = new RunWeights(study, 2).of("a");
      assertThat(again).extracting(KeptWeights::epoch).containsExactly(0, 2);
      TensorWeights old = tensor(before, "fc1.weight");
      TensorWeights now = tensor(again.get(1), "fc1.weight");
      assertThat(now.values().mean()).isEqualTo(old.values().mean());
      assertThat(now.values().quartiles()).isEqualTo(old.values().quartiles());
      assertThat(Objects.requireNonNull(now.values().histogram()).histogram())
          .isEqualTo(Objects.requireNonNull(old.values().histogram()).histogram());
      assertThat(now.update()).isNull();
      assertThat(kept.resolve("epoch-0002.json")).exists();
      RunWeights weights = new RunWeights(study, 1);
      assertThatThrownBy(() -> weights.of("a", 1))
          .hasMessage(
              "nothing is known of the weights of run a after epoch 1; there are the epochs [0,"
                  + " 2]");
      Files.writeString(kept.resolve("epoch-0002.json"), "{}");
      assertThatThrownBy(() -> weights.of("a"))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("epoch-0002.json is damaged");
    }
  }

  @Test
  void aTrainingThatDivergesSaysInWhichEpoch() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      assertThatThrownBy(() -> study.train(oneStepPerEpoch(1e12), 2))
          .hasMessageContaining("the loss stopped being a finite number in epoch");
      RunWeightsReport report = RunWeightsReport.of(new RunWeights(study, 1), "a");
      assertThat(report.divergedAt()).isNotNull().isEqualTo(report.epochs().getLast().epoch());
      assertThat(report.epochs().getLast().testAccuracy()).isNull();
      assertThat(report.epochs().getLast().exact()).isFalse();
    }
  }

  @Test
  void aSnapshotWithNaNIsCountedWithoutIt() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      Network network = study.run("a").network(2);
      float[] bias = Objects.requireNonNull(network.parameters().get("fc1.bias")).floats();
      bias[3] = Float.NaN;
      bias[5] = Float.POSITIVE_INFINITY;
      Files.write(
          study.folder().resolve("runs/a/epoch-0002.onnx"),
          network.withParameters(Map.of("fc1.bias", bias)).toBytes());
      Files.delete(study.folder().resolve("runs/a/weights/epoch-0002.json"));
      RunWeights weights = new RunWeights(study, 1);
      RunWeightsReport report = RunWeightsReport.of(weights, "a");
      assertThat(report.divergedAt()).isEqualTo(2);
      assertThat(report.epochs().getLast().nonFinite()).isEqualTo(2);
      WeightHistograms histograms =
          WeightHistograms.of(
              weights, new WeightHistograms.Question(List.of("a"), "fc1", "biases", false, 64));
      assertThat(histograms.runs().getFirst().outOf()).containsOnly(1000);
      assertThat(histograms.runs().getFirst().nonFinite()).containsExactly(0, 0, 2);
      assertThat(java.util.Arrays.stream(histograms.runs().getFirst().counts().get(2)).sum())
          .isEqualTo(998);
      assertThat(
              WeightDistances.of(
                      weights, new WeightDistances.Place("a", 2), new WeightDistances.Place("a", 0))
                  .tensors()
                  .get(1)
                  .why())
          .isEqualTo(
              "fc1 biases cannot be compared: 2 of the 1000 in run a epoch 2 are NaN or infinite");
      var window =
          new WeightMatrices.Window(
              0, WeightMatrices.Window.ALL, 0, WeightMatrices.Window.ALL, 1024);
      assertThat(new WeightMatrices(weights).matrix("a", 2, "fc1.bias", window).value(0, 3))
          .isNaN();
    }
  }

  @Test
  void aRunThatGoesOnGivesTheSameBytes() throws IOException {
    TreeMap<String, String> expected;
    try (Study study = Study.create(folder.resolve("whole"), SmallStudies.config(folder))) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      expected = SmallStudies.digests(study.folder());
    }
    try (Study study = Study.create(folder.resolve("parts"), SmallStudies.config(folder))) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      Files.delete(study.folder().resolve("runs/a/weights/epoch-0002.json"));
      Files.delete(study.folder().resolve("runs/a/epoch-0002.onnx"));
      Path run = study.folder().resolve("runs/a/run.json");
      // as a kill between the state and run.json leaves it: the state is one epoch ahead
      Map<?, ?> fields = io.inscape.study.file.Json.read(run, Map.class);
      var changed = new TreeMap<String, Object>();
      fields.forEach((key, value) -> changed.put(String.valueOf(key), value));
      changed.put(
          "metrics", ((List<?>) Objects.requireNonNull(fields.get("metrics"))).subList(0, 2));
      changed.put("snapshots", List.of(0));
      changed.put("state", "training");
      Files.write(run, io.inscape.study.file.Json.pretty(changed));
    }
    try (Study study = Study.open(folder.resolve("parts"))) {
      study.train(SmallStudies.request("a", 0, 2), 2);
      assertThat(SmallStudies.digests(study.folder())).isEqualTo(expected);
    }
  }
}
