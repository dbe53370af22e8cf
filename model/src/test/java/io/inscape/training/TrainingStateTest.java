package io.inscape.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingStateTest {
  @TempDir private Path folder;

  private static TrainingState state() {
    Map<String, float[]> parameters =
        Map.of("fc1.weight", new float[] {1.5f, -0.0f, Float.MIN_VALUE});
    return new TrainingState(
        3, 12_345_678_901L, parameters, Map.of("fc1.weight", new float[] {7, 8, 9}));
  }

  @Test
  void survivesAFile() {
    Path file = folder.resolve("resume.npz");
    state().write(file);
    TrainingState read = TrainingState.read(file);

    assertThat(read.epoch()).isEqualTo(3);
    assertThat(read.updates()).isEqualTo(12_345_678_901L);
    assertThat(read.names()).containsExactly("fc1.weight");
    assertThat(read.parameter("fc1.weight")).isEqualTo(state().parameter("fc1.weight"));
    assertThat(read.velocity("fc1.weight")).containsExactly(7, 8, 9);
  }

  @Test
  void givesTheSameBytesAndLeavesNothingElseBehind() throws IOException {
    state().write(folder.resolve("a.npz"));
    state().write(folder.resolve("a.npz"));
    state().write(folder.resolve("b.npz"));

    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void noticesEveryCut() throws IOException {
    state().write(folder.resolve("whole.npz"));
    byte[] whole = Files.readAllBytes(folder.resolve("whole.npz"));
    int directory = lastIndexOfDirectory(whole); // behind it stand only repeated names
    for (int length = 0; length < directory; length += 7) {
      Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> TrainingState.read(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut.npz")
          .hasMessageContaining("start the training again");
    }
  }

  private static int lastIndexOfDirectory(byte[] zip) {
    for (int i = 0; i + 3 < zip.length; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        return i;
      }
    }
    throw new IllegalArgumentException("no directory");
  }

  @Test
  void noticesADamagedByteInTheValues() throws IOException {
    Path file = folder.resolve("damaged.npz");
    state().write(file);
    byte[] bytes = Files.readAllBytes(file);
    int values = lastIndexOfDirectory(bytes) - 4;
    bytes[values] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> TrainingState.read(file)).isInstanceOf(InputException.class);
  }

  @Test
  void refusesOtherFilesAndMissingOnes() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.npz"), "no training state");

    assertThatThrownBy(() -> TrainingState.read(text)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> TrainingState.read(folder.resolve("nowhere.npz")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere.npz");
    assertThatThrownBy(() -> state().write(folder.resolve("no/such/folder.npz")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("folder.npz");
  }

  @Test
  void refusesVelocitiesThatDoNotFit() {
    Map<String, float[]> one = Map.of("w", new float[1]);
    assertThatThrownBy(() -> new TrainingState(0, 0, one, Map.of("w", new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter w has 1 values but 2 velocities");
    assertThatThrownBy(() -> new TrainingState(0, 0, one, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TrainingState(-1, 0, one, one))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
