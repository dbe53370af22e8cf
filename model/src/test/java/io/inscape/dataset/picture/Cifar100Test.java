package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Cifar100Test {
  @TempDir Path folder;
  private Path files;

  @BeforeEach
  void write() throws IOException {
    files = Files.createDirectory(folder.resolve("cifar-100-binary"));
    names("fine_label_names.txt", "fine", 100);
    names("coarse_label_names.txt", "coarse", 20);
    Files.write(files.resolve("train.bin"), records(new int[][] {{3, 99}, {19, 0}}));
    Files.write(files.resolve("test.bin"), records(new int[][] {{0, 7}}));
  }

  private void names(String file, String word, int count) throws IOException {
    Files.writeString(
        files.resolve(file),
        IntStream.range(0, count).mapToObj(i -> word + i + "\n").collect(Collectors.joining())
            + "\n");
  }

  private static byte[] records(int[][] labels) {
    byte[] bytes = SamplePictures.pixels(labels.length * 3074, 1);
    for (int i = 0; i < labels.length; i++) {
      bytes[i * 3074] = (byte) labels[i][0];
      bytes[i * 3074 + 1] = (byte) labels[i][1];
    }
    return bytes;
  }

  @Test
  void readsFineAndCoarseClasses() {
    Dataset fine = Datasets.open(folder.toString());
    assertThat(fine.name()).isEqualTo("cifar-100");
    assertThat(fine.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(fine.train().labels()).containsExactly(99, 0);
    assertThat(fine.test().labels()).containsExactly(7);
    assertThat(fine.classNames()).hasSize(100).contains("fine99");
    byte[] all = SamplePictures.pixels(2 * 3074, 1);
    assertThat(fine.train().images().toArray(new int[] {1}))
        .isEqualTo(Arrays.copyOfRange(all, 3074 + 2, 2 * 3074));
    Dataset coarse = Datasets.open(folder + ":coarse");
    assertThat(coarse.train().labels()).containsExactly(3, 19);
    assertThat(coarse.classNames()).hasSize(20).contains("coarse19");
    assertThat(coarse.source()).isEqualTo(folder + ":coarse");
    assertThat(coarse.digest()).isNotEqualTo(fine.digest());
    assertThat(Datasets.open(folder + ":coarse:inverted-half").train().count()).isEqualTo(2);
  }

  @Test
  void refusesCutFilesAndWrongLabels() throws IOException {
    Path train = files.resolve("train.bin");
    Files.write(train, new byte[3073]);
    refused(
        train
            + ": found the end of the file at byte 3073, expected a whole number of records of 3074"
            + " bytes; the file is cut, fetch it again");
    Files.write(train, records(new int[][] {{3, 99}, {19, 100}}));
    refused(
        train
            + ": found label 100 at byte 3075, expected 0 to 99; the file is damaged, fetch it"
            + " again");
    Files.write(train, records(new int[][] {{3, 99}}));
    names("fine_label_names.txt", "fine", 99);
    refused(files.resolve("fine_label_names.txt") + ": found 99 names at its lines, expected 100");
    names("fine_label_names.txt", "fine", 100);
    Files.delete(files.resolve("test.bin"));
    refused(
        files.resolve("test.bin")
            + ": not found, expected the test images; CIFAR-100 has train.bin and test.bin beside"
            + " its names");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
