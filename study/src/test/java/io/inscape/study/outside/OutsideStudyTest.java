package io.inscape.study.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.CaptureOrder;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.ablation.AblationAnalysis;
import io.inscape.study.ablation.AblationParams;
import io.inscape.study.activity.ActivityAnalysis;
import io.inscape.study.activity.ActivityParams;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.finding.FindingParams;
import io.inscape.study.finding.FindingsAnalysis;
import io.inscape.study.network.NetworkGraph;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeAnalysis;
import io.inscape.study.role.UnitRoles;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.study.sequence.Steps;
import io.inscape.study.unit.UnitMapAnalysis;
import io.inscape.study.unit.UnitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class OutsideStudyTest {
  private static final ActivationSource.Layer FC1 = new ActivationSource.Layer("jax", 5, "fc1");

  @TempDir Path folder;

  private Study create(Path activations) {
    Study study =
        Study.createActivations(
            folder.resolve("study"),
            ActivationStudyConfig.of("mine", activations)
                .withObservations(new SampleSize.Count(80)));
    try {
      study.importActivations(false);
    } catch (InputException e) {
      study.close();
      throw e;
    }
    return study;
  }

  @Test
  void aFolderBecomesAStudyThatRefersToIt() throws IOException {
    Path activations = OutsideFolders.digits(folder);
    try (Study study = create(activations);
        Workers workers = Workers.of(2)) {
      assertThat(study.kind()).isEqualTo(StudyInfo.DataKind.IMAGES);
      assertThat(study.info().dataset().classNames()).hasSize(10).contains("seven");
      assertThat(study.images(0, 2)).hasSize(2 * 784);
      RunInfo run = study.run("jax").info();
      assertThat(run.brought()).isEqualTo(RunInfo.Brought.ACTIVATIONS);
      assertThat(run.answers()).isEqualTo(RunInfo.Answers.CLASSES);
      assertThat(run.snapshots()).containsExactly(0, 1, 5);
      assertThat(run.layers()).extracting(RunInfo.LayerInfo::name).containsExactly("conv1", "fc1");
      assertThat(run.layers().getFirst().shape()).containsExactly(3, 4, 4);
      assertThat(run.metrics()).hasSize(2);
      assertThat(run.metrics().getLast().testAccuracy()).isEqualTo(.85);
      assertThat(study.run("jax").predictions(5)).hasSize(80 * 10);
      Matrix vectors = study.vectors(FC1, workers, Progress.none());
      float[] all = NpyFile.read(activations.resolve("jax/epoch-0005/fc1.npy")).floats();
      int[] sample = study.sample();
      for (int row = 0; row < sample.length; row++) {
        assertThat(vectors.get(row, 3)).isEqualTo(all[sample[row] * OutsideFolders.UNITS + 3]);
      }
      assertThat(folder.resolve("study/activations")).doesNotExist(); // no copy
    }
    try (Study again = Study.openReadOnly(folder.resolve("study"));
        Workers workers = Workers.of(1)) {
      assertThat(again.vectors(FC1, workers, Progress.none()).rows()).isEqualTo(80);
    }
  }

  @Test
  void whatNeedsActivationsAndLabelsWorks() throws IOException {
    try (Study study = create(OutsideFolders.digits(folder));
        Workers workers = Workers.of(2)) {
      Results results = new Results(study);
      UnitSource fc1 = UnitSource.of("jax", 5, "fc1");
      UnitMapAnalysis map = UnitMapAnalysis.of(fc1, "smacof", Map.of());
      assertThat(results.compute(map, workers, Progress.none()).report()).isNotEmpty();
      UnitRoles roles = new UnitRoles(study, workers);
      assertThat(roles.profile(fc1, 7)).containsEntry("best", 7);
      UnitSource maps = UnitSource.of("jax", 5, "conv1").resolve(study);
      assertThat(maps.units(study)).isEqualTo(3);
      assertThat(roles.flags(maps)).containsEntry("units", 3);
      var target = new ActivityAnalysis.Target("jax", "fc1", Optional.empty(), List.of());
      AnalysisResult activity =
          results.compute(
              new ActivityAnalysis(target, ActivityParams.defaults()), workers, Progress.none());
      assertThat(activity.report()).containsEntry("epochs", List.of(0, 1, 5));
      var epochs = new SequenceSource.ByEpoch("jax", "fc1", List.of()).resolve(study);
      assertThat(Steps.read(study, epochs, workers, Progress.none())).isNotNull();
      AnalysisResult probe =
          results.compute(
              new ProbeAnalysis(new LayerProbes.Target("jax", 5), LayerProbeParams.defaults()),
              workers,
              Progress.none());
      assertThat(probe.report().toString()).contains("fc1").contains("conv1").contains("input");
    }
  }

  @Test
  void whatNeedsANetworkSaysSo() throws IOException {
    try (Study study = create(OutsideFolders.digits(folder));
        Workers workers = Workers.of(2)) {
      Results results = new Results(study);
      String sentence =
          "run jax has activations that were made elsewhere and no network, which this needs; import"
              + " its networks as ONNX files to have it";
      assertThatThrownBy(() -> NetworkGraph.of(study, "jax"))
          .isInstanceOf(StudyException.class)
          .hasMessage(sentence)
          .extracting(e -> ((StudyException) e).kind())
          .isEqualTo(Kind.UNKNOWN);
      assertThatThrownBy(() -> study.run("jax").network(5)).hasMessage(sentence);
      assertThatThrownBy(
              () -> new UnitRoles(study, workers).incoming(UnitSource.of("jax", 5, "fc1"), 0))
          .hasMessage(sentence);
      var findings = new FindingsAnalysis("jax", 5, FindingParams.defaults());
      assertThatThrownBy(() -> results.find(findings)).hasMessage(sentence);
      var ablation =
          new AblationAnalysis(
              UnitSource.of("jax", 5, "fc1"), AblationParams.defaults().withUnits(List.of(1)));
      assertThatThrownBy(() -> results.find(ablation)).hasMessage(sentence);
      var order = new CaptureOrder("jax", List.of(), List.of(), OptionalInt.empty());
      assertThatThrownBy(() -> study.capture(order, 1, Progress.none()))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("is about activations that were made elsewhere and has no network");
      assertThatThrownBy(study::dataset).isInstanceOf(StudyException.class);
    }
  }

  @Test
  void newEpochsAreTakenInAndChangedFilesAreNoticed() throws IOException {
    Path activations = OutsideFolders.digits(folder);
    try (Study study = create(activations);
        Workers workers = Workers.of(1)) {
      String digest = study.inputsDigest(FC1);
      int[] labels =
          java.util.Arrays.stream(NpyFile.read(activations.resolve("labels.npy")).longs())
              .mapToInt(Math::toIntExact)
              .toArray();
      OutsideFolders.epoch(activations, "jax", 9, labels);
      assertThat(study.importActivations(false).getFirst().snapshots()).containsExactly(0, 1, 5, 9);
      assertThat(study.inputsDigest(FC1)).isEqualTo(digest);
      Path file = activations.resolve("jax/epoch-0005/fc1.npy");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      file.toFile().setLastModified(1_000_000_000_000L);
      assertThatThrownBy(() -> study.vectors(FC1, workers, Progress.none()))
          .hasMessage(
              file
                  + " has changed since it was imported; import the folder again, and what depends"
                  + " on it is computed anew");
      study.importActivations(false);
      assertThat(study.vectors(FC1, workers, Progress.none()).rows()).isEqualTo(80);
      assertThat(study.inputsDigest(FC1)).isNotEqualTo(digest);
      Files.delete(file);
      assertThatThrownBy(() -> study.vectors(FC1, workers, Progress.none()))
          .hasMessageStartingWith(file + " is missing; the study refers to it and has no copy");
    }
  }

  @Test
  void aReaderHearsOfEpochsThatAnotherProcessTakesIn() throws Exception {
    Path activations = OutsideFolders.digits(folder);
    create(activations).close();
    var heard = new LinkedBlockingQueue<RunInfo>();
    try (Study reader = Study.openReadOnly(folder.resolve("study"))) {
      Runnable stop =
          reader.listen(event -> {
            if (event instanceof RunEvent.Changed(RunInfo run)) {
              heard.add(run);
            }
          });
      int[] labels =
          java.util.Arrays.stream(NpyFile.read(activations.resolve("labels.npy")).longs())
              .mapToInt(Math::toIntExact)
              .toArray();
      OutsideFolders.epoch(activations, "jax", 7, labels);
      try (Study writer = Study.open(folder.resolve("study"))) {
        writer.importActivations(true);
        RunInfo run = heard.poll(20, TimeUnit.SECONDS);
        assertThat(run).isNotNull();
        assertThat(run.snapshots()).containsExactly(0, 1, 5, 7);
      }
      stop.run();
    }
  }

  @Test
  void observationsWithoutContentAndLabelsWork() throws IOException {
    Path root = Files.createDirectories(folder.resolve("bare"));
    float[] values = new float[40 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * i % 17;
    }
    NpyFile.writeFloats(root.resolve("run/e1/h1.npy"), values, 40, 3);
    NpyFile.writeFloats(root.resolve("run/e1/h2.npy"), values, 40, 3);
    try (Study study = create(root);
        Workers workers = Workers.of(1)) {
      assertThat(study.labelled()).isFalse();
      assertThat(study.info().dataset().columns()).isZero();
      RunInfo run = study.run("run").info();
      assertThat(run.answers()).isEqualTo(RunInfo.Answers.NONE);
      assertThat(run.snapshots()).containsExactly(1);
      assertThatThrownBy(
              () -> study.vectors(new ActivationSource.Input(), workers, Progress.none()))
          .isInstanceOf(StudyException.class)
          .hasMessageContaining("has the activations of its observations, not the observations");
      assertThatThrownBy(() -> study.run("run").predictions(1))
          .hasMessage("run run has no predictions, which this needs");
      var layers = new SequenceSource.ByLayer("run", 1, List.of()).resolve(study);
      assertThat(layers.steps()).hasSize(2);
    }
  }

  private void assertRefused(Path root, String sentence) {
    assertThatThrownBy(() -> create(root))
        .as(sentence)
        .isInstanceOf(InputException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesWhatBreaksTheConvention() throws IOException {
    Path root = Files.createDirectories(folder.resolve("broken"));
    assertRefused(
        root,
        root
            + "/<run>/<epoch>/<layer>.npy: not found, expected a folder for each run with its epochs"
            + " in it; see docs/formats.md, Activations made elsewhere");
    NpyFile.writeFloats(root.resolve("a/epoch-1/fc1.npy"), new float[6], 3, 2);
    NpyFile.writeInts(root.resolve("labels.npy"), new int[4], 4);
    assertThatThrownBy(() -> create(root))
        .hasMessage(
            root
                + "/a/epoch-1/fc1.npy: found 3 rows at epoch 1 of run a, layer fc1, expected 4, one"
                + " for each observation; write the values of the same observations, in the same"
                + " order, every time");
    Path best = root.resolve("a/best/fc1.npy");
    NpyFile.writeFloats(best, new float[8], 4, 2);
    try (Study study = Study.open(folder.resolve("study"))) {
      assertThatThrownBy(() -> study.importActivations(false))
          .hasMessage(
              best.getParent()
                  + ": found no epoch at its name, expected <run>/<epoch>/<layer>.npy, or"
                  + " <run>/<epoch>.npz, with a number in the epoch's name, such as epoch-0005;"
                  + " rename it, or put it into a folder for its epoch");
      Files.delete(best);
      Files.delete(best.getParent());
      NpyFile.writeFloats(root.resolve("a/epoch-1/fc1.npy"), new float[8], 4, 2);
      NpyFile.writeFloats(root.resolve("a/epoch-2/fc1.npy"), new float[12], 4, 3);
      assertThatThrownBy(() -> study.importActivations(false))
          .hasMessageContaining(
              "found values of shape [3] for each observation at epoch 2 of run a, layer fc1,"
                  + " expected [2], as in epoch 1");
      NpyFile.writeFloats(root.resolve("a/epoch-2/fc2.npy"), new float[8], 4, 2);
      assertThatThrownBy(() -> study.importActivations(false))
          .hasMessageContaining("found the layers fc1, fc2 at epoch 2 of run a, expected fc1");
      Files.createSymbolicLink(root.resolve("b"), folder);
      assertThatThrownBy(() -> study.importActivations(false))
          .hasMessageContaining("found a link that leads out of ");
      assertThat(study.runs()).isEmpty();
    }
  }
}
