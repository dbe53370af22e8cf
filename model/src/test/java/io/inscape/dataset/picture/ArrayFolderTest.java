package io.inscape.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Targets;
import io.inscape.dataset.source.Datasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArrayFolderTest {
  @TempDir Path folder;

  @Test
  void holdsBackEverySixthAndNumbersTheClasses() throws IOException {
    SamplePictures.npy(
        folder.resolve("images.npy"), "|u1", "13, 4, 5", SamplePictures.pixels(13 * 20, 0));
    byte[] labels = new byte[13 * 8];
    for (int i = 0; i < 13; i++) {
      labels[8 * i] = (byte) (i % 2 == 0 ? 3 : 12);
    }
    SamplePictures.npy(folder.resolve("labels.npy"), "<i8", "13,", labels);
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.shape()).isEqualTo(new ImageShape(1, 4, 5));
    assertThat(data.classNames()).containsExactly("3", "12");
    assertThat(data.train().count()).isEqualTo(11);
    assertThat(data.test().labels()).containsExactly(1, 1);
    assertThat(data.test().images().toArray(new int[] {1}))
        .isEqualTo(Arrays.copyOfRange(SamplePictures.pixels(13 * 20, 0), 11 * 20, 12 * 20));
  }

  @Test
  void channelsComeFirstOrLast() throws IOException {
    byte[] pixels = SamplePictures.pixels(2 * 60, 3);
    SamplePictures.npy(folder.resolve("train/images.npy"), "|u1", "2, 3, 4, 5", pixels);
    SamplePictures.npy(folder.resolve("test/images.npy"), "|u1", "2, 4, 5, 3", pixels);
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.shape()).isEqualTo(new ImageShape(3, 4, 5));
    assertThat(data.train().targets()).isEqualTo(new Targets.None(2));
    assertThat(data.train().images().toArray(new int[] {0, 1})).isEqualTo(pixels);
    byte[] last = data.test().images().toArray(new int[] {1});
    for (int i = 0; i < 60; i++) {
      assertThat(last[i % 3 * 20 + i / 3]).isEqualTo(pixels[60 + i]);
    }
  }

  @Test
  void floatsAreValues() throws IOException {
    SamplePictures.npy(folder.resolve("images.npy"), "|u1", "2, 1, 1", new byte[2]);
    ByteBuffer values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(1.5f).putFloat(-2);
    SamplePictures.npy(folder.resolve("labels.npy"), "<f4", "2,", values.array());
    Dataset data = Datasets.open(folder.toString());
    assertThat(data.classNames()).isEmpty();
    assertThat(data.train().targets()).isInstanceOf(Targets.Values.class);
    assertThat(((Targets.Values) data.test().targets()).values()).containsExactly(-2);
  }

  @Test
  void refusesWhatIsNoImageOrDoesNotMatch() throws IOException {
    Path images = folder.resolve("images.npy");
    Path labels = folder.resolve("labels.npy");
    SamplePictures.npy(images, "<f4", "2, 1, 1", new byte[8]);
    refused(
        images
            + ": found images of floats at the header, expected unsigned bytes (uint8), 0 to 255;"
            + " of numbers in [0, 1] save (images * 255).round().astype('uint8')");
    SamplePictures.npy(images, "|u1", "2, 3, 5, 3", new byte[90]);
    refused(
        images
            + ": found an array of shape [2, 3, 5, 3] at the header, expected [image, row, col],"
            + " [image, channel, row, col] or [image, row, col, channel] with 1 or 3 channels;"
            + " which axis the channels are cannot be told; save another order");
    SamplePictures.npy(images, "|u1", "7, 1, 1", new byte[7]);
    SamplePictures.npy(labels, "|u1", "6,", new byte[6]);
    refused(
        labels
            + ": found 6 labels at the header, expected 7, one for each image of "
            + images
            + "; are the two files of one data set?");
    SamplePictures.npy(labels, "|i1", "7,", new byte[] {0, 1, 2, 3, 4, -1, 0});
    refused(
        labels
            + ": found class -1 at its labels, expected classes from 0 on; save floats where the"
            + " labels are numbers to be predicted");
    SamplePictures.npy(labels, "|i1", "7,", new byte[] {0, 1, 2, 3, 4, 1, 0});
    Files.writeString(folder.resolve("classes.txt"), "a\nb\n");
    refused(
        labels
            + ": found class 2 at its labels, expected 0 to 1, for classes.txt has 2 names; add its"
            + " name, or mend the labels");
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("135 bytes in all");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
