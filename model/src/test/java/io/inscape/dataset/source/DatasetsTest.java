package io.inscape.dataset.source;

import static io.inscape.dataset.source.IdxFiles.TEST_IMAGES;
import static io.inscape.dataset.source.IdxFiles.TEST_LABELS;
import static io.inscape.dataset.source.IdxFiles.TRAIN_IMAGES;
import static io.inscape.dataset.source.IdxFiles.TRAIN_LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeSet() {
    IdxFiles.writeSet(folder);
  }

  @Test
  void mnistComesWhole() {
    Dataset mnist = Datasets.open("mnist");
    assertThat(mnist.train().count()).isEqualTo(60_000);
    assertThat(mnist.test().count()).isEqualTo(10_000);
    assertThat(mnist.shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(mnist.classNames()).hasSize(10).startsWith("0", "1").endsWith("9");
    // The first digits of both parts, as every tutorial shows them.
    assertThat(Arrays.copyOf(mnist.train().labels(), 5)).containsExactly(5, 0, 4, 1, 9);
    assertThat(Arrays.copyOf(mnist.test().labels(), 5)).containsExactly(7, 2, 1, 0, 4);
    assertThat(mnist.digest()).matches("[0-9a-f]{64}");
    double sum = 0;
    byte[] pixels = new byte[784];
    for (int i = 0; i < 60_000; i++) {
      mnist.train().images().copy(i, pixels, 0);
      for (byte pixel : pixels) {
        sum += pixel & 0xff;
      }
    }
    assertThat(sum / (60_000 * 784.0) / 255).isBetween(0.13065, 0.13067); // the well-known mean
  }

  @Test
  void aFolderGivesItsImagesLabelsAndNumberedClasses() {
    Dataset set = Datasets.open(folder.toString());
    assertThat(set.name()).isEqualTo(folder.getFileName().toString());
    assertThat(set.shape()).isEqualTo(new ImageShape(1, 2, 3));
    assertThat(set.train().labels()).containsExactly(0, 1, 2, 1);
    assertThat(set.test().labels()).containsExactly(2, 0);
    assertThat(set.classNames()).containsExactly("0", "1", "2");
    assertThat(set.train().images().toArray(new int[] {1})).containsExactly(42, 49, 56, 63, 70, 77);
  }

  @Test
  void packedFilesAndDottedNamesGiveTheSameDigest() throws IOException {
    String digest = Datasets.open(folder.toString()).digest();
    for (String name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      Files.delete(folder.resolve(name));
      IdxFiles.write(folder.resolve(name.replace("-idx", ".idx") + ".gz"), IdxFiles.packed(bytes));
    }
    assertThat(Datasets.open(folder.toString()).digest()).isEqualTo(digest);
    IdxFiles.write(
        folder.resolve(TEST_LABELS.replace("-idx", ".idx") + ".gz"),
        IdxFiles.packed(IdxFiles.labels(2, 1)));
    assertThat(Datasets.open(folder.toString()).digest()).isNotEqualTo(digest);
  }

  @Test
  void classesTxtNamesTheClasses() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "left\nright\nboth\n\n");
    assertThat(Datasets.open(folder.toString()).classNames())
        .containsExactly("left", "right", "both");
  }

  @Test
  void aFolderCalledFashionMnistHasItsGarments() throws IOException {
    Path fashion = Files.createDirectory(folder.resolve("fashion-mnist"));
    IdxFiles.writeSet(fashion);
    assertThat(Datasets.open(fashion.toString()).classNames())
        .hasSize(10)
        .startsWith("T-shirt/top", "Trouser")
        .endsWith("Ankle boot");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    says(
        "no-such-set",
        "no-such-set: not found, expected a folder of images (IDX files, CIFAR, SVHN, image files by"
            + " class, images.npy), a table (.csv, .tsv, .parquet), arrays (.npy, .npz, .h5), texts"
            + " (.txt beside their tokenizer.json), or one of mnist, fashion-mnist; "
            + "check the spelling of the name or the path");
    Files.delete(folder.resolve(TEST_LABELS));
    saysOf(
        TEST_LABELS,
        ": not found, expected the labels of the test part; "
            + "a data set has four IDX files, packed with gzip or not");
  }

  @Test
  void refusesATruncatedFile() {
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), Arrays.copyOf(IdxFiles.images(4, 2, 3), 30));
    saysOf(
        TRAIN_IMAGES,
        ": found the end of the file at byte 30, expected 40 bytes of images; "
            + "the file is cut, fetch it again");
  }

  @Test
  void refusesAFileCutInsideItsHeader() {
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), Arrays.copyOf(IdxFiles.images(4, 2, 3), 9));
    saysOf(
        TRAIN_IMAGES,
        ": found the end of the file at byte 9, expected 16 bytes of images; "
            + "the file is cut, fetch it again");
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), new byte[0]);
    saysOf(
        TRAIN_IMAGES,
        ": found the end of the file at byte 0, expected 16 bytes of images; "
            + "the file is cut, fetch it again");
  }

  @Test
  void refusesAnOversizedFile() {
    IdxFiles.write(folder.resolve(TRAIN_LABELS), Arrays.copyOf(IdxFiles.labels(0, 1, 2, 1), 13));
    saysOf(
        TRAIN_LABELS,
        ": found more bytes at byte 12, expected the end of the file, as its header says; "
            + "the file is damaged or its header is, fetch it again");
  }

  @Test
  void refusesAMislabelledFile() {
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), IdxFiles.labels(0, 1));
    saysOf(
        TRAIN_IMAGES,
        ": found magic number 0x00000801 at byte 0, expected 0x00000803 (images); "
            + "this is a file of labels, are the two names swapped?");
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), IdxFiles.packed(IdxFiles.images(4, 2, 3)));
    saysOf(
        TRAIN_IMAGES,
        ": found magic number 0x1f8b0800 at byte 0, expected 0x00000803 (images); "
            + "this is gzip data, its name should end in .gz");
  }

  @Test
  void refusesSizesThatNoMachineCouldHold() {
    byte[] images = IdxFiles.images(1, 1, 1);
    Arrays.fill(images, 4, 16, (byte) 0x7f);
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), images);
    saysOf(
        TRAIN_IMAGES,
        ": found sizes 2139062143 x 2139062143 x 2139062143, more than 2 GiB of images at byte 4, "
            + "expected at most 2 GiB; the header is damaged, fetch the file again");
    Arrays.fill(images, 4, 8, (byte) 0xff);
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), images);
    saysOf(
        TRAIN_IMAGES,
        ": found a size of 4294967295 at byte 4, expected 1 to 2147483647; "
            + "the header is damaged, fetch the file again");
  }

  @Test
  void aHeaderThatPromisesMuchCostsNoMoreThanWhatIsThere() {
    byte[] images = IdxFiles.images(1, 1, 1);
    images[4] = 0x60; // 1.6 billion images of one pixel
    IdxFiles.write(folder.resolve(TRAIN_IMAGES), images);
    saysOf(
        TRAIN_IMAGES,
        ": found the end of the file at byte 17, expected 1610612753 bytes of images; "
            + "the file is cut, fetch it again");
  }

  @Test
  void stopsUnpackingAtTheSizeThatTheHeaderSays() throws IOException {
    Files.delete(folder.resolve(TRAIN_IMAGES));
    byte[] bomb = Arrays.copyOf(IdxFiles.images(4, 2, 3), 50_000_000);
    IdxFiles.write(folder.resolve(TRAIN_IMAGES + ".gz"), IdxFiles.packed(bomb));
    saysOf(
        TRAIN_IMAGES + ".gz",
        ": found more bytes at byte 40, expected the end of the file, as its header says; "
            + "the file is damaged or its header is, fetch it again");
  }

  @Test
  void refusesADamagedPackedFile() throws IOException {
    Files.delete(folder.resolve(TRAIN_IMAGES));
    byte[] packed = IdxFiles.packed(IdxFiles.images(4, 2, 3));
    IdxFiles.write(folder.resolve(TRAIN_IMAGES + ".gz"), Arrays.copyOf(packed, packed.length / 2));
    saysOf(
        TRAIN_IMAGES + ".gz",
        ": found gzip data that is cut or damaged (Unexpected end of ZLIB input stream) at the packed"
            + " data, expected a whole gzip file; fetch the file again");
  }

  @Test
  void refusesCountsThatDiffer() {
    IdxFiles.write(folder.resolve(TEST_LABELS), IdxFiles.labels(2, 0, 1));
    saysOf(
        TEST_LABELS,
        ": found 3 labels at byte 4, expected 2, one for each image of "
            + folder.resolve(TEST_IMAGES)
            + "; are the two files of one data set?");
  }

  @Test
  void refusesALabelOutsideTheClasses() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "left\nright\n");
    saysOf(
        TRAIN_LABELS,
        ": found label 2 at byte 10, expected 0 to 1, the set has 2 classes; "
            + "the file is damaged, or its classes.txt is too short");
  }

  @Test
  void refusesPartsOfDifferentImageSizes() {
    IdxFiles.write(folder.resolve(TEST_IMAGES), IdxFiles.images(2, 3, 3));
    saysOf(
        TEST_IMAGES,
        ": found images of 1 x 3 x 3 at byte 8, expected 1 x 2 x 3 as in "
            + folder.resolve(TRAIN_IMAGES)
            + "; are the four files of one data set?");
  }

  @Test
  void refusesClassesWithoutNames() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "left\n\nright\n");
    saysOf("classes.txt", ": found an empty line at line 2, expected a class name");
    Files.writeString(folder.resolve("classes.txt"), "\n");
    saysOf("classes.txt", ": found nothing at line 1, expected one class name per line");
    Files.write(folder.resolve("classes.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    saysOf(
        "classes.txt",
        ": found bytes that are no UTF-8 at the text, expected UTF-8; save it as UTF-8");
  }

  private void saysOf(String file, String message) {
    says(folder.toString(), folder.resolve(file) + message);
  }

  private static void says(String set, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Datasets.open(set))
        .withMessage(message);
  }
}
