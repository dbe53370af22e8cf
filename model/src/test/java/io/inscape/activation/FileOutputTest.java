package io.inscape.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.matrix.Rng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileOutputTest {
  @TempDir private Path folder;

  /// Around one block, and around what is gathered before it is written.
  @ParameterizedTest
  @CsvSource({
    "0, true",
    "1, true",
    "4095, true",
    "4096, true",
    "4097, true",
    "4194303, true",
    "4194304, true",
    "4194305, true",
    "9000001, true",
    "0, false",
    "9000001, false"
  })
  void holdsExactlyWhatWasAppended(int length, boolean large) throws IOException {
    Path file = folder.resolve("bytes");
    byte[] bytes = new byte[length];
    RandomGenerator random = Rng.of(length, "bytes");
    random.nextBytes(bytes);
    try (FileOutput output = FileOutput.create(file, large ? FileOutput.LARGE : length)) {
      if (length % 2 == 1) {
        output.reserve(length);
      }
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        int piece = Math.min(left.remaining(), 1 + random.nextInt(3_000_000));
        output.append(left.duplicate().limit(left.position() + piece));
        left.position(left.position() + piece);
        output.force();
      }
      output.finish();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, FileOutput.LARGE})
  void writesOverALongerFile(long announced) throws IOException {
    Path file = folder.resolve("bytes");
    Files.write(file, new byte[100_000]);
    try (FileOutput output = FileOutput.create(file, announced)) {
      output.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      output.finish();
    }
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, FileOutput.LARGE})
  void saysWhichFolderIsMissing(long announced) {
    Path file = folder.resolve("missing").resolve("bytes");
    assertThatThrownBy(() -> FileOutput.create(file, announced))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());
  }
}
