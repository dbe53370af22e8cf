package io.inscape.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Sample;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StudyTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private Path study = Path.of("");

  /// One study with one run, copied for each test.
  @BeforeAll
  static void train() throws IOException {
    try (Study study = SmallStudies.create(shared)) {
      study.train(SmallStudies.request("a", 0, 1), 2);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    study = folder.resolve("study");
    SmallStudies.copy(shared.resolve("study"), study);
  }

  private static void assertKind(Kind kind, String words, ThrowingCallable code) {
    assertThatThrownBy(code)
        .isInstanceOfSatisfying(StudyException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(words);
  }

  @Test
  void theSampleIsSeededAndOfTheTestSplitWithItsLabels() {
    try (Study opened = Study.open(study)) {
      assertThat(opened.sample()).isEqualTo(Sample.draw(200, SmallStudies.SAMPLE, 0));
      assertThat(opened.labels()).isEqualTo(opened.dataset().test().labels(opened.sample()));
      assertThat(opened.images()).hasSize(SmallStudies.SAMPLE * 784);
      assertThat(opened.info().sample().classCounts().stream().mapToInt(n -> n).sum())
          .isEqualTo(SmallStudies.SAMPLE);
    }
  }

  @Test
  void aTrainedRunHasItsMetricsSnapshotsAndPredictions() {
    try (Study opened = Study.open(study)) {
      Run run = opened.run("a");
      RunInfo info = run.info();
      assertThat(info.state()).isEqualTo(RunState.COMPLETE);
      assertThat(info.snapshots()).containsExactly(0, 1);
      assertThat(info.metrics()).extracting(m -> m.epoch()).containsExactly(0, 1);
      assertThat(info.metrics().get(1).testAccuracy())
          .isGreaterThan(info.metrics().getFirst().testAccuracy());
      assertThat(run.network(0).toBytes())
          .isEqualTo(SmallStudies.request("a", 0).untrained().toBytes());
      float[] predictions = run.predictions(1);
      assertThat(predictions).hasSize(SmallStudies.SAMPLE * 10);
      float sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += predictions[c];
      }
      assertThat(sum).isBetween(0.999f, 1.001f);
      assertKind(Kind.UNKNOWN, "keeps no epoch 7", () -> run.snapshot(7));
      assertKind(Kind.UNKNOWN, "there is no run b", () -> opened.run("b"));
    }
  }

  @Test
  void trainingWhatIsCompleteDoesNothing() throws IOException {
    var before = SmallStudies.digests(study);
    try (Study opened = Study.open(study)) {
      List<RunEvent> events = new ArrayList<>();
      opened.listen(events::add);
      assertThat(opened.train(SmallStudies.request("a", 0, 1), 2).state())
          .isEqualTo(RunState.COMPLETE);
      assertThat(events).isEmpty();
    }
    assertThat(SmallStudies.digests(study)).isEqualTo(before);
  }

  @Test
  void laterEpochsGoOnAndGiveTheBytesOfOneUndisturbedRun() throws IOException {
    try (Study opened = Study.open(study)) {
      RunInfo longer = opened.train(SmallStudies.request("a", 0, 1, 3), 2);
      assertThat(longer.snapshots()).containsExactly(0, 1, 3);
      opened.train(SmallStudies.request("b", 0, 1, 3), 2);
    }
    assertThat(SmallStudies.digests(study.resolve("runs/a")))
        .isEqualTo(SmallStudies.digests(study.resolve("runs/b")));
  }

  @Test
  void otherParametersAreRefusedNamingTheDifference() {
    try (Study opened = Study.open(study)) {
      RunRequest same = SmallStudies.request("a", 0, 1);
      assertKind(
          Kind.OTHER_PARAMETERS,
          "run a was trained with batch size 50, but 60 is asked for",
          () ->
              opened.train(
                  new RunRequest("a", "rmlp", same.untrained(), same.params().withBatchSize(60), 0),
                  2));
      assertKind(
          Kind.OTHER_PARAMETERS,
          "limit all images, but 100 images",
          () -> opened.train(new RunRequest("a", "rmlp", same.untrained(), same.params(), 100), 2));
      assertKind(
          Kind.OTHER_PARAMETERS,
          "kept epochs up to 1 [0, 1], but [0]",
          () -> opened.train(SmallStudies.request("a", 0, 2), 2));
    }
  }

  @Test
  void anInterruptKeepsWhatIsCompleteAndTrainingGoesOn() throws IOException {
    try (Study opened = Study.open(study)) {
      Thread trainer = Thread.currentThread();
      Runnable stop =
          opened.listen(event -> {
            if (event instanceof RunEvent.Changed(var run) && run.metrics().size() == 2) {
              trainer.interrupt();
            }
          });
      RunInfo interrupted = opened.train(SmallStudies.request("c", 0, 1, 2), 2);
      assertThat(Thread.interrupted()).isTrue();
      stop.run();
      assertThat(interrupted.state()).isEqualTo(RunState.INTERRUPTED);
      assertThat(interrupted.snapshots()).containsExactly(0, 1);
      assertThat(opened.run("c").info()).isEqualTo(interrupted);
      assertKind(Kind.NOT_YET, "has not reached epoch 2", () -> opened.run("c").snapshot(2));
      opened.train(SmallStudies.request("c", 0, 1, 2), 2);
      opened.train(SmallStudies.request("d", 0, 1, 2), 2);
    }
    assertThat(SmallStudies.digests(study.resolve("runs/c")))
        .isEqualTo(SmallStudies.digests(study.resolve("runs/d")));
  }

  @Test
  void aSecondWriterIsToldWhoHoldsTheStudyAndAReaderIsNot() {
    try (Study writer = Study.open(study)) {
      assertKind(
          Kind.IN_USE, "pid " + ProcessHandle.current().pid(), () -> Study.open(study).close());
      assertKind(Kind.IN_USE, "in use by", () -> Study.open(study).close());
      try (Study reader = Study.openReadOnly(study)) {
        assertThat(reader.run("a").predictions(1)).isEqualTo(writer.run("a").predictions(1));
        assertKind(
            Kind.READ_ONLY,
            "open for reading only",
            () -> reader.train(SmallStudies.request("e", 0), 1));
      }
    }
    Study.open(study).close();
  }

  @Test
  void otherFormatsNoStudyAndFullFoldersAreRefused() throws IOException {
    Path description = study.resolve("study.json");
    Files.writeString(
        description, Files.readString(description).replace("\"format\" : 1", "\"format\" : 4"));
    assertKind(
        Kind.OTHER_VERSION,
        "has format 4, this Inscape reads 1 to 3: open it with",
        () -> Study.open(study).close());
    SmallStudies.cut(description);
    assertKind(
        Kind.DAMAGED, "study.json is damaged: line", () -> Study.openReadOnly(study).close());
    assertKind(Kind.NO_STUDY, "there is no study in", () -> Study.open(folder.resolve("no")));
    assertThat(folder.resolve("no")).doesNotExist();
    assertKind(
        Kind.EXISTS,
        "holds study",
        () -> Study.create(folder, SmallStudies.config(shared)).close());
    assertKind(
        Kind.EXISTS, "already", () -> Study.create(study, SmallStudies.config(shared)).close());
  }

  @Test
  void aDamagedRunIsOneSentenceAndTheOthersStayUsable() throws IOException {
    SmallStudies.copy(study.resolve("runs/a"), study.resolve("runs/b"));
    Files.writeString(
        study.resolve("runs/b/run.json"),
        Files.readString(study.resolve("runs/b/run.json"))
            .replace("\"name\" : \"a\"", "\"name\" : \"b\""));
    SmallStudies.cut(study.resolve("runs/a/run.json"));
    try (Study opened = Study.open(study)) {
      assertThat(opened.runs()).extracting(Run::name).containsExactly("b");
      assertThat(opened.problems())
          .singleElement()
          .asString()
          .contains("run.json is damaged: line");
      assertKind(
          Kind.DAMAGED, "is damaged", () -> opened.train(SmallStudies.request("a", 0, 1), 1));
      assertThat(opened.run("b").predictions(0)).hasSize(SmallStudies.SAMPLE * 10);
      SmallStudies.cut(study.resolve("runs/b/predictions-0000.npy"));
      assertThatThrownBy(() -> opened.run("b").predictions(0))
          .isInstanceOf(io.inscape.dataset.InputException.class)
          .hasMessageContaining("predictions-0000.npy");
      assertThat(opened.run("b").predictions(1)).hasSize(SmallStudies.SAMPLE * 10);
    }
  }

  @Test
  void anotherDataSetInTheSamePlaceIsRefused() throws IOException {
    Path digits = SmallStudies.digits(folder);
    Path own = folder.resolve("own");
    Study.create(own, SmallStudies.config(folder)).close();
    Path images = digits.resolve("t10k-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[1000] ^= 1;
    Files.write(images, bytes);
    try (Study opened = Study.open(own)) {
      assertKind(Kind.OTHER_PARAMETERS, "must be the one the study was made with", opened::dataset);
    }
  }

  @Test
  void activationsAreCapturedOnceAndAgainWhenTheSnapshotChanges() throws IOException {
    try (Study opened = Study.open(study);
        Workers workers = Workers.of(2)) {
      var source = new ActivationSource.Layer("a", 1, "fc1");
      var vectors = opened.vectors(source, workers, Progress.none());
      assertThat(vectors.rows()).isEqualTo(SmallStudies.SAMPLE);
      assertThat(vectors.cols()).isEqualTo(1000);
      Path file = study.resolve("activations/a/epoch-0001/fc1.npy");
      var first = Files.getLastModifiedTime(file);
      opened.vectors(source, workers, Progress.none());
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(first);
      SmallStudies.cut(file);
      assertThat(opened.vectors(source, workers, Progress.none()).toArray())
          .isEqualTo(vectors.toArray());
      Files.copy(
          study.resolve("runs/a/epoch-0000.onnx"),
          study.resolve("runs/a/epoch-0001.onnx"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(opened.vectors(source, workers, Progress.none()).toArray())
          .isNotEqualTo(vectors.toArray())
          .isEqualTo(
              opened
                  .vectors(new ActivationSource.Layer("a", 0, "fc1"), workers, Progress.none())
                  .toArray());
      assertThatThrownBy(() ->
              opened.vectors(new ActivationSource.Layer("a", 0, "fc9"), workers, Progress.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fc9");
    }
  }

  @Test
  void anOrderCapturesChosenLayersAndEpochsForAnyNumberOfObservations() {
    try (Study opened = Study.open(study)) {
      var order = new CaptureOrder("a", List.of(), List.of("fc1"), OptionalInt.of(150));
      List<Path> files = opened.capture(order, 2, Progress.none());
      assertThat(files)
          .containsExactly(
              study.resolve("activations/a/epoch-0000-test-150/fc1.npy"),
              study.resolve("activations/a/epoch-0001-test-150/fc1.npy"));
      assertThat(NpyFile.readMatrix(files.getFirst()).rows()).isEqualTo(150);
      assertThatThrownBy(() ->
              opened.capture(
                  new CaptureOrder("a", List.of(), List.of(), OptionalInt.of(201)),
                  1,
                  Progress.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("201");
    }
  }
}
