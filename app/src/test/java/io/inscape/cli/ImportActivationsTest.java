package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.activation.NpyFile;
import io.inscape.study.Study;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ImportActivationsTest {
  @TempDir private Path folder;

  @Test
  void aFolderOfActivationsBecomesTheStudyThatIsNamed() {
    Path activations = folder.resolve("made");
    NpyFile.writeInts(activations.resolve("labels.npy"), new int[] {0, 1, 1, 0, 2}, 5);
    NpyFile.writeFloats(activations.resolve("jax/epoch-3/dense.npy"), new float[10], 5, 2);
    Path study = folder.resolve("study");
    String[] words = {
      "import", "--study", study.toString(), "--activations", activations.toString()
    };
    Typed typed = Typed.run(words);
    assertThat(typed.code()).isEqualTo(Inscape.DONE);
    assertThat(typed.out())
        .contains("run jax of " + study + ", activations")
        .contains("layers: dense (2)")
        .contains("epochs: [3]");
    assertThat(typed.err()).contains("5 observations, of which 5 are looked at");
    NpyFile.writeFloats(activations.resolve("jax/epoch-4/dense.npy"), new float[10], 5, 2);
    assertThat(Typed.run(words).out()).contains("epochs: [3, 4]");
    try (Study opened = Study.openReadOnly(study)) {
      assertThat(opened.run("jax").info().snapshots()).containsExactly(3, 4);
      assertThat(opened.labels()).containsExactly(0, 1, 1, 0, 2);
    }
    Typed other =
        Typed.run("import", "--study", study.toString(), "--activations", folder.toString());
    assertThat(other.code()).isEqualTo(Inscape.YOUR_INPUT);
    assertThat(other.err()).contains("is a study of the activations in " + activations);
    Typed both =
        Typed.run(
            "import", "--activations", folder.toString(), "--model", "x.onnx", "--data", "mnist");
    assertThat(both.code()).isEqualTo(Inscape.YOUR_INPUT);
    assertThat(both.err()).contains("--activations brings its own data and runs");
  }
}
