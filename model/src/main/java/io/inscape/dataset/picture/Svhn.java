package io.inscape.dataset.picture;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import io.inscape.matrix.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Reads SVHN's cropped digits: `train_32x32.mat` and `test_32x32.mat`, each with the images `X`,
/// unsigned bytes `[row, col, channel, image]` of which the first axis runs fastest, and their
/// labels `y`, 1 to 10, where 10 is the digit 0.
final class Svhn {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final String TRAIN = "train_32x32.mat";
  private static final String TEST = "test_32x32.mat";
  private static final int DIGITS = 10;
  private static final double MOST_OF_HEAP = .5;

  private final Path file;
  private byte @Nullable [] pixels; // [image, channel, row, col]
  private double @Nullable [] classes;

  private Svhn(Path file) {
    this.file = file;
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(TRAIN));
  }

  static Dataset read(Path folder, Progress progress) {
    MessageDigest digest = Pictures.sha256();
    progress.report("read images", 0);
    Split train = new Svhn(folder.resolve(TRAIN)).read("the training images", digest);
    progress.report("read images", .75);
    Split test = new Svhn(folder.resolve(TEST)).read("the test images", digest);
    progress.report("read images", 1);
    return new Dataset(
        "svhn",
        folder.toString(),
        ClassNames.numbers(DIGITS),
        train,
        test,
        HexFormat.of().formatHex(digest.digest()));
  }

  private Split read(String what, MessageDigest digest) {
    if (!Files.exists(file)) {
      throw InputException.missing(
          file.toString(), what, "SVHN's cropped digits are " + TRAIN + " and " + TEST);
    }
    MatFile.read(
        file,
        array -> {
          if (array.name().equals("X")) {
            pixels = pixels(array);
          } else if (array.name().equals("y")) {
            classes = array.numbers();
          }
        });
    byte[] images = pixels;
    double[] given = classes;
    if (images == null || given == null) {
      throw malformed("no array " + (images == null ? "X" : "y"), "the images X and the labels y");
    }
    if (images.length / SHAPE.size() != given.length) {
      throw malformed(
          given.length + " labels", images.length / SHAPE.size() + ", one for each image");
    }
    int[] labels = new int[given.length];
    byte[] stored = new byte[given.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(given[i], i);
      stored[i] = (byte) labels[i];
    }
    digest.update(images);
    digest.update(stored);
    return new Split(Images.adopt(SHAPE, images), labels);
  }

  private int label(double value, int image) {
    if (!(value >= 0 && value <= DIGITS) || value != Math.rint(value)) {
      throw malformed("label " + value + " of image " + image, "1 to 10, where 10 is the digit 0");
    }
    return (int) value % DIGITS;
  }

  private byte[] pixels(MatFile.Array array) throws IOException {
    long[] shape = array.shape();
    boolean known =
        shape.length >= 3
            && shape.length <= 4
            && shape[0] == SHAPE.rows()
            && shape[1] == SHAPE.cols()
            && shape[2] == SHAPE.channels();
    long count = array.count();
    if (!known || count == 0) {
      throw malformed(
          "images X of shape " + array.words(), "[32, 32, 3, n]: row, column, channel, image");
    }
    long most =
        (long) Math.min(Integer.MAX_VALUE - 8L, MOST_OF_HEAP * Runtime.getRuntime().maxMemory());
    if (count > most) {
      throw InputException.unsupported(
          file.toString(),
          "its arrays",
          "images X of " + count + " bytes",
          "at most " + most + " bytes, half of what Java may use",
          "start again with INSCAPE_JVM=-Xmx" + (3 * count / (1L << 30) + 1) + "g");
    }
    return turned(array.unsignedBytes(), (int) count);
  }

  private byte[] turned(InputStream stream, int count) throws IOException {
    byte[] target = new byte[count];
    int size = SHAPE.size();
    int rows = SHAPE.rows();
    for (int start = 0; start < count; start += size) {
      byte[] image = stream.readNBytes(size); // [channel, col, row]
      if (image.length < size) {
        throw new EOFException("it ends within image " + start / size);
      }
      for (int i = 0; i < size; i++) {
        int row = i % rows;
        int col = i / rows % SHAPE.cols();
        int plane = i / (rows * SHAPE.cols());
        target[start + (plane * rows + row) * SHAPE.cols() + col] = image[i];
      }
    }
    return target;
  }

  private InputException malformed(String found, String expected) {
    return InputException.malformed(
        file.toString(), "its arrays", found, expected, "is it SVHN's cropped digits?");
  }
}
