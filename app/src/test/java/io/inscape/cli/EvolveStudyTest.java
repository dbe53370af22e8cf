package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.small.SmallData;
import io.inscape.small.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EvolveStudyTest {
  @TempDir private static Path folder;
  private static Path study;

  @BeforeAll
  static void makeStudy() {
    SmallStudy.create(folder).close();
    study = folder.resolve("study");
  }

  private static Typed evolve(String... more) {
    List<String> words = new ArrayList<>(List.of("evolve", "--study", study.toString()));
    words.addAll(List.of(more));
    return Typed.run(words.toArray(String[]::new));
  }

  @Test
  void keepsTheEvolutionOverTheEpochsAndFindsItAgain() {
    Path output = folder.resolve("layouts.npy");
    Path trails = folder.resolve("trails.npy");
    String[] words = {
      "--run",
      "small",
      "--layer",
      "fc1",
      "--output",
      output.toString(),
      "--trails",
      trails.toString(),
      "--grid",
      "10",
      "--json"
    };
    Typed first = evolve(words);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("Kept in " + study);
    assertThat(NpyFile.read(output).shape()).containsExactly(3, SmallData.TEST, 2);
    assertThat(NpyFile.read(trails).shape()).startsWith(SmallData.TEST).endsWith(2);
    JsonNode json = first.json();
    assertThat(json.at("/input/names"))
        .extracting(JsonNode::asText)
        .containsExactly("epoch 0", "epoch 1", "epoch 2");
    assertThat(json.at("/input/source/by").asText()).isEqualTo("epoch");
    assertThat(json.get("digests").fieldNames())
        .toIterable()
        .containsExactly("sequence", "bundle", "field");
    assertThat(json.get("keptBefore").asBoolean()).isFalse();
    assertThat(json.at("/quality/steps/2/ownNeighborhoodHit").asDouble()).isGreaterThan(0.9);
    Typed second = evolve(words);
    assertThat(second.json().get("keptBefore").asBoolean()).isTrue();
    assertThat(second.json().get("digests")).isEqualTo(json.get("digests"));
    assertThat(second.json().get("quality")).isEqualTo(json.get("quality"));
    assertThat(second.json().get("bundle")).isEqualTo(json.get("bundle"));
    assertThat(second.json().get("field")).isEqualTo(json.get("field"));
    assertThat(second.err()).contains("had all of it already, so nothing was computed again");
  }

  @Test
  void followsLayersOfOtherWidths() {
    Typed typed = evolve("--run", "small", "--epoch", "2", "--json");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.json().at("/input/names"))
        .extracting(JsonNode::asText)
        .containsExactly("input", "fc1");
  }

  @Test
  void saysWhichStepsAStudyHas() {
    assertThat(evolve("--run", "small").err())
        .startsWith("inscape: the steps of a study are --run R --layer L [--epochs N,N]");
    evolve("--run", "small", "--layer", "fc1", "--quality", "none")
        .refused(
            "--quality none cannot go with a study, whose results are all judged alike; leave it out");
    Typed one = evolve("--run", "small", "--layer", "fc1", "--epochs", "1");
    assertThat(one.code()).isEqualTo(2);
    assertThat(one.err()).startsWith("inscape: a sequence needs at least 2 epochs, got 1 alone");
  }

  @Test
  void reproducesThePaperOnAnotherDataSet() throws IOException {
    Path data = SmallData.write(folder.resolve("small-data"));
    Path made = folder.resolve("paper");
    Typed typed =
        Typed.run(
            "reproduce",
            "cantareira2020",
            "--epochs",
            "1",
            "--models",
            "mlp,rmlp",
            "--dataset",
            data.toString(),
            "--study",
            made.toString(),
            "--json");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.json().get("accuracy")).hasSize(2);
    assertThat(typed.json().at("/accuracy/0/published").isNull()).isTrue();
    assertThat(typed.json().get("sequences")).hasSize(3); // epochs of both, layers of mlp
    assertThat(typed.json().get("probes")).hasSize(2);
    Path report = made.resolve("report");
    assertThat(Files.readString(report.resolve("report.md")))
        .contains("| mlp | ", "## Does the rest add anything?", "rmlp is right on", "--control");
    assertThat(Files.readString(report.resolve("results.csv")).lines()).hasSize(1 + 2 + 2 + 4);
    assertThat(Files.readString(report.resolve("over-epochs.svg"))).contains("NH own", "ward;");
    assertThat(report.resolve("over-layers.svg")).exists();
    Typed other =
        Typed.run("reproduce", "cantareira2020", "--epochs", "1", "--study", made.toString());
    other.refused(
        made + " is a study of small-data, not of mnist; name another folder with --study");
  }
}
