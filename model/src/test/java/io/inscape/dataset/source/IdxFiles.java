package io.inscape.dataset.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes small IDX sets, whole ones and broken ones.
final class IdxFiles {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private IdxFiles() {}

  /// Four training and two test images of 2 x 3 pixels in three classes.
  static void writeSet(Path folder) {
    write(folder.resolve(TRAIN_IMAGES), images(4, 2, 3));
    write(folder.resolve(TRAIN_LABELS), labels(0, 1, 2, 1));
    write(folder.resolve(TEST_IMAGES), images(2, 2, 3));
    write(folder.resolve(TEST_LABELS), labels(2, 0));
  }

  static byte[] images(int count, int rows, int cols) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * rows * cols);
    bytes.putInt(0x803).putInt(count).putInt(rows).putInt(cols);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put((byte) (i * 7));
    }
    return bytes.array();
  }

  static byte[] labels(int... classes) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + classes.length);
    bytes.putInt(0x801).putInt(classes.length);
    for (int label : classes) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
