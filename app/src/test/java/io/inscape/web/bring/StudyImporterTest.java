package io.inscape.web.bring;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.activation.NpyFile;
import io.inscape.small.SmallStudy;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.web.bring.Importer.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StudyImporterTest {
  @TempDir private Path folder;

  private ImportOrder order(
      Optional<Path> model, Optional<Path> activations, Optional<String> data) {
    return new ImportOrder(
        folder.resolve("new"),
        model,
        activations,
        data,
        new ImportOrder.Reading(
            Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty()),
        new ImportOrder.Keeping(
            Optional.of("mine").filter(_ -> model.isPresent()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new SampleSize.Count(20)),
            false));
  }

  private static List<Step> steps(ImportOrder order) {
    List<Step> steps = new ArrayList<>();
    RunInfo run = StudyImporter.fresh(1).prepare(order).run(order, steps::add);
    assertThat(run.snapshots()).isNotEmpty();
    assertThat(steps).allMatch(step -> !step.message().isEmpty());
    assertThat(steps).extracting(Step::fraction).isSorted();
    return steps;
  }

  @Test
  void saysWhichEpochOfNetworksItIsAt() throws Exception {
    Path made = Files.createDirectory(folder.resolve("made"));
    try (Study study = SmallStudy.create(made)) {
      Path networks = study.folder().resolve("runs").resolve(SmallStudy.RUN);
      Path data = made.resolve("data");
      List<Step> steps =
          steps(order(Optional.of(networks), Optional.empty(), Optional.of(data.toString())));
      int last = study.run(SmallStudy.RUN).info().snapshots().getLast();
      int count = study.run(SmallStudy.RUN).info().snapshots().size();
      assertThat(steps.getFirst()).isEqualTo(new Step("data", 0, null, "Reading the data"));
      assertThat(steps.getLast().epoch()).isEqualTo(last);
      assertThat(steps)
          .extracting(Step::message)
          .contains(
              "Run mine, epoch "
                  + last
                  + " ("
                  + count
                  + " of "
                  + count
                  + "): measuring on test observations");
    }
  }

  @Test
  void saysWhichEpochOfActivationsItIsAt() {
    Path root = folder.resolve("elsewhere");
    for (int epoch : new int[] {0, 4}) {
      NpyFile.writeFloats(root.resolve("jax/epoch-" + epoch + "/fc1.npy"), new float[60], 30, 2);
    }
    List<Step> steps = steps(order(Optional.empty(), Optional.of(root), Optional.empty()));
    assertThat(steps)
        .containsExactly(
            new Step("data", 0, null, "Reading the observations"),
            new Step("activations", 0, 0, "Run jax, epoch 0 (1 of 2): taking in the activations"),
            new Step(
                "activations", 0.5, 4, "Run jax, epoch 4 (2 of 2): taking in the activations"));
  }
}
