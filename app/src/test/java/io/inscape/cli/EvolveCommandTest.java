package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.evolution.AlignmentMethod;
import io.inscape.evolution.Alignments;
import io.inscape.matrix.Rng;
import io.inscape.parameter.ParameterField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class EvolveCommandTest {
  private static final int ROWS = 45;
  private static final int COLS = 4;

  @TempDir Path folder;
  private Path labels;
  private Path output;

  /// Three clouds that move away from each other.
  @BeforeEach
  void writeSteps() {
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = i % 3;
    }
    for (int t = 0; t < 3; t++) {
      write("s" + t, ROWS, COLS, 2 * t);
    }
    labels = folder.resolve("labels.npy");
    output = folder.resolve("layouts.npy");
    NpyFile.writeInts(labels, classes, ROWS);
  }

  private void write(String name, int rows, int cols, double apart) {
    RandomGenerator random = Rng.of(1, "clouds");
    float[] values = new float[rows * cols];
    for (int i = 0; i < values.length; i++) {
      boolean own = i % cols == i / cols % 3;
      values[i] = (float) (random.nextGaussian() + (own ? apart : 0));
    }
    NpyFile.writeFloats(step(name), values, rows, cols);
  }

  private Path step(String name) {
    return folder.resolve(name + ".npy");
  }

  private Typed evolve(List<String> steps, String... more) {
    List<String> words = new ArrayList<>(List.of("evolve"));
    steps.forEach(step -> words.add(step(step).toString()));
    words.addAll(List.of(more));
    return Typed.run(words.toArray(String[]::new));
  }

  private Typed evolve(String... more) {
    return evolve(List.of("s0", "s1", "s2"), more);
  }

  static Stream<String> methods() {
    return Alignments.methods().stream().map(AlignmentMethod::name);
  }

  /// A method that is quick here.
  private static String[] small(String method, String... more) {
    List<String> words = new ArrayList<>(List.of("--method", method));
    for (ParameterField field : Alignments.method(method).parameters()) {
      switch (field.name()) {
        case "perplexity" -> words.addAll(List.of("--perplexity", "5"));
        case "iterations" -> words.addAll(List.of("--iterations", "60"));
        default -> {}
      }
    }
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodLaysOutTheStepsAndSaysWhatAlignmentMade(String method) {
    Typed typed =
        evolve(
            small(method, "--labels", labels.toString(), "--json", "--output", output.toString()));
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(NpyFile.read(output).shape()).containsExactly(3, ROWS, 2);
    JsonNode json = typed.json();
    assertThat(json.get("version").asText()).startsWith("0.");
    assertThat(json.get("method").asText()).isEqualTo(method);
    for (ParameterField field : Alignments.method(method).parameters()) {
      assertThat(json.get("parameters").has(field.name())).as(field.name()).isTrue();
    }
    assertThat(json.get("steps").asInt()).isEqualTo(3);
    assertThat(json.get("observations").asInt()).isEqualTo(ROWS);
    assertThat(json.get("output").asText()).isEqualTo(output.toString());
    assertThat(json.get("stopped").asBoolean()).isFalse();
    assertThat(json.at("/input/names"))
        .extracting(JsonNode::asText)
        .containsExactly("s0", "s1", "s2");
    assertThat(json.at("/input/steps/1/sha256").asText()).hasSize(64);
    assertThat(json.at("/input/identity/proved").asBoolean()).isFalse();
    assertThat(json.at("/input/identity/how").asText()).startsWith("no ids were given or found");
    JsonNode last = json.at("/quality/steps/2");
    assertThat(last.get("ownNeighborhoodHit").asDouble()).isGreaterThan(0.8);
    assertThat(last.get("alignedNeighborhoodHit").asDouble()).isGreaterThan(0.5);
    for (String name : List.of("unalignedNeighborhoodHit", "alignedStress", "unalignedStress")) {
      assertThat(last.get(name).asDouble()).as(name).isPositive();
    }
    assertThat(json.at("/quality/aligned").has("spearman")).isTrue();
    assertThat(json.get("seconds").fieldNames()).toIterable().startsWith("reading");
    assertThat(json.get("bundle").isNull() && json.get("field").isNull()).isTrue();
  }

  @Test
  void writesTrailsFieldAndImage() throws IOException {
    Path trails = folder.resolve("trails.npy");
    Path field = folder.resolve("field.npy");
    Path image = folder.resolve("image.svg");
    Typed typed =
        evolve(
            "--labels",
            labels.toString(),
            "--output",
            output.toString(),
            "--bundle",
            "0.5",
            "--bundle-samples",
            "21",
            "--trails",
            trails.toString(),
            "--field",
            field.toString(),
            "--grid",
            "8",
            "--smoothness",
            "0.1",
            "--fields",
            "2",
            "--image",
            image.toString(),
            "--json");
    assertThat(typed.code()).isZero();
    assertThat(NpyFile.read(trails).shape()).containsExactly(ROWS, 21, 2);
    assertThat(NpyFile.read(field).shape()).containsExactly(2, 8, 8, 2);
    float[] samples = NpyFile.read(trails).floats();
    float[] layouts = NpyFile.read(output).floats();
    assertThat(samples[0]).isEqualTo(layouts[0]);
    assertThat(samples[2 * 20 + 1]).isEqualTo(layouts[2 * 2 * ROWS + 1]); // the end of trail 0
    JsonNode json = typed.json();
    assertThat(json.at("/bundle/strength").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/bundle/samples").asInt()).isEqualTo(21);
    assertThat(json.at("/bundle/ink/straight").asInt()).isPositive();
    assertThat(json.at("/bundle/ink/classRight").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.at("/field/grid").asInt()).isEqualTo(8);
    assertThat(json.at("/field/energy").asDouble()).isPositive();
    assertThat(json.at("/field/sizes/0").asInt() + json.at("/field/sizes/1").asInt())
        .isEqualTo(ROWS);
    assertThat(Files.readString(image))
        .contains("Trails, bundled at 0.50", "Vector field 1, followed by", "NH own");
  }

  @Test
  void printsATableForAPerson() {
    Typed typed =
        evolve("--labels", labels.toString(), "--output", output.toString(), "--bundle", "0.8");
    assertThat(typed.out())
        .startsWith(output + ": 3 steps of 45 observations in 2 dimensions")
        .contains("Visual Feature Fusion", "lambda 0.5", "NH own")
        .containsPattern("rows +no ids were given")
        .containsPattern("\n  s2 +0\\.\\d{4} +0\\.\\d{4}")
        .contains("movement in the layout and in the data", "Spearman", "trails bundled at 0.80");
    assertThat(typed.err()).isEmpty();
    Typed unlabelled = evolve("--output", output.toString(), "--trails", step("t").toString());
    assertThat(unlabelled.code()).isZero(); // bundles all together, since there is nothing else
    assertThat(unlabelled.out()).contains("stress aligned").doesNotContain("NH own");
    assertThat(evolve("--output", output.toString(), "--quality", "none").out())
        .doesNotContain("stress aligned");
  }

  @Test
  void stepsMayDifferInWidthExceptForOneTsneOfAll() {
    write("wide", ROWS, 9, 3);
    List<String> steps = List.of("s0", "wide");
    assertThat(evolve(steps, "--output", output.toString()).code()).isZero();
    evolve(steps, small("joint", "--output", step("joint").toString()))
        .refused(
            "joint t-SNE needs steps of one width, but step 0 (s0) has 4 columns and step 1 (wide) has"
                + " 9; take dtsne, chained or vff instead");
    assertThat(step("joint")).doesNotExist();
  }

  @Test
  void provesThatTheRowsAreTheSameWhereIdsAreBesideTheSteps() {
    int[] ids = new int[ROWS];
    Arrays.setAll(ids, i -> 7 * i);
    for (String name : List.of("s0", "s1", "s2")) {
      NpyFile.writeInts(folder.resolve(name + ".ids.npy"), ids, ROWS);
    }
    JsonNode json = evolve("--output", output.toString(), "--json").json();
    assertThat(json.at("/input/identity/proved").asBoolean()).isTrue();
    assertThat(json.at("/input/identity/sha256").asText()).hasSize(64);
    ids[17] = 4711;
    NpyFile.writeInts(folder.resolve("s1.ids.npy"), ids, ROWS);
    evolve("--output", output.toString())
        .refused(
            folder.resolve("s1.ids.npy")
                + ": found observation 4711 at row 17, expected 119 as in "
                + folder.resolve("s0.ids.npy")
                + ", since the steps of a sequence are the same observations, row for row; put the"
                + " rows of "
                + step("s1")
                + " in the same order, or capture them again");
    String named = String.join(",", List.of(ids(0), ids(0), ids(2)));
    assertThat(evolve("--output", output.toString(), "--ids", named).code()).isZero();
    evolve("--output", output.toString(), "--ids", ids(0))
        .refused(
            "--ids needs one file for each of the 3 steps, in their order and separated by commas,"
                + " got 1");
  }

  private String ids(int t) {
    return folder.resolve("s" + t + ".ids.npy").toString();
  }

  @Test
  void findsTheIdsThatCaptureWrites() {
    int[] ids = new int[ROWS];
    NpyFile.writeInts(folder.resolve("observations.npy"), ids, ROWS);
    assertThat(
            evolve("--output", output.toString(), "--json")
                .json()
                .at("/input/identity/how")
                .asText())
        .isEqualTo("all steps have the same ids");
    NpyFile.writeInts(folder.resolve("observations.npy"), new int[ROWS + 1], ROWS + 1);
    assertThat(
            evolve("--output", output.toString(), "--json")
                .json()
                .at("/input/identity/proved")
                .asBoolean())
        .isFalse(); // they are those of other files
  }

  @Test
  void namesStepsOfTheSameNameByTheirFolders() throws IOException {
    List<String> places = new ArrayList<>();
    for (String epoch : List.of("epoch-0000", "epoch-0005")) {
      Path place = Files.createDirectories(folder.resolve(epoch)).resolve("fc4.npy");
      Files.copy(step("s1"), place);
      places.add(place.toString());
    }
    Typed typed =
        Typed.run(
            "evolve",
            places.get(0),
            places.get(1),
            places.get(1),
            "--json",
            "-o",
            output.toString());
    assertThat(typed.json().at("/input/names"))
        .extracting(JsonNode::asText)
        .containsExactly("fc4 (0)", "fc4 (1)", "fc4 (2)");
    assertThat(
            Typed.run("evolve", places.get(0), places.get(1), "--json", "-o", output.toString())
                .json()
                .at("/input/names"))
        .extracting(JsonNode::asText)
        .containsExactly("epoch-0000/fc4", "epoch-0005/fc4");
  }

  @Test
  void refusesStepsThatAreNoSequence() {
    evolve(List.of("s0"), "--output", output.toString())
        .refused(
            "a sequence needs at least two steps, got 1, "
                + step("s0")
                + "; inscape project lays out a single file");
    write("short", ROWS - 1, COLS, 1);
    evolve(List.of("s0", "short"), "--output", output.toString())
        .refused(
            step("short")
                + ": found 44 rows at the header, expected 45 as in "
                + step("s0")
                + ", since the steps of a sequence are the same observations, row for row; capture"
                + " the same observations at every step");
    float[] values = new float[ROWS * COLS];
    values[3 * COLS + 2] = Float.NaN;
    NpyFile.writeFloats(step("nan"), values, ROWS, COLS);
    Typed typed = evolve(List.of("s0", "nan"), "--output", output.toString());
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains(step("nan").toString(), "row 3", "column 2");
    assertThat(output).doesNotExist();
  }

  @Test
  void aDeadLayerIsAWarningAndNoError() {
    NpyFile.writeFloats(step("dead"), new float[ROWS * COLS], ROWS, COLS);
    Typed typed =
        evolve(
            List.of("dead", "s1"),
            "--labels",
            labels.toString(),
            "--output",
            output.toString(),
            "--json");
    assertThat(typed.code()).isZero();
    assertThat(typed.json().at("/quality/steps/0/constant").asBoolean()).isTrue();
    assertThat(typed.json().at("/quality/steps/0/warning").asText()).isNotEmpty();
  }

  @Test
  void refusesWhatMakesNoSense() {
    evolve()
        .refused(
            "the layouts have nowhere to go; add --output SEQ.npy, or --image FILE.svg to see them");
    evolve("--output", output.toString(), "--run", "mlp")
        .refused(
            "--run, --layer, --epochs, --epoch, --layers and --runs are of a study; add --study DIR");
    evolve("--output", output.toString(), "--bundle", "1.5")
        .refused("--bundle must be from 0 to 1, got 1.5");
    evolve("--output", output.toString(), "--perplexity", "5")
        .refused("--perplexity is an option of Dynamic t-SNE, not of Visual Feature Fusion");
    evolve("--output", output.toString(), "--trails", output.toString())
        .refused("each output needs a file of its own, got " + output + " twice");
    evolve("--output", step("s1").toString())
        .refused(
            step("s1")
                + ": found one of the inputs at the path, expected another file; choose another"
                + " name");
    evolve("--study", folder.toString(), "--run", "mlp")
        .refused(
            "the steps are files or parts of a study, got "
                + step("s0")
                + " and --study "
                + folder
                + "; a study has its own observations and labels");
  }

  @Test
  void ctrlCKeepsTheLayoutsReached() throws Exception {
    Thread typist = Thread.currentThread();
    Thread impatient =
        Thread.ofPlatform()
            .start(() -> {
              while (!hasAside()) {
                Thread.onSpinWait();
              }
              typist.interrupt();
            });
    Typed typed =
        evolve(
            "--method",
            "vff",
            "--sweeps",
            "100000",
            "--tolerance",
            "0",
            "--output",
            output.toString());
    impatient.join();
    assertThat(typed.code()).isEqualTo(130);
    boolean _ = Thread.interrupted(); // where the impatient came after the end
    if (Files.exists(output)) {
      assertThat(NpyFile.read(output).shape()).containsExactly(3, ROWS, 2);
      assertThat(typed.err()).contains("Stopped at iteration ", " of 100000; " + output);
    } else {
      assertThat(typed.err()).contains("Stopped before there were layouts");
    }
  }

  /// Whether the room for the layouts is taken, which is after the files are read.
  private boolean hasAside() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains(".tmp-"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
