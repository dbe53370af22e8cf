package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.cli.option.MethodOptions;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.neuron.ForestParams;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeuronsCommandTest {
  private static final int ROWS = 120;
  private static final int UNITS = 12;

  @TempDir Path folder;
  private Path activations;
  private Path labels;

  /// Unit 4 tells class 7, units 3 and 9 are dead, the others are noise.
  @BeforeEach
  void write() {
    RandomGenerator random = Rng.of(1, "layer");
    float[] values = new float[ROWS * UNITS];
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = new int[] {5, 7, 8}[i % 3];
      for (int unit = 0; unit < UNITS; unit++) {
        values[i * UNITS + unit] = (float) random.nextGaussian();
      }
      values[i * UNITS + 4] += classes[i] == 7 ? 9 : 0;
      values[i * UNITS + 3] = 0;
      values[i * UNITS + 9] = 2.5f;
    }
    activations = folder.resolve("fc.npy");
    labels = folder.resolve("labels.npy");
    NpyFile.writeFloats(activations, values, ROWS, UNITS);
    NpyFile.writeInts(labels, classes, ROWS);
  }

  @Test
  void writesScoresOfAllUnitsAndTheLayoutOfTheLiveOnes() {
    Path scores = folder.resolve("s.npy");
    Path layout = folder.resolve("u.npy");
    Path units = folder.resolve("n.npy");
    Typed typed =
        neurons(
            "--labels",
            labels.toString(),
            "--scores",
            scores.toString(),
            "--layout",
            layout.toString(),
            "--units",
            units.toString(),
            "--json");
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    Matrix written = NpyFile.readMatrix(scores);
    assertThat(written.rows()).isEqualTo(3);
    assertThat(written.cols()).isEqualTo(UNITS);
    for (int target = 0; target < 3; target++) {
      double sum = 0;
      for (int unit = 0; unit < UNITS; unit++) {
        sum += written.get(target, unit);
        assertThat(written.get(1, unit)).isLessThanOrEqualTo(written.get(1, 4));
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      assertThat(written.get(target, 3)).isZero();
    }
    assertThat(NpyFile.readMatrix(layout).rows()).isEqualTo(UNITS - 2);
    assertThat(NpyFile.readMatrix(layout).cols()).isEqualTo(2);
    assertThat(NpyFile.read(units).longs()).containsExactly(0, 1, 2, 4, 5, 6, 7, 8, 10, 11);
    JsonNode json = typed.json();
    assertThat(json.get("dead")).hasSize(2);
    assertThat(json.get("layout").get("method").asText()).isEqualTo("smacof");
    JsonNode seven = json.get("forests").get("classes").get(1);
    assertThat(seven.get("name").asText()).isEqualTo("7");
    assertThat(seven.get("strongest").get(0).get("unit").asInt()).isEqualTo(4);
    assertThat(seven.get("spearman").asDouble()).isBetween(-1.0, 1.0);
    assertThat(json.get("forests").get("parameters").get("trees").asInt()).isEqualTo(40);
  }

  @Test
  void explainsWhatItFound() {
    Path layout = folder.resolve("u.npy");
    Typed typed = neurons("--labels", labels.toString(), "--layout", layout.toString());
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("120 observations of 12 units")
        .contains("2 units dead, constant over the observations: 3, 9")
        .containsPattern("7 +\\d+ +-?[01]\\.\\d\\d +\\d+ of 10 +4 \\(0\\.\\d{4}\\)")
        .contains("10 units by Metric MDS of 1 - |pearson|")
        .contains("--units N.npy writes their numbers");
  }

  @Test
  void theSameSeedWritesTheSameBytesOnAnyNumberOfThreads() throws Exception {
    List<byte[]> bytes = new ArrayList<>();
    for (String threads : List.of("1", "2", "4")) {
      Path scores = folder.resolve("s" + threads + ".npy");
      neurons("--labels", labels.toString(), "--scores", scores.toString(), "--threads", threads);
      bytes.add(Files.readAllBytes(scores));
    }
    assertThat(bytes.get(1)).isEqualTo(bytes.get(0));
    assertThat(bytes.get(2)).isEqualTo(bytes.get(0));
  }

  @Test
  void theSecondSeedMayBeLeftOut() {
    Typed both = neurons("--labels", labels.toString());
    Typed one = neurons("--labels", labels.toString(), "--no-spread");
    assertThat(one.out()).containsPattern("7 +\\d+ +- +- +4 \\(").doesNotContain("two seeds");
    assertThat(both.out()).contains("two seeds");
    JsonNode json = neurons("--labels", labels.toString(), "--no-spread", "--json").json();
    assertThat(json.get("forests").get("comparedTop").isNull()).isTrue();
  }

  @Test
  void aLayoutNeedsNoLabels() {
    Path layout = folder.resolve("u.npy");
    Typed typed = neurons("--layout", layout.toString(), "--measure", "spearman");
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("1 - |spearman|").doesNotContain("trees");
    Typed mds = neurons("--layout", layout.toString(), "--method", "mds", "--json");
    assertThat(mds.code()).as(mds.err()).isZero();
    assertThat(mds.json().get("forests").isNull()).isTrue();
  }

  @Test
  void everyOptionOfTheForestIsAFlag() {
    String help = Typed.run("neurons", "--help").out();
    for (ParameterField field : Parameters.describe(ForestParams.class)) {
      assertThat(help).contains(MethodOptions.flag(field.name()) + "=");
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    String given = labels.toString();
    neurons()
        .refused(
            "there is nothing to do; add --labels L.npy for the scores, --layout U.npy for the"
                + " layout, or both");
    neurons("--scores", "s.npy")
        .refused("--scores needs the class of each observation; add --labels L.npy");
    neurons("--labels", given, "--units", "n.npy")
        .refused("--units says which unit each row of the layout is; add --layout U.npy");
    neurons("--labels", given, "--layout", "x.npy", "--method", "pca")
        .refused("units are laid out by smacof, mds, tsne, umap, got pca");
    neurons("--labels", given, "--depth", "2.5").refused("depth must be a whole number, got 2.5");
    neurons("--labels", given, "--layout", "x.npy", "--scores", "x.npy")
        .refused("two outputs cannot both be x.npy");
    neurons("--labels", given, "--top", "0").refused("--top must be at least 1, got 0");
  }

  @Test
  void refusesOneClassAndOnlyDeadUnits() {
    Path one = folder.resolve("one.npy");
    NpyFile.writeInts(one, new int[ROWS], ROWS);
    neurons("--labels", one.toString())
        .refused("telling classes apart needs at least 2 of them, got 1");
    Path dead = folder.resolve("dead.npy");
    NpyFile.writeFloats(dead, new float[6], 3, 2);
    Typed.run("neurons", dead.toString(), "--layout", folder.resolve("u.npy").toString())
        .refused(
            "a map of units needs at least 1 that varies, got 2 that are constant over the 3"
                + " observations");
    assertThat(folder.resolve("u.npy")).doesNotExist();
  }

  private Typed neurons(String... options) {
    List<String> all = new ArrayList<>(List.of("neurons", activations.toString()));
    all.addAll(List.of("--trees", "40"));
    all.addAll(List.of(options));
    return Typed.run(all.toArray(String[]::new));
  }
}
