package io.inscape.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Targets;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArraySetsTest {
  @TempDir private Path folder;

  private static byte[] npy(String shape, float... values) {
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    text = text + " ".repeat(117 - text.length()) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private Path archive(Object... namesAndBytes) throws IOException {
    Path file = folder.resolve("set.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndBytes[i] + ".npy"));
        zip.write((byte[]) namesAndBytes[i + 1]);
        zip.closeEntry();
      }
    }
    return file;
  }

  private static Dataset open(Path path) {
    return ArraySets.open(DataRequest.of(path.toString(), Pipeline.defaults())).orElseThrow();
  }

  private static float[] row(Dataset dataset, int observation) {
    Feed feed = Feed.of(dataset.test().content(), Pipeline.defaults());
    float[] row = new float[feed.width()];
    feed.fill(observation, row, 0);
    return row;
  }

  @Test
  void readsAFolderAndHoldsEverySixthRowBack() throws IOException {
    write("vectors.npy", npy("(6, 2)", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    write("labels.npy", npy("(6,)", 5, 5, 7, 5, 7, 7));
    Dataset read = open(folder);
    assertThat(read.train().count()).isEqualTo(5);
    assertThat(read.classNames()).containsExactly("5", "7");
    assertThat(row(read, 0)).containsExactly(10, 11);
    assertThat(read.test().labels()).containsExactly(1);
  }

  @Test
  void readsPartsByTheirNames() throws IOException {
    Dataset read =
        open(
            archive(
                "x_train", npy("(2, 1, 3)", 1, 2, 3, 4, 5, 6),
                "y_train", npy("(2, 1)", .5f, 1.5f),
                "x_test", npy("(1, 1, 3)", 7, 8, 9),
                "y_test", npy("(1, 1)", 2.5f)));
    assertThat(Feed.of(read.content(), Pipeline.defaults()).slots())
        .containsExactly(new Feed.Slot("", List.of(1, 3)));
    assertThat(row(read, 0)).containsExactly(7, 8, 9);
    assertThat(((Targets.Values) read.train().targets()).values()).containsExactly(.5f, 1.5f);
  }

  @Test
  void givesSeveralArraysToInputsOfTheirNames() throws IOException {
    Dataset read = open(archive("age", npy("(2,)", 30, 40), "image", npy("(2, 2)", 1, 2, 3, 4)));
    assertThat(Feed.of(read.content(), Pipeline.defaults()).slots())
        .containsExactly(new Feed.Slot("age", List.of(1)), new Feed.Slot("image", List.of(2)));
    assertThat(row(read, 0)).containsExactly(40, 3, 4);
    assertThat(read.test().targets()).isEqualTo(new Targets.None(1));
    assertThat(read.part(io.inscape.dataset.Part.ALL).count()).isEqualTo(2);
  }

  @Test
  void readsHdf5Groups() throws IOException {
    Path file = folder.resolve("set.h5");
    try (WritableHdfFile out = HdfFile.write(file)) {
      WritableGroup train = out.putGroup("train");
      train.putDataset("x", new float[][] {{1, 2}, {3, 4}});
      train.putDataset("y", new int[] {0, 1});
      WritableGroup test = out.putGroup("test");
      test.putDataset("x", new float[][] {{5, 6}});
      test.putDataset("y", new int[] {1});
    }
    Dataset read = open(file);
    assertThat(row(read, 0)).containsExactly(5, 6);
    assertThat(read.test().labels()).containsExactly(1);
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 300));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(InputException.Malformed.class)
        .hasMessageStartingWith(file + ": found what the HDF5 library cannot read (");
  }

  @Test
  void saysWhichArraysDoNotFit() throws IOException {
    Path vectors = write("vectors.npy", npy("(2, 2)", 1, 2, 3, 4));
    Path labels = write("labels.npy", npy("(3,)", 1, 2, 3));
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            labels
                + ": found 3 labels at its shape, expected 2, one for each row of "
                + vectors
                + "; are the two arrays of one data set?");
    write("labels.npy", npy("(2, 2)", 1, 0, 0, 1));
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            labels
                + ": found [2, 2] at its shape, expected one number for each observation; of"
                + " one-hot rows take numpy.argmax(labels, axis=1)");
    write("vectors.npy", npy("(2, 2)", 1, 2, Float.NaN, 4));
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            vectors
                + ": found NaN at row 1, column 0, expected finite numbers that 32 bits can hold;"
                + " remove or replace what is missing first");
    Files.delete(vectors);
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            folder
                + ": found "
                + labels
                + " at its arrays, expected vectors, and perhaps labels; call them vectors and"
                + " labels, or train_vectors, train_labels, test_vectors and test_labels");
  }

  @Test
  void unpacksNoBomb() throws IOException {
    long numbers = Runtime.getRuntime().maxMemory() / 4; // all of the memory as floats
    Path file = folder.resolve("set.npz");
    byte[] head = npy("(" + numbers / 1000 + ", 1000)");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(head);
      byte[] zeros = new byte[1 << 20];
      long left = numbers / 1000 * 1000 * 4;
      while (left > 0) {
        zip.write(zeros, 0, (int) Math.min(zeros.length, left));
        left -= zeros.length;
      }
      zip.closeEntry();
    }
    assertThat(file).isRegularFile();
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(InputException.Unsupported.class)
        .hasMessageContaining(
            "MiB as 32-bit floats, packed at its shape, expected at most half of");
  }
}
