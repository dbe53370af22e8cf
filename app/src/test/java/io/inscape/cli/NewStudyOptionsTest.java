package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Part;
import io.inscape.small.SmallData;
import io.inscape.study.Study;
import io.inscape.study.VectorStudyConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class NewStudyOptionsTest {
  @TempDir Path folder;

  /// A command that has nothing but these options.
  @Command
  static final class Asked {
    @Mixin private final NewStudyOptions options = new NewStudyOptions();
  }

  private Study open(String... options) {
    Asked asked = new Asked();
    new CommandLine(asked).parseArgs(options);
    String data = SmallData.write(folder.resolve("data")).toString();
    return asked.options.openOrCreate(folder.resolve("study"), data);
  }

  @Test
  void aStudyIsOfTestImagesUnlessToldOtherwise() {
    try (Study study = open()) {
      assertThat(study.info().sample().split()).isEqualTo(Part.TEST);
      assertThat(study.count()).isEqualTo(SmallData.TEST);
    }
    open("--split", "test", "--observations", "all").close();
  }

  @Test
  void allObservationsOfAnyPartCanBeAskedFor() {
    try (Study study = open("--split", "all", "--observations", "all")) {
      assertThat(study.info().sample().split()).isEqualTo(Part.ALL);
      assertThat(study.count()).isEqualTo(SmallData.TRAIN + SmallData.TEST);
    }
    open().close(); // what is left out is what the study has
    open("--observations", "390").close();
    assertThatThrownBy(() -> open("--split", "train").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("looks at the part all of its data set")
        .hasMessageContaining("so --split train needs another folder");
    assertThatThrownBy(() -> open("--observations", "12").close())
        .hasMessageContaining("looks at 390 observations")
        .hasMessageContaining("--observations 12");
  }

  @Test
  void aStudyOfVectorsIsNotTrainedInto() {
    Path vectors = folder.resolve("vectors.npy");
    NpyFile.writeFloats(vectors, new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Study.createVectors(folder.resolve("study"), VectorStudyConfig.of("three", vectors)).close();
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "is about the vectors of " + vectors + ", and a network needs a data set with");
  }

  @Test
  void whatIsNoPartOrNumberIsRefusedInASentence() {
    assertThatThrownBy(() -> open("--split", "half"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("must be test, train or all, got \"half\"");
    assertThatThrownBy(() -> open("--observations", "many"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("must be a whole number or \"all\", got \"many\"");
    assertThatThrownBy(() -> open("--observations", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("at least 1 observation, got 0");
  }
}
