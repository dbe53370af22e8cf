package io.inscape.study.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.study.ActivationSource;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.Study;
import io.inscape.study.run.Checkpoints;
import io.inscape.study.run.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the lines of `docs/pytorch.md` as they stand there.
@Timeout(300)
final class DocumentedLinesTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Pattern BLOCK = Pattern.compile("(?s)```python\n(.*?)```");

  @TempDir Path folder;

  private static List<String> blocks() throws IOException {
    Path docs = Path.of("../docs/pytorch.md");
    Path found = Files.exists(docs) ? docs : Path.of("docs/pytorch.md");
    return BLOCK.matcher(Files.readString(found)).results().map(DocumentedLinesTest::code).toList();
  }

  private static String code(MatchResult block) {
    return block.group(1);
  }

  private int python(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.txt").toFile())
            .start();
    if (!process.waitFor(240, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  @Test
  void theLinesForPyTorchRunAndBothWaysAreTakenIn() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    assumeTrue(python("-c", "import torch, onnx, numpy") == 0, "Python's torch is not installed");
    Path script = Files.writeString(folder.resolve("train.py"), blocks().getFirst());
    assertThat(python(script.toString())).as(() -> text(folder.resolve("python.txt"))).isZero();
    var checkpoints = Checkpoints.find(folder.resolve("checkpoints"));
    assertThat(checkpoints).hasSize(3);
    assertThat(Network.read(checkpoints.getLast().file()).layers()).isNotEmpty();
    try (Study study =
            Study.createActivations(
                folder.resolve("study"),
                ActivationStudyConfig.of("torch", folder.resolve("activations")));
        Workers workers = Workers.of(1)) {
      RunInfo run = study.importActivations(false).getFirst();
      assertThat(run.snapshots()).containsExactly(0, 1, 2);
      assertThat(run.layers())
          .extracting(RunInfo.LayerInfo::shape)
          .containsExactly(List.of(6, 10, 10), List.of(32));
      assertThat(run.answersClasses()).isTrue();
      var layer = new ActivationSource.Layer("torch", 2, "relu2");
      assertThat(study.vectors(layer, workers, Progress.none()).rows()).isEqualTo(200);
      assertThat(study.images(0, 1)).hasSize(144);
    }
  }

  @Test
  void theLinesForKerasAreValidPython() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    Path script = Files.writeString(folder.resolve("keras_lines.py"), blocks().getLast());
    assertThat(python("-m", "py_compile", script.toString()))
        .as(() -> text(folder.resolve("python.txt")))
        .isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
