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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SvhnTest {
  private static final int[] THREE = {32, 32, 3, 3};

  @TempDir Path folder;
  private Path train;

  @BeforeEach
  void write() throws IOException {
    train = folder.resolve("train_32x32.mat");
    byte[] images = SamplePictures.matArray("X", THREE, content(3));
    byte[] labels = SamplePictures.matArray("y", new int[] {3, 1}, new byte[] {1, 10, 9});
    Files.write(train, SamplePictures.mat(SamplePictures.packed(images), labels));
    byte[] one = SamplePictures.matArray("X", new int[] {32, 32, 3}, content(1));
    byte[] label = SamplePictures.matArray("y", new int[] {1, 1}, new byte[] {2});
    Files.write(
        folder.resolve("test_32x32.mat"), SamplePictures.mat(label, SamplePictures.packed(one)));
  }

  /// `[image, channel, col, row]`: the first axis of the file runs fastest.
  private static byte[] content(int images) {
    return SamplePictures.pixels(images * 3072, 5);
  }

  @Test
  void readsImagesAndTenIsTheDigitNought() {
    Dataset digits = Datasets.open(folder.toString());
    assertThat(digits.name()).isEqualTo("svhn");
    assertThat(digits.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(digits.train().labels()).containsExactly(1, 0, 9);
    assertThat(digits.test().labels()).containsExactly(2);
    assertThat(digits.classNames()).hasSize(10).startsWith("0", "1");
    byte[] image = digits.train().images().toArray(new int[] {2});
    byte[] stored = content(3);
    for (int channel : new int[] {0, 2}) {
      assertThat(image[channel * 1024 + 5 * 32 + 31])
          .isEqualTo(stored[2 * 3072 + channel * 1024 + 31 * 32 + 5]);
    }
  }

  @Test
  void anyBrokenByteIsRefusedOrRead() throws IOException {
    byte[] whole = Files.readAllBytes(train);
    for (int at = 100; at < whole.length; at += at < 300 ? 1 : 397) {
      byte[] broken = whole.clone();
      broken[at] ^= 0x55;
      Files.write(train, broken);
      try {
        assertThat(Datasets.open(folder.toString()).train().count()).isEqualTo(3);
      } catch (InputException e) {
        assertThat(e.path()).isEqualTo(train.toString());
      }
    }
  }

  @Test
  void refusesWhatIsCutOrAbsurd() throws IOException {
    byte[] whole = Files.readAllBytes(train);
    Files.write(train, Arrays.copyOf(whole, 100));
    refused(
        "found no MATLAB file of version 5 at byte 0, expected a .mat file as save -v7 writes it; a"
            + " file of version 7.3 is HDF5; save it again with -v7");
    Files.write(train, Arrays.copyOf(whole, whole.length - 60));
    refused(
        "found an array of 64 bytes at its arrays, expected 4 bytes, the rest; the file is cut or"
            + " damaged, fetch it again");
    byte[] labels = SamplePictures.matArray("y", new int[] {3, 1}, new byte[] {1, 2, 3});
    int[] absurd = {32, 32, 3, 500_000_000};
    Files.write(
        train, SamplePictures.mat(SamplePictures.matArray("X", absurd, content(1)), labels));
    refused(
        "found an array X of [32, 32, 3, 500000000] at its arrays, expected at most 3136 values,"
            + " what the file holds; the file is cut or damaged, fetch it again");
    Files.write(train, SamplePictures.mat(SamplePictures.matArray("X", THREE, content(3))));
    refused(
        "found no array y at its arrays, expected the images X and the labels y; is it SVHN's"
            + " cropped digits?");
    byte[] few = SamplePictures.matArray("X", new int[] {32, 32, 3, 2}, content(2));
    Files.write(train, SamplePictures.mat(few, labels));
    refused(
        "found 3 labels at its arrays, expected 2, one for each image; is it SVHN's cropped"
            + " digits?");
    byte[] wrong = SamplePictures.matArray("y", new int[] {2, 1}, new byte[] {1, 11});
    Files.write(train, SamplePictures.mat(few, wrong));
    refused(
        "found label 11.0 of image 1 at its arrays, expected 1 to 10, where 10 is the digit 0; is"
            + " it SVHN's cropped digits?");
  }

  @Test
  void aBombIsUnpackedOnlyAsFarAsItsHeadTells() throws IOException {
    byte[] head = SamplePictures.matArray("X", new int[] {32, 32, 3, 1}, content(1));
    byte[] bomb = Arrays.copyOf(head, 40 << 20); // packs to 40 kB
    byte[] label = SamplePictures.matArray("y", new int[] {1, 1}, new byte[] {2});
    Files.write(train, SamplePictures.mat(SamplePictures.packed(bomb), label));
    assertThat(Datasets.open(folder.toString()).train().count()).isEqualTo(1);
  }

  private void refused(String words) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(train + ": " + words);
  }
}
