package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.cli.option.MethodOptions;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.parameter.ParameterField;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class ProjectCommandTest {
  private static final int ROWS = 60;
  private static final int COLS = 5;

  @TempDir Path folder;
  private Path vectors;
  private Path labels;
  private Path output;

  /// Three clouds of twenty points.
  @BeforeEach
  void writeVectors() {
    RandomGenerator random = Rng.of(1, "clouds");
    float[] values = new float[ROWS * COLS];
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = 10 * (i % 3);
      for (int j = 0; j < COLS; j++) {
        values[i * COLS + j] = (float) (random.nextGaussian() + (j == i % 3 ? 20 : 0));
      }
    }
    vectors = folder.resolve("vectors.npy");
    labels = folder.resolve("labels.npy");
    output = folder.resolve("layout.npy");
    NpyFile.writeFloats(vectors, values, ROWS, COLS);
    NpyFile.writeInts(labels, classes, ROWS);
  }

  static Stream<String> methods() {
    return Projections.methods().stream().map(ProjectionMethod::name);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodMakesALayoutAndSaysHowGoodItIs(String method) {
    Typed typed = project(small(method, "--labels", labels.toString(), "--json"));
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    Matrix layout = NpyFile.readMatrix(output);
    assertThat(layout.rows()).isEqualTo(ROWS);
    assertThat(layout.cols()).isEqualTo(2);
    JsonNode json = typed.json();
    assertThat(json.get("method").asText()).isEqualTo(method);
    assertThat(json.get("version").asText()).startsWith("0.");
    assertThat(json.get("stopped").asBoolean()).isFalse();
    assertThat(json.get("input").get("sha256").asText()).hasSize(64);
    assertThat(json.get("input").get("rows").asInt()).isEqualTo(ROWS);
    assertThat(json.get("input").get("classes").asInt()).isEqualTo(3);
    for (ParameterField field : Projections.method(method).parameters()) {
      assertThat(json.at("/parameters/" + field.name().replace('.', '/')).isMissingNode())
          .as(field.name())
          .isFalse();
    }
    assertThat(json.get("iteration").asInt()).isBetween(0, json.get("iterations").asInt());
    assertThat(json.get("seconds").fieldNames())
        .toIterable()
        .startsWith("reading")
        .endsWith("quality");
    assertThat(json.get("cpuSeconds").size()).isEqualTo(json.get("seconds").size());
    assertThat(json.get("quality").get("neighborhoodHit").asDouble()).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodTakesThreeDimensionsAndGivesTheSameBytesOnAnyNumberOfThreads(String method)
      throws IOException {
    byte[] bytes = new byte[0];
    for (String threads : List.of("1", "2")) {
      Typed typed = project(small(method, "--dimensions", "3", "--threads", threads));
      assertThat(typed.err()).isEmpty();
      assertThat(NpyFile.readMatrix(output).cols()).isEqualTo(3);
      byte[] now = Files.readAllBytes(output);
      assertThat(bytes.length == 0 || Arrays.equals(now, bytes)).isTrue();
      bytes = now;
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodWorksOnConstantAndDuplicateRows(String method) {
    float[] values = new float[ROWS * COLS];
    for (int kinds : List.of(1, 2)) { // all rows equal, and every second one
      for (int i = 0; i < values.length; i++) {
        values[i] = i / COLS % kinds * 3;
      }
      NpyFile.writeFloats(vectors, values, ROWS, COLS);
      Typed typed = project(small(method));
      assertThat(typed.err()).isEmpty();
      assertThat(typed.code()).isZero();
      assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(ROWS);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodProjectsOneRowOrSaysWhatItNeeds(String method) {
    NpyFile.writeFloats(vectors, new float[COLS], 1, COLS);
    Typed typed = project(small(method));
    if (typed.code() == 2) {
      assertThat(typed.err()).startsWith("inscape: ").contains("observation");
      assertThat(typed.err().lines()).hasSize(1);
      assertThat(output).doesNotExist();
    } else {
      assertThat(typed.code()).isZero();
      assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(1);
    }
    assertNothingAside();
  }

  @Test
  void printsATableForAPerson() {
    Typed typed = project("--method", "pca", "--labels", labels.toString());
    assertThat(typed.out())
        .startsWith(output + ": 60 observations in 2 dimensions")
        .contains(
            "  method       PCA", "seed 0", "reading ", "quality, all 60 observations compared")
        .containsPattern("neighborhood hit +1\\.0000 +1\\.0000 +0\\.3220  ");
    assertThat(typed.err()).isEmpty();
    assertThat(project("--method", "pca", "--quality", "none").out()).doesNotContain("quality");
  }

  @Test
  void drawsTheLayout() throws IOException {
    Path image = folder.resolve("layout.svg");
    Typed typed =
        project("--method", "pca", "--labels", labels.toString(), "--image", image.toString());
    assertThat(typed.code()).isZero();
    assertThat(Files.readString(image))
        .contains("vectors.npy", "PCA", "neighborhood hit", "20 (20)", "seed 0");
    assertThat(project("--method", "pca", "--image", image.toString()).code()).isZero();
    assertThat(Files.readString(image)).contains("observations (60)");
  }

  @Test
  void flattensFurtherAxesAndSaysSo() {
    NpyFile.writeFloats(vectors, new float[ROWS * 4], ROWS, 2, 2);
    Typed typed = project("--method", "pca");
    assertThat(typed.code()).isZero();
    assertThat(typed.err().strip())
        .isEqualTo(vectors + ": an array of shape [60, 2, 2] is read as 60 rows of 4 columns");
    assertThat(project("--method", "pca", "--quiet").err()).isEmpty();
  }

  @Test
  void replacesWhatIsThereOnlyWhenItHasSomethingBetter() throws IOException {
    Files.writeString(output, "what was there");
    assertThat(project("--perplexity", "30").code()).isEqualTo(2);
    assertThat(output).hasContent("what was there");
    assertThat(project("--method", "pca").code()).isZero();
    assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(ROWS);
    Path link = Files.createSymbolicLink(folder.resolve("link.npy"), output);
    output = link;
    assertThat(project("--method", "pca", "--dimensions", "3").code()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(NpyFile.readMatrix(link).cols()).isEqualTo(3);
    assertNothingAside();
  }

  @Test
  void refusesVectorsThatAreNone() throws IOException {
    NpyFile.writeFloats(vectors, new float[] {1, 2, Float.NaN, 4}, 2, 2);
    project()
        .refused(
            vectors
                + ": found NaN at row 1, column 0, expected finite numbers; remove or replace what is"
                + " missing first");
    NpyFile.writeFloats(vectors, new float[0], 5, 0);
    project()
        .refused(
            vectors
                + ": found an array of shape [5, 0] at the header, expected at least one row and one"
                + " column; look where the array became empty");
    Files.write(vectors, "a,b\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.US_ASCII));
    project()
        .refused(
            vectors
                + ": found no NumPy array at byte 0, expected a .npy file; save the array with numpy.save");
    Files.delete(vectors);
    project().refused(vectors + ": not found, expected a .npy file; check the path");
    assertThat(output).doesNotExist();
  }

  @Test
  void saysTheLargestPerplexity() {
    Typed typed = project("--perplexity", "30");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("perplexity must be at most", "19", "got 30");
    assertThat(typed.err().lines()).hasSize(1);
    assertNothingAside();
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    NpyFile.writeInts(labels, new int[ROWS - 1], ROWS - 1);
    project("--labels", labels.toString())
        .refused(
            labels
                + ": found 59 labels at the header, expected 60, one for each row of "
                + vectors
                + "; name the labels of these observations");
    project("--labels", folder.resolve("none.npy").toString())
        .refused(folder.resolve("none.npy") + ": not found, expected a .npy file; check the path");
  }

  @Test
  void refusesPlacesThatCannotBeWritten() throws IOException {
    Path absent = folder.resolve("absent");
    output = absent.resolve("l.npy");
    project().refused(absent + ": not found, expected the folder for l.npy; make it first");
    output = Files.createDirectory(folder.resolve("folder.npy"));
    project()
        .refused(
            output
                + ": found no plain file at the path, expected a file to write to; choose another name");
    output = vectors;
    project()
        .refused(
            output
                + ": found one of the inputs at the path, expected another file; choose another name");
    output = folder.resolve("layout.csv");
    project().refused("the name of an output must end in .npy, got " + output);
    output = folder.resolve("layout.npy");
    project("--image", "l.png").refused("the name of an output must end in .svg, got l.png");
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    project("--quality", "some")
        .refused("--quality must be auto, none or a number of observations, got \"some\"");
    project("--method", "pca", "--perplexity", "5")
        .refused("--perplexity is an option of t-SNE, not of PCA");
    assertThat(project("--method", "magic").err())
        .contains("no projection method magic; there are");
    assertThat(Typed.run("project", vectors.toString()).err()).contains("--output");
  }

  @Test
  void saysThatTheDiskIsFullBeforeItComputes() throws Exception {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      return;
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 1; exec \"$@\"", "sh"));
    command.addAll(List.of(java, "-XX:-UsePerfData", "--add-modules=jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.inscape.cli.Inscape"));
    NpyFile.writeFloats(vectors, new float[ROWS * 10 * COLS], ROWS * 10L, COLS);
    command.addAll(List.of("project", vectors.toString(), "-o", output.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .contains(
            "inscape: "
                + output
                + ": could not write it (IOException: File too large); check the free space and the"
                + " rights there and start again");
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(output).doesNotExist();
    assertNothingAside();
  }

  @Test
  void keepsTheLayoutReachedWhenItIsStopped() throws Exception {
    List<Typed> outcomes = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() ->
                outcomes.add(
                    project(
                        "--perplexity",
                        "5",
                        "--iterations",
                        "100000",
                        "--json",
                        "--threads",
                        "1")));
    while (thread.isAlive()
        && Arrays.stream(thread.getStackTrace())
            .noneMatch(at -> at.getMethodName().equals("step"))) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();

    Typed typed = outcomes.getFirst();
    JsonNode json = typed.json();
    int iteration = json.get("iteration").asInt();
    assertThat(typed.code()).isEqualTo(130);
    assertThat(json.get("stopped").asBoolean()).isTrue();
    assertThat(json.get("quality").isNull()).isTrue();
    assertThat(iteration).isLessThan(100_000);
    assertThat(typed.err().strip())
        .isEqualTo(
            "Stopped at iteration "
                + iteration
                + " of 100000; "
                + output
                + " holds the layout reached so far.");
    assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(ROWS);
    assertNothingAside();
  }

  @Test
  void writesNothingWhenItIsStoppedBeforeThereIsALayout() {
    Thread.currentThread().interrupt();
    Typed typed = project("--perplexity", "5");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(typed.code()).isEqualTo(130);
    assertThat(output).doesNotExist();
    assertNothingAside();
  }

  @Test
  void everyOptionOfAMethodIsAFlag() {
    String help = Typed.run("project", "--help").out();
    for (ProjectionMethod method : Projections.methods()) {
      assertThat(help).contains(method.name(), method.title());
      for (ParameterField field : method.parameters()) {
        assertThat(help).contains(MethodOptions.flag(field.name()) + "=");
      }
    }
  }

  @Test
  void saysWhatToDoWhenTheMemoryIsTooSmall() {
    assertThat(Inscape.outOfMemory(6L << 30))
        .isEqualTo(
            "this needs more memory than the 6.0 GiB that Java may use here; start again with"
                + " INSCAPE_JVM=-Xmx12g, or take fewer rows");
  }

  /// A method with what makes it short on sixty points.
  private static String[] small(String method, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--method", method));
    for (ParameterField field : Projections.method(method).parameters()) {
      switch (field.name()) {
        case "perplexity" -> arguments.addAll(List.of("--perplexity", "5"));
        case "iterations" -> arguments.addAll(List.of("--iterations", "100"));
        default -> {}
      }
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Typed project(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("project", vectors.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return Typed.run(arguments.toArray(String[]::new));
  }

  private void assertNothingAside() {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains(".tmp-"))).isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
