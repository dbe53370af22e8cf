package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.small.SmallData;
import io.inscape.small.SmallStudy;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class NeuronsStudyTest {
  @TempDir private static Path folder;
  private static Path study;

  @BeforeAll
  static void makeStudy() {
    SmallStudy.create(folder).close();
    study = folder.resolve("study");
  }

  private static Typed neurons(String... more) {
    List<String> words =
        new ArrayList<>(List.of("neurons", "--study", study.toString(), "--trees", "40"));
    words.addAll(List.of(more));
    return Typed.run(words.toArray(String[]::new));
  }

  @Test
  void keepsWhatItFindsAndPrintsWhatItPrintsOfFiles() {
    Path layout = folder.resolve("u.npy");
    Path scores = folder.resolve("s.npy");
    Path units = folder.resolve("n.npy");
    String[] words = {
      "--run",
      "small",
      "--layer",
      "fc1",
      "--seed",
      "3",
      "--json",
      "--layout",
      layout.toString(),
      "--scores",
      scores.toString(),
      "--units",
      units.toString()
    };
    Typed first = neurons(words);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("Kept in " + study);
    JsonNode json = first.json();
    assertThat(json.at("/input/epoch").asInt()).isEqualTo(2);
    assertThat(json.at("/input/pooling").asText()).isEqualTo("none");
    assertThat(json.get("digests").fieldNames()).toIterable().containsExactly("scores", "units");
    assertThat(json.get("keptBefore").asBoolean()).isFalse();
    Typed second = neurons(words);
    assertThat(second.json().get("keptBefore").asBoolean()).isTrue();
    assertThat(second.err()).contains("had all of it already, so nothing was computed again");

    Path activations = folder.resolve("fc1.npy");
    Path labels = folder.resolve("labels.npy");
    write(activations, labels);
    Path layoutOfFile = folder.resolve("u2.npy");
    Path scoresOfFile = folder.resolve("s2.npy");
    Typed file =
        Typed.run(
            "neurons",
            activations.toString(),
            "--labels",
            labels.toString(),
            "--trees",
            "40",
            "--seed",
            "3",
            "--json",
            "--layout",
            layoutOfFile.toString(),
            "--scores",
            scoresOfFile.toString());
    assertThat(file.code()).as(file.err()).isZero();
    assertThat(layout).hasSameBinaryContentAs(layoutOfFile);
    assertThat(scores).hasSameBinaryContentAs(scoresOfFile);
    assertThat(json.at("/forests/classes")).isEqualTo(file.json().at("/forests/classes"));
    assertThat(json.at("/layout/stress")).isEqualTo(file.json().at("/layout/stress"));
    assertThat(json.get("dead")).isEqualTo(file.json().get("dead"));
  }

  private static void write(Path activations, Path labels) {
    try (Study opened = Study.openReadOnly(study);
        Workers workers = Workers.of(1)) {
      Matrix values =
          opened.vectors(new ActivationSource.Layer("small", 2, "fc1"), workers, Progress.none());
      NpyFile.writeFloats(activations, values.toArray(), values.rows(), values.cols());
      NpyFile.writeInts(labels, opened.labels(), opened.count());
    }
  }

  @Test
  void aPersonReadsWhichUnitsTellWhichClass() {
    Typed typed = neurons("--run", "small", "--layer", "fc1", "--epoch", "1", "--no-spread");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("layer fc1 of run small, epoch 1: " + SmallData.TEST + " observations of 1,000")
        .containsPattern("\n  0 +\\d+ +- +- +\\d+ \\(0\\.\\d{4}\\)")
        .containsPattern("map: \\d+ units by Metric MDS of 1 - \\|pearson\\|, stress 0\\.\\d\\d");
  }

  @Test
  void saysWhatIsMissingAndWhatIsNotThere() {
    neurons("--layer", "fc1").refused("the units of a study are those of a layer; add --run R");
    neurons("--run", "small")
        .refused("the units of a study are those of a layer; add --layer L, such as --layer fc1");
    neurons("--run", "small", "--layer", "fc9")
        .refused("run small has no layer fc9; there are fc1, logits, probabilities");
    neurons("--run", "small", "--layer", "fc1", "--labels", "l.npy")
        .refused("a study has labels of its own; leave --labels out");
    neurons("--run", "small", "--layer", "fc1", "--pooling", "mean")
        .refused(
            "pooling mean needs a layer of maps, but layer fc1 of run small has the shape [1000];"
                + " leave pooling out, or say none");
    assertThat(neurons("--run", "small", "--layer", "fc1", "--epoch", "7").err())
        .startsWith("inscape: run small keeps no epoch 7");
    neurons("x.npy", "--run", "small", "--layer", "fc1")
        .refused("name a file of activations or --study, not both");
    Typed.run("neurons", "x.npy", "--layer", "fc1")
        .refused("--run, --epoch, --layer and --pooling are of a study; add --study DIR");
    Typed.run("neurons")
        .refused(
            "there is nothing to look at; name a file of activations, or --study DIR --run R"
                + " --layer L");
  }
}
