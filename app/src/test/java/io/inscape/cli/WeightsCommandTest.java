package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.dataset.ImageShape;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.small.SmallStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeightsCommandTest {
  @TempDir Path folder;
  private Path one;
  private Path other;
  private Path smaller;

  @BeforeEach
  void write() throws IOException {
    Network network = Architectures.build(Architecture.RMLP, new ImageShape(1, 4, 4), 3, 1);
    float[] bias = new float[1000];
    java.util.Arrays.fill(bias, 0.5f);
    one = folder.resolve("one.onnx");
    other = folder.resolve("other.onnx");
    smaller = folder.resolve("smaller.onnx");
    Files.write(one, network.toBytes());
    Files.write(other, network.withParameters(Map.of("fc1.bias", bias)).toBytes());
    Files.write(
        smaller, Architectures.build(Architecture.RMLP, new ImageShape(1, 4, 3), 3, 1).toBytes());
  }

  @Test
  void describesEveryTensor() {
    Typed typed = weights(one.toString());
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .containsPattern("fc1 weights +16,000 ")
        .containsPattern("fc1 biases +1,000 +0\\.000 .* 100\\.0 % +0  fc1\\.bias")
        .containsPattern("logits weights +3,000 ");
  }

  @Test
  void comparesWithTheFirst() {
    JsonNode json = weights(one.toString(), other.toString(), "--bins", "8", "--json").json();
    JsonNode comparisons = json.get("comparisons");
    assertThat(comparisons).hasSize(4);
    assertThat(comparisons.get(0).get("wasserstein").asDouble()).isZero();
    assertThat(comparisons.get(1).get("kolmogorovSmirnov").asDouble()).isEqualTo(1);
    assertThat(comparisons.get(1).get("wasserstein").asDouble()).isEqualTo(0.5);
    JsonNode before = json.at("/models/0/tensors/1");
    JsonNode after = json.at("/models/1/tensors/1");
    assertThat(before.get("edges")).isEqualTo(after.get("edges")).hasSize(9);
    assertThat(before.get("counts").get(0).asInt()).isEqualTo(1000);
    assertThat(after.get("counts").get(7).asInt()).isEqualTo(1000);
  }

  @Test
  void saysWhatCannotBeCompared() {
    Typed typed = weights(one.toString(), smaller.toString());
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains(
            "fc1 weights cannot be compared: 1000 x 16 in "
                + one
                + ", 1000 x 12 in "
                + smaller
                + ".");
  }

  @Test
  void showsADivergedTrainingAsSuch() throws IOException {
    float[] bias = new float[1000];
    bias[3] = Float.NaN;
    bias[4] = Float.POSITIVE_INFINITY;
    Network lost = Network.read(one).withParameters(Map.of("fc1.bias", bias));
    Path file = folder.resolve("lost.onnx");
    Files.write(file, lost.toBytes());
    Typed typed = weights(one.toString(), file.toString());
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains(
            file + ": 2 of the 1,000 fc1 biases are NaN or infinite; the training has diverged.")
        .contains("cannot be compared: not all of its weights are finite.");
  }

  @Test
  void drawsHistogramsAndHintonDiagrams() throws IOException {
    Path image = folder.resolve("image.svg");
    Path hinton = folder.resolve("hinton.svg");
    Typed typed =
        weights(
            one.toString(),
            other.toString(),
            "--layer",
            "fc1",
            "--image",
            image.toString(),
            "--hinton",
            hinton.toString());
    assertThat(typed.err()).isEmpty();
    assertThat(Files.readString(image)).contains("fc1 weights", "fc1 biases", "#d62728");
    assertThat(Files.readString(hinton))
        .contains("fc1 weights (1000 x 16)", "means of blocks of 8 x 8", "class=\"negative\"");
  }

  @Test
  void looksAtTheEpochsOfARun() {
    SmallStudy.create(folder).close();
    String study = folder.resolve("study").toString();
    JsonNode json =
        weights("--study", study, "--run", SmallStudy.RUN, "--epochs", "0,2", "--json").json();
    assertThat(json.get("models")).hasSize(2);
    assertThat(json.at("/models/1/epoch").asInt()).isEqualTo(2);
    assertThat(json.at("/comparisons/0/wasserstein").asDouble()).isPositive();
  }

  @Test
  void anEpochWithoutASnapshotIsDescribedByWhatTrainingKept() throws IOException {
    SmallStudy.create(folder).close();
    Path study = folder.resolve("study");
    Path run = study.resolve("runs").resolve(SmallStudy.RUN);
    JsonNode exact = weights("--study", study.toString(), "--epochs", "1", "--json").json();
    Path description = run.resolve("run.json");
    String text = Files.readString(description);
    Files.writeString(
        description, text.replace("\"snapshots\" : [ 0, 1, 2 ]", "\"snapshots\" : [ 0, 2 ]"));
    assertThat(Files.readString(description)).isNotEqualTo(text);
    JsonNode json =
        weights("--study", study.toString(), "--epochs", "1,2", "--bins", "32", "--json").json();
    JsonNode kept = json.at("/models/0/tensors/0");
    for (String figure : new String[] {"count", "mean", "sd", "median", "min", "max", "nearZero"}) {
      assertThat(kept.get(figure).asDouble())
          .as(figure)
          .isCloseTo(
              exact.at("/models/0/tensors/0").get(figure).asDouble(),
              org.assertj.core.api.Assertions.within(1e-12));
    }
    assertThat(kept.get("counts").size()).isBetween(2, 32);
    assertThat(kept.get("edges")).isEqualTo(json.at("/models/1/tensors/0/edges"));
    assertThat(json.at("/notes/0").asText())
        .startsWith("small epoch 1 kept no network: its figures and histogram are those that");
    assertThat(json.at("/notes/1").asText()).contains("Kolmogorov-Smirnov", "Wasserstein");
    assertThat(weights("--study", study.toString(), "--epochs", "7").err())
        .contains("run small keeps no epoch 7");
  }

  @Test
  void refusesWhatMakesNoSense() {
    weights().refused("there is nothing to look at; name ONNX files, or --study DIR");
    weights(one.toString(), "--run", "mlp")
        .refused("--run and --epochs are of a study; add --study DIR");
    weights(one.toString(), "--layer", "fc7", "--kind", "biases")
        .refused(
            one
                + " has no biases of a layer 'fc7'; it has fc1 weights (fc1.weight), fc1 biases"
                + " (fc1.bias), logits weights (logits.weight), logits biases (logits.bias)");
    weights(one.toString(), "--hinton", folder.resolve("h.svg").toString())
        .refused("a Hinton diagram is of one layer; add --layer, such as --layer fc1");
    weights(one.toString(), "--bins", "0").refused("bins must be at least 1, got 0");
    assertThat(weights(folder.resolve("none.onnx").toString()).code()).isEqualTo(2);
  }

  private static Typed weights(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "weights";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Typed.run(all);
  }
}
