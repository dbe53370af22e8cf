package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real launcher, as a person types it, on fewer images and epochs than the whole demo.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a script for a POSIX shell")
class DemoIT {
  private static final Path LAUNCHER = Path.of("..", "inscape").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void demoShowsThatTrainingSeparatesTheDigits() throws Exception {
    String[] command = {
      "demo",
      "--no-open",
      "--exit",
      "--json",
      "--port",
      "0",
      "--study",
      "demo",
      "--limit",
      "12000",
      "--epochs",
      "0,1"
    };
    Ended first = launch(command);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("The page is at http://127.0.0.1:").doesNotContain("WARNING");

    JsonNode rows = new ObjectMapper().readTree(first.out());
    assertThat(rows).hasSize(1 + 2 + 3); // pixels, the last layer twice, the other three
    assertThat(hit(rows.get(0))).isBetween(0.87, 0.91);
    assertThat(hit(rows.get(1))).isBetween(0.78, 0.86);
    assertThat(hit(rows.get(2))).isGreaterThan(hit(rows.get(0)));
    assertThat(rows.get(2).get("testAccuracy").asDouble()).isGreaterThan(0.9);

    Ended again = launch(command);
    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
  }

  @Test
  void launcherWorksFromAnywhereAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("inscape-link"), LAUNCHER);
    Ended ended = launch(link, "version");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("Inscape 0.");
    assertThat(ended.err()).isEmpty();
    assertThat(launch(link, "serve", "nowhere").code()).isEqualTo(2);
  }

  private static double hit(JsonNode row) {
    return row.get("neighborhoodHit").asDouble();
  }

  private Ended launch(String... arguments) throws IOException, InterruptedException {
    return launch(LAUNCHER, arguments);
  }

  private Ended launch(Path launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private record Ended(int code, String out, String err) {}
}
