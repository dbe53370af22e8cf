package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inscape.activation.NpyFile;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.TsneParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.VectorStudyConfig;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `inscape project` into a study, and live on the page.
@Timeout(120)
final class ProjectStudyTest {
  private static final int ROWS = 60;
  private static final int COLS = 5;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/#\\S*");

  @TempDir Path folder;
  private Path vectors;
  private Path labels;
  private Path study;
  private Path output;

  /// Three clouds of twenty points, with classes that are not numbered from 0.
  @BeforeEach
  void writeVectors() {
    RandomGenerator random = Rng.of(1, "clouds");
    float[] values = new float[ROWS * COLS];
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = 10 * (i % 3) - 10;
      for (int j = 0; j < COLS; j++) {
        values[i * COLS + j] = (float) (random.nextGaussian() + (j == i % 3 ? 20 : 0));
      }
    }
    vectors = folder.resolve("vectors.npy");
    labels = folder.resolve("labels.npy");
    study = folder.resolve("study");
    output = folder.resolve("layout.npy");
    NpyFile.writeFloats(vectors, values, ROWS, COLS);
    NpyFile.writeInts(labels, classes, ROWS);
  }

  @Test
  void keepsTheLayoutInAStudyAsTheServerWouldHaveComputedIt() throws IOException {
    Typed typed = tsne("--study", study.toString(), "--labels", labels.toString(), "--json");
    assertThat(typed.err().strip())
        .isEqualTo("Kept in " + study + "; ./inscape serve " + study + " --open shows it.");
    assertThat(typed.code()).isZero();
    JsonNode json = typed.json();
    assertThat(json.get("output").isNull()).isTrue();
    assertThat(json.get("study").asText()).isEqualTo(study.toString());
    assertThat(json.get("keptBefore").asBoolean()).isFalse();
    assertThat(json.at("/quality/classNames/0").asText()).isEqualTo("-10");

    Path other = folder.resolve("other");
    try (Study computed =
            Study.createVectors(other, VectorStudyConfig.of("other", vectors).withLabels(labels));
        Workers workers = Workers.of(2)) {
      String digest = new Results(computed).compute(analysis(), workers, Progress.none()).digest();
      assertThat(json.get("digest").asText()).isEqualTo(digest);
      Path results = Path.of("results", "projection", digest);
      for (String name : List.of("layout.npy", "result.json", "neighborhood-hit.npy")) {
        assertThat(study.resolve(results).resolve(name))
            .hasSameBinaryContentAs(other.resolve(results).resolve(name));
      }
      assertThat(study.resolve(results).resolve("energy.json")).exists();
    }
  }

  @Test
  void findsTheLayoutKeptAndSaysSo() {
    JsonNode first =
        tsne("--study", study.toString(), "--labels", labels.toString(), "--json").json();
    Typed again =
        tsne(
            "--study",
            study.toString(),
            "--labels",
            labels.toString(),
            "--json",
            "--output",
            output.toString());
    assertThat(again.code()).isZero();
    assertThat(again.err().strip())
        .isEqualTo(study + " had this layout already, so nothing was computed again.");
    JsonNode json = again.json();
    assertThat(json.get("keptBefore").asBoolean()).isTrue();
    for (String same : List.of("digest", "quality", "details", "energy", "iteration", "input")) {
      assertThat(json.get(same)).as(same).isEqualTo(first.get(same));
    }
    assertThat(NpyFile.readMatrix(output).toArray())
        .isEqualTo(
            NpyFile.readMatrix(
                    study
                        .resolve("results/projection/" + json.get("digest").asText())
                        .resolve("layout.npy"))
                .toArray());
    assertThat(tsne("--study", study.toString(), "--labels", labels.toString()).out())
        .startsWith(study + ": 60 observations in 2 dimensions")
        .contains("neighborhood hit of class");
  }

  @Test
  void refusesOtherDataInOneSentence() throws IOException {
    assertThat(pca("--study", study.toString()).code()).isZero();
    pca("--study", study.toString(), "--labels", labels.toString())
        .refused(
            study
                + " is a study of "
                + vectors
                + " without labels, not of "
                + vectors
                + " with the labels "
                + labels
                + " as it is now; name another folder with --study");
    NpyFile.writeFloats(vectors, new float[ROWS * COLS], ROWS, COLS);
    pca("--study", study.toString())
        .refused(
            study
                + " is a study of "
                + vectors
                + " without labels, not of "
                + vectors
                + " without labels as it is now; name another folder with --study");
    Files.writeString(folder.resolve("something.txt"), "here");
    pca("--study", folder.toString())
        .refused(
            "a new study needs a folder that is empty or not there yet, but "
                + folder
                + " holds "
                + firstName(folder)
                + "; name another folder");
  }

  @Test
  void refusesWhatMakesNoSense() {
    pca()
        .refused(
            "the layout has nowhere to go; add --output LAYOUT.npy, --study DIR to keep it in a"
                + " study, or --open to see it on the page");
    pca("--output", output.toString(), "--exit")
        .refused("--exit is about the page, which only --open shows; add --open or leave it out");
    pca("--study", study.toString(), "--quality", "none")
        .refused(
            "--quality none cannot go with a study, whose results are all judged alike; leave it"
                + " out");
    assertThat(study).doesNotExist();
  }

  @Test
  void takesArraysOfAnArchiveAndOfMoreAxes() throws IOException {
    NpyFile.writeFloats(vectors, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, 3, 2, 2);
    Path archive = folder.resolve("both.npz");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : List.of("a.npy", "b.npy")) {
        zip.putNextEntry(new java.util.zip.ZipEntry(name));
        zip.write(Files.readAllBytes(vectors));
      }
    }
    String first = archive + ":a";
    Typed typed = Typed.run("project", first, "--method", "pca", "--study", study.toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("3 observations");
    assertThat(Typed.run("project", archive + ":b", "--method", "pca", "--study", "" + study).err())
        .contains("is a study of " + first, "not of " + archive + ":b");
    try (Study kept = Study.open(study);
        Workers workers = Workers.of(1)) {
      Matrix rows = kept.vectors(new ActivationSource.Input(), workers, Progress.none());
      assertThat(rows.toArray()).isEqualTo(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3});
    }
  }

  @Test
  void showsTheLayoutOnThePageAndEnds() throws IOException {
    Typed typed =
        tsne(
            "--open",
            "--no-browser",
            "--exit",
            "--port",
            "0",
            "--json",
            "--seed",
            "3",
            "--schedule-exaggeration",
            "5",
            "--output",
            output.toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.err())
        .containsPattern(
            "The page is at http://127\\.0\\.0\\.1:\\d+/#view=projection&layer=input&method=tsne"
                + "&p\\.perplexity=5&p\\.iterations=100&p\\.schedule\\.exaggeration=5&p\\.seed=3 and");
    JsonNode json = typed.json();
    assertThat(json.get("iteration").asInt()).isEqualTo(100);
    assertThat(json.at("/quality/trustworthiness").asDouble()).isGreaterThan(0.8);
    assertThat(json.get("seconds").fieldNames()).toIterable().contains("layout", "quality");
    assertThat(json.get("cpuSeconds").size()).isEqualTo(json.get("seconds").size());
    Path temporary = Path.of(json.get("study").asText());
    assertThat(typed.err())
        .contains(
            "The study is in the temporary folder " + temporary + ", which is kept.",
            "./inscape serve " + temporary + " --open shows it again.");
    assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(ROWS);
    Typed again =
        tsne(
            "--study",
            temporary.toString(),
            "--json",
            "--seed",
            "3",
            "--schedule-exaggeration",
            "5");
    assertThat(again.json().get("keptBefore").asBoolean()).isTrue();
    try (Stream<Path> files = Files.walk(temporary)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Test
  void layoutMovesOnTheServerWhileItIsComputedAndStaysUntilCtrlC() throws Exception {
    try (Running running =
        new Running(
            "project",
            vectors.toString(),
            "--perplexity",
            "5",
            "--iterations",
            "3000",
            "--study",
            study.toString(),
            "--labels",
            labels.toString(),
            "--open",
            "--no-browser",
            "--port",
            "0",
            "--json")) {
      String page = running.awaitAddress();
      JsonNode job = running.awaitJob(page, found -> found.get("state").asText().equals("done"));
      assertThat(job.get("iteration").asInt()).isEqualTo(3000);
      assertThat(job.get("source").get("layer").asText()).isEqualTo("input");
      running.await(() -> running.err().contains("until Ctrl-C"));
      JsonNode kept = running.json(page, "api/results/" + job.get("digest").asText());
      assertThat(kept.at("/columns/layout/shape/0").asInt()).isEqualTo(ROWS);
      assertThat(running.json(page, "api/study").at("/dataset/kind").asText()).isEqualTo("vectors");
      assertThat(running.out()).contains("\"keptBefore\":false");
      assertThat(running.interrupt()).isEqualTo(130);
    }
  }

  @Test
  void ctrlCKeepsTheLayoutReachedInTheOutput() throws Exception {
    for (boolean withOutput : List.of(true, false)) {
      List<String> typed =
          new ArrayList<>(
              List.of(
                  "project",
                  vectors.toString(),
                  "--perplexity",
                  "5",
                  "--iterations",
                  "100000",
                  "--study",
                  study.toString(),
                  "--open",
                  "--no-browser",
                  "--port",
                  "0"));
      if (withOutput) {
        typed.addAll(List.of("--output", output.toString()));
      }
      try (Running running = new Running(typed.toArray(String[]::new))) {
        String page = running.awaitAddress();
        running.awaitJob(page, found -> found.get("iteration").asInt() > 10);
        assertThat(running.interrupt()).isEqualTo(130);
        assertThat(running.out()).isEmpty();
        assertThat(running.err())
            .containsPattern("Stopped at iteration \\d+ of 100000; ")
            .contains(
                withOutput
                    ? output + " holds the layout reached so far."
                    : "the layout reached so far is lost: --output FILE.npy would have it.");
      }
    }
    assertThat(NpyFile.readMatrix(output).rows()).isEqualTo(ROWS);
    assertThat(study.resolve("results")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithTheParametersInOneSentence() {
    Typed typed =
        Typed.run(
            "project",
            vectors.toString(),
            "--perplexity",
            "30",
            "--study",
            study.toString(),
            "--open",
            "--no-browser",
            "--port",
            "0",
            "--quiet");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).startsWith("inscape: ").contains("perplexity must be at most");
    assertThat(typed.err().lines()).hasSize(1);
  }

  private static ProjectionAnalysis analysis() {
    return ProjectionAnalysis.of(
        new ActivationSource.Input(), TsneParams.defaults().withPerplexity(5).withIterations(100));
  }

  private static String firstName(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().getFirst().getFileName().toString();
    }
  }

  private Typed tsne(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("project", vectors.toString(), "--perplexity", "5", "--iterations", "100"));
    arguments.addAll(Arrays.asList(more));
    return Typed.run(arguments.toArray(String[]::new));
  }

  private Typed pca(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("project", vectors.toString(), "--method", "pca"));
    arguments.addAll(Arrays.asList(more));
    return Typed.run(arguments.toArray(String[]::new));
  }

  /// A command that goes on until it is interrupted.
  private static final class Running implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread;
    private volatile int code = -1;

    Running(String... arguments) {
      Console console =
          new Console(
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              0);
      thread = Thread.ofPlatform().start(() -> code = Inscape.run(console, arguments));
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    void await(java.util.function.BooleanSupplier there) {
      while (!there.getAsBoolean()) {
        assertThat(thread.isAlive()).as(err()).isTrue();
        Thread.onSpinWait();
      }
    }

    String awaitAddress() {
      await(() -> ADDRESS.matcher(err()).find());
      Matcher found = ADDRESS.matcher(err());
      assertThat(found.find()).isTrue();
      return found.group().substring(0, found.group().indexOf('#'));
    }

    JsonNode awaitJob(String page, Predicate<JsonNode> asWanted) {
      while (true) {
        for (JsonNode job : json(page, "api/jobs")) {
          if (asWanted.test(job)) {
            return job;
          }
        }
        assertThat(thread.isAlive()).as(err()).isTrue();
      }
    }

    JsonNode json(String page, String path) {
      try {
        return new ObjectMapper()
            .readTree(
                http.send(
                        HttpRequest.newBuilder(URI.create(page + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                    .body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    int interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return code;
    }

    @Override
    public void close() {
      thread.interrupt();
      http.close();
    }
  }
}
