package io.inscape.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Cifar10Test {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /// Five training files of two records and a test file of three, as the published ones are made.
  @BeforeEach
  void writeSet() {
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_" + batch + ".bin", records(2, batch));
    }
    write("test_batch.bin", records(3, 6));
  }

  /// Record i of batch b: label (b + i) % 10, and the value of channel c at row r and column q is
  /// what [#value] says.
  private static byte[] records(int count, int batch) {
    byte[] bytes = new byte[count * RECORD];
    for (int i = 0; i < count; i++) {
      bytes[i * RECORD] = (byte) ((batch + i) % 10);
      for (int at = 0; at < RECORD - 1; at++) {
        bytes[i * RECORD + 1 + at] = value(batch, i, at / 1024, at / 32 % 32, at % 32);
      }
    }
    return bytes;
  }

  private static byte value(int batch, int record, int channel, int row, int col) {
    return (byte) (31 * batch + 17 * record + 101 * channel + 3 * row + col);
  }

  private void write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void readsTheImagesInTheOrderOfTheFilesWithNamedClasses() {
    Dataset set = Datasets.open(folder.toString());
    assertThat(set.name()).isEqualTo("cifar-10");
    assertThat(set.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(set.classNames()).hasSize(10).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(set.train().labels()).containsExactly(1, 2, 2, 3, 3, 4, 4, 5, 5, 6);
    assertThat(set.test().labels()).containsExactly(6, 7, 8);
    byte[] image = set.train().images().toArray(new int[] {7}); // the second of the fourth file
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image[(channel * 32 + 5) * 32 + 9]).isEqualTo(value(4, 1, channel, 5, 9));
    }
  }

  @Test
  void digestTellsTheFilesApart() {
    String before = Datasets.open(folder.toString()).digest();
    byte[] other = records(3, 6);
    other[2000]++;
    write("test_batch.bin", other);
    assertThat(Datasets.open(folder.toString()).digest())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(before);
  }

  @Test
  void findsTheFolderThatThePublishedArchiveUnpacksTo() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (String name : Files.list(folder).map(file -> file.getFileName().toString()).toList()) {
      if (name.endsWith(".bin")) {
        Files.move(folder.resolve(name), unpacked.resolve(name));
      }
    }
    assertThat(Datasets.open(folder.toString()).train().count()).isEqualTo(10);
  }

  @Test
  void refusesACutFile() {
    write("data_batch_3.bin", Arrays.copyOf(records(2, 3), 2 * RECORD - 7));
    refused(
        folder.resolve("data_batch_3.bin")
            + ": found the end of the file at byte 6139, expected a whole number of records of 3073"
            + " bytes; the file is cut, fetch it again");
    write("data_batch_3.bin", new byte[0]);
    refused(
        folder.resolve("data_batch_3.bin")
            + ": found the end of the file at byte 0, expected a whole number of records of 3073"
            + " bytes; the file is cut, fetch it again");
  }

  @Test
  void refusesAMissingFileAndAnUnknownLabel() throws IOException {
    byte[] bytes = records(3, 6);
    bytes[RECORD] = 10;
    write("test_batch.bin", bytes);
    refused(
        folder.resolve("test_batch.bin")
            + ": found label 10 at byte 3073, expected 0 to 9; the file is damaged, or of CIFAR-100,"
            + " fetch it again");
    Files.delete(folder.resolve("test_batch.bin"));
    refused(
        folder.resolve("test_batch.bin")
            + ": not found, expected the test images; CIFAR-10 has data_batch_1.bin to"
            + " data_batch_5.bin and test_batch.bin");
  }

  private void refused(String sentence) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Datasets.open(folder.toString()))
        .withMessage(sentence);
  }
}
