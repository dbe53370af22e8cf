package io.inscape.study.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.ImportRequest.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RunImportTest {
  @TempDir Path folder;

  @Test
  void anImportedRunIsMeasuredAndPredictsAsTheOneThatItWasCopiedFrom() throws IOException {
    try (Study study = SmallStudies.create(folder);
        Workers workers = Workers.of(2)) {
      RunInfo trained = study.train(SmallStudies.request("a", 0, 2), 2);
      ImportRequest request = request("b", study, "a", 0, 2);
      RunInfo imported = study.importRun(request, 2, ImportProgress.none());
      assertThat(imported.state()).isEqualTo(RunState.COMPLETE);
      assertThat(imported.snapshots()).containsExactly(0, 2);
      assertThat(imported.layers()).isEqualTo(trained.layers());
      assertThat(imported.training()).isNull();
      var before = trained.metrics().getLast();
      var after = imported.metrics().getLast();
      assertThat(after.testAccuracy()).isEqualTo(before.testAccuracy());
      assertThat(after.testRecall()).isEqualTo(before.testRecall());
      assertThat(after.testLoss()).isCloseTo(before.testLoss(), within(1e-5));
      assertThat(after.trainAccuracy()).isEqualTo(before.trainAccuracy());
      float[] one = study.run("a").predictions(2);
      float[] two = study.run("b").predictions(2);
      for (int i = 0; i < one.length; i++) {
        assertThat(two[i]).isCloseTo(one[i], within(1e-5f));
      }
      var layer = new ActivationSource.Layer("b", 2, "fc1");
      assertThat(study.vectors(layer, workers, Progress.none()).rows())
          .isEqualTo(SmallStudies.SAMPLE);
      assertThat(study.importRun(request, 1, ImportProgress.none())).isEqualTo(imported);
    }
    try (Study again = Study.open(folder.resolve("study"))) {
      assertThat(again.run("b").info().snapshots()).containsExactly(0, 2);
    }
  }

  @Test
  void anImportThatWasStoppedGoesOn() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 1, 2), 2);
      ImportRequest request = request("b", study, "a", 0, 1, 2);
      Progress stops =
          (_, fraction) -> {
            if (fraction > .5) {
              throw new CancellationException("enough");
            }
          };
      assertThatThrownBy(() -> study.importRun(request, 2, ImportProgress.of(stops)))
          .isInstanceOf(CancellationException.class);
      assertThat(study.run("b").info().snapshots()).containsExactly(0);
      List<ImportProgress.Step> steps = new ArrayList<>();
      assertThat(study.importRun(request, 2, steps::add).snapshots()).containsExactly(0, 1, 2);
      assertThat(steps).allMatch(step -> step.run().equals("b") && step.count() == 3);
      assertThat(steps).extracting(ImportProgress.Step::epoch).startsWith(0, 1).endsWith(2);
      assertThat(steps).allMatch(step -> step.number() == step.epoch() + 1);
      assertThat(steps).extracting(ImportProgress.Step::fraction).isSorted().endsWith(1.0);
      assertThat(steps)
          .extracting(ImportProgress.Step::stage)
          .contains("network", "training images", "test images", "predictions");
    }
  }

  @Test
  void refusesWhatDoesNotFitTheDataSetOrTheRun() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0, 1), 2);
      assertThatThrownBy(
              () -> study.importRun(request("a", study, "a", 0), 2, ImportProgress.none()))
          .isInstanceOf(StudyException.class)
          .hasMessage("run a of the study was trained here; give the imported run another name");
      Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
      Path classes = file(elsewhere, "classes.onnx", new ImageShape(1, 28, 28), 7);
      assertRefused(
          study,
          classes,
          "7 numbers for each image in 'logits' at the graph's output, expected 10, one");
      Path size = file(elsewhere, "size.onnx", new ImageShape(3, 32, 32), 10);
      assertRefused(
          study,
          size,
          "expected [batch, 1, 28, 28], the shape of the prepared data; add the step rgb and resize(32)");
      Path text = Files.writeString(elsewhere.resolve("text.onnx"), "no network");
      assertRefused(study, text, "text.onnx: ");
      study.importRun(request("b", study, "a", 0), 2, ImportProgress.none());
      ImportRequest other =
          new ImportRequest("b", "rmlp", List.of(new Checkpoint(0, study.run("a").snapshot(1))));
      assertThatThrownBy(() -> study.importRun(other, 2, ImportProgress.none()))
          .hasMessageStartingWith("epoch 0 of run b is there already, with other weights than ");
      assertThatThrownBy(() -> study.train(SmallStudies.request("b", 0, 1), 2))
          .hasMessageStartingWith("run b was imported, so its settings are not known");
      assertThat(study.runs()).hasSize(2);
    }
  }

  @Test
  void whatOlderVersionsWroteIsRead() throws IOException {
    try (Study study = SmallStudies.create(folder)) {
      study.train(SmallStudies.request("a", 0), 2);
      study.importRun(request("b", study, "a", 0), 2, ImportProgress.none());
      for (String run : List.of("a", "b")) {
        Path file = folder.resolve("study/runs/" + run + "/run.json");
        String old =
            Files.readString(file)
                .replaceAll(",\\s+\"brought\" : [a-z\"]+,\\s+\"answers\" : \"classes\"", "");
        assertThat(old).doesNotContain("brought").doesNotContain("answers");
        Files.writeString(file, old);
      }
      RunInfo trained = study.run("a").info();
      assertThat(trained.brought()).isNull();
      assertThat(trained.answersClasses()).isTrue();
      RunInfo brought = study.run("b").info();
      assertThat(brought.brought()).isEqualTo(RunInfo.Brought.NETWORKS);
      assertThat(brought.answers()).isEqualTo(RunInfo.Answers.CLASSES);
    }
  }

  @Test
  void epochsAreReadFromNames() throws IOException {
    Map<String, Integer> names =
        Map.of(
            "epoch-0005.onnx", 5,
            "resnet18_epoch12_acc0.93.onnx", 12,
            "model_v2.1_30.onnx", 30,
            "ckpt7.onnx", 7,
            "net.onnx", 1,
            "encoder_8_v3.onnx", 8);
    for (var entry : names.entrySet()) {
      Path one = Files.createDirectory(folder.resolve("of-" + entry.getValue()));
      Files.createFile(one.resolve(entry.getKey()));
      assertThat(Checkpoints.find(one))
          .containsExactly(new Checkpoint(entry.getValue(), one.resolve(entry.getKey())));
    }
    Path many = Files.createDirectory(folder.resolve("many"));
    assertThatThrownBy(() -> Checkpoints.find(many))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not found, expected network files; export each checkpoint");
    Files.createFile(many.resolve("e10.onnx"));
    Files.createFile(many.resolve("e9.onnx"));
    assertThat(Checkpoints.find(many)).extracting(Checkpoint::epoch).containsExactly(9, 10);
    Files.createFile(many.resolve("final.onnx"));
    assertThatThrownBy(() -> Checkpoints.find(many))
        .hasMessageContaining("found no epoch at its name, expected a number in each name");
    Files.move(many.resolve("final.onnx"), many.resolve("final-9.onnx"));
    assertThatThrownBy(() -> Checkpoints.find(many))
        .hasMessageContaining("found epoch 9, as in e9.onnx at its name");
  }

  private static ImportRequest request(String name, Study study, String run, int... epochs) {
    return new ImportRequest(
        name,
        "rmlp",
        java.util.Arrays.stream(epochs)
            .mapToObj(epoch -> new Checkpoint(epoch, study.run(run).snapshot(epoch)))
            .toList());
  }

  private static Path file(Path target, String name, ImageShape shape, int classes)
      throws IOException {
    Network network = Architectures.build(Architecture.RMLP, shape, classes, 0);
    return Files.write(target.resolve(name), network.toBytes());
  }

  private static void assertRefused(Study study, Path file, String words) {
    var request = new ImportRequest("x", "x", List.of(new Checkpoint(1, file)));
    assertThatThrownBy(() -> study.importRun(request, 2, ImportProgress.none()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }
}
