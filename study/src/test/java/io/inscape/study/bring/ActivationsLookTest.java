package io.inscape.study.bring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.bring.Understanding.OutsideLayer;
import io.inscape.study.bring.Understanding.OutsidePart;
import io.inscape.study.outside.OutsideFolders;
import io.inscape.study.run.ImportProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ActivationsLookTest {
  @TempDir private Path folder;
  private Path activations;

  @BeforeEach
  void write() throws IOException {
    activations = OutsideFolders.digits(folder);
  }

  private Understanding look() {
    return ActivationsLook.at(activations, Optional.empty());
  }

  private static Understanding.View view(Understanding found, String view) {
    return found.views().stream().filter(one -> one.view().equals(view)).findFirst().orElseThrow();
  }

  @Test
  void saysWhichRunsEpochsLayersAndObservationsThereAre() {
    Understanding found = look();
    assertThat(found.problems()).isEmpty();
    assertThat(found.ready()).isTrue();
    assertThat(found.model()).isNull();
    assertThat(found.activations().name()).isEqualTo("elsewhere");
    assertThat(found.activations().observations()).isEqualTo(OutsideFolders.COUNT);
    assertThat(found.activations().runs())
        .containsExactly(
            new OutsidePart(
                "jax",
                List.of(0, 1, 5),
                List.of(0, 1, 5),
                List.of(
                    new OutsideLayer("conv1", 48, List.of(3, 4, 4)),
                    new OutsideLayer("fc1", 16, List.of(16))),
                3,
                2,
                null));
    assertThat(found.data().kind()).isEqualTo("images");
    assertThat(found.data().shape()).containsExactly(1, 28, 28);
    assertThat(found.data().classes()).hasSize(10).contains("seven");
    assertThat(found.data().classCounts().stream().mapToInt(i -> i).sum())
        .isEqualTo(OutsideFolders.COUNT);
    assertThat(view(found, "evolution").available()).isEqualTo("yes");
    assertThat(view(found, "evolution").why()).startsWith("over 3 epochs");
    assertThat(view(found, "weights").available()).isEqualTo("no");
  }

  @Test
  void whatIsMissingIsSaidInTheTable() throws IOException {
    for (String file : List.of("labels.npy", "classes.txt", "images.npy")) {
      Files.delete(activations.resolve(file));
    }
    Understanding found = look();
    assertThat(found.ready()).isTrue();
    assertThat(found.data().kind()).isEqualTo("none");
    assertThat(found.data().labels()).isEqualTo("none");
    assertThat(view(found, "projection").available()).isEqualTo("reduced");
    assertThat(view(found, "projection").why()).contains("there is no labels.npy");
    assertThat(view(found, "explore").available()).isEqualTo("no");
  }

  @Test
  void aProblemStandsWithItsRun() throws IOException {
    Path other = activations.resolve("other/epoch-1");
    NpyFile.writeFloats(other.resolve("fc1.npy"), new float[20], 10, 2);
    Understanding found = look();
    assertThat(found.ready()).isFalse();
    assertThat(found.activations().runs().getFirst().problem()).isNull();
    assertThat(found.activations().runs().getLast().problem())
        .contains("epoch 1 of run other, layer fc1")
        .contains("10 rows");
    assertThat(found.problems()).hasSize(1);
    NpyFile.writeFloats(
        activations.resolve("other/epoch-1/fc1.npy"),
        new float[OutsideFolders.COUNT],
        OutsideFolders.COUNT,
        1);
    NpyFile.writeFloats(
        activations.resolve("other/epoch-1/predictions.npy"),
        new float[OutsideFolders.COUNT * 3],
        OutsideFolders.COUNT,
        3);
    assertThat(look().problems())
        .singleElement()
        .asString()
        .contains("3 numbers for each observation");
  }

  @Test
  void whatIsNoFolderOfActivationsIsAProblemAndNotAnEnd() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Understanding found = ActivationsLook.at(empty, Optional.empty());
    assertThat(found.activations().problem()).contains("<run>/<epoch>/<layer>.npy");
    assertThat(found.ready()).isFalse();
    assertThat(ActivationsLook.at(folder.resolve("none"), Optional.empty()).problems()).hasSize(1);
  }

  @Test
  void anOpenStudyIsToldWhatIsNewToIt() throws IOException {
    try (Study study = study()) {
      Files.move(activations.resolve("jax/epoch-0005"), activations.resolve("jax/epoch-0006"));
      Understanding found = ActivationsLook.at(activations, Optional.of(study));
      assertThat(found.problems()).isEmpty();
      assertThat(found.activations().runs().getFirst().fresh()).containsExactly(6);
      assertThat(view(found, "evolution").why()).startsWith("over 4 epochs");
    }
    try (Study study = SmallStudies.create(folder)) {
      Understanding found = ActivationsLook.at(activations, Optional.of(study));
      assertThat(found.problems())
          .contains(ActivationsLook.refusal(study).orElseThrow())
          .first()
          .asString()
          .contains("make a new study for them");
    }
  }

  private Study study() {
    Study study =
        Study.createActivations(
            folder.resolve("mine"), ActivationStudyConfig.of("mine", activations));
    List<ImportProgress.Step> steps = new ArrayList<>();
    study.importActivations(false, steps::add);
    assertThat(steps).extracting(ImportProgress.Step::epoch).containsExactly(0, 1, 5);
    assertThat(steps).extracting(ImportProgress.Step::number).containsExactly(1, 2, 3);
    return study;
  }

  @Test
  void newFilesMoveInAndOthersAreRefused() throws IOException {
    Path more = folder.resolve("more");
    for (String file : List.of("labels.npy", "jax/metrics.csv", "jax/epoch-0005/fc1.npy")) {
      Files.createDirectories(more.resolve(file).getParent());
      Files.copy(activations.resolve(file), more.resolve(file));
    }
    Files.writeString(more.resolve("jax/metrics.csv"), "epoch,train_loss\n5,0.1\n");
    byte[] metrics = Files.readAllBytes(activations.resolve("jax/metrics.csv"));
    Files.createDirectories(more.resolve("tf/epoch-1"));
    Files.writeString(more.resolve("tf/epoch-1/fc1.npy"), "new");

    NewActivations arriving = NewActivations.of(more, activations);
    arriving.move();
    assertThat(activations.resolve("tf/epoch-1/fc1.npy")).hasContent("new");
    assertThat(activations.resolve("jax/metrics.csv")).content().contains("5,0.1");
    arriving.takeBack();
    assertThat(activations.resolve("tf")).doesNotExist();
    assertThat(activations.resolve("jax/metrics.csv")).hasBinaryContent(metrics);
    assertThat(more.resolve("tf/epoch-1/fc1.npy")).hasContent("new");

    Files.writeString(more.resolve("jax/epoch-0005/fc1.npy"), "others");
    assertThatThrownBy(() -> NewActivations.of(more, activations))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rename the folder of the run");
    Files.writeString(more.resolve("labels.npy"), "others");
    Files.delete(more.resolve("jax/epoch-0005/fc1.npy"));
    assertThatThrownBy(() -> NewActivations.of(more, activations))
        .hasMessageContaining("the observations of the study, which never change");
  }
}
