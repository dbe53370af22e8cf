package io.inscape.dataset.source;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads CIFAR-10 in its binary version: `data_batch_1.bin` to `data_batch_5.bin` and
/// `test_batch.bin`.
///
/// A file is records of 3,073 bytes: the label, then 32 x 32 values each of red, green and blue,
/// row by row. The published files have 10,000 records each; any whole number of them is read.
final class Cifar10 {
  private static final String NAME = "cifar-10";
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int RECORD = 1 + SHAPE.size();
  private static final int BATCHES = 5;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private Cifar10() {}

  /// {@return whether a folder, or the one that the published archive unpacks to in it, has the
  /// first file}
  static boolean isIn(Path folder) {
    return Files.exists(files(folder).resolve(batch(1)));
  }

  /// Where the files are.
  private static Path files(Path folder) {
    Path unpacked = folder.resolve("cifar-10-batches-bin");
    return Files.isDirectory(unpacked) ? unpacked : folder;
  }

  private static String batch(int number) {
    return "data_batch_" + number + ".bin";
  }

  /// Reads the six files.
  static Dataset read(Path folder, MessageDigest digest) {
    Path files = files(folder);
    List<byte[]> batches = new ArrayList<>();
    for (int number = 1; number <= BATCHES; number++) {
      batches.add(records(files.resolve(batch(number)), "part of the training images", digest));
    }
    byte[] test = records(files.resolve("test_batch.bin"), "the test images", digest);
    return new Dataset(
        NAME,
        folder.toString(),
        CLASSES,
        split(batches),
        split(List.of(test)),
        HexFormat.of().formatHex(digest.digest()));
  }

  private static byte[] records(Path file, String what, MessageDigest digest) {
    if (!Files.exists(file)) {
      throw InputException.missing(
          file.toString(),
          what,
          "CIFAR-10 has data_batch_1.bin to data_batch_5.bin and test_batch.bin");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readAllBytes();
      requireWhole(file, bytes);
      digest.update(bytes);
      return bytes;
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private static void requireWhole(Path file, byte[] bytes) {
    if (bytes.length == 0 || bytes.length % RECORD != 0) {
      throw InputException.malformed(
          file.toString(),
          "byte " + bytes.length,
          "the end of the file",
          "a whole number of records of " + RECORD + " bytes",
          "the file is cut, fetch it again");
    }
    for (int at = 0; at < bytes.length; at += RECORD) {
      int label = bytes[at] & 0xff;
      if (label >= CLASSES.size()) {
        throw InputException.malformed(
            file.toString(),
            "byte " + at,
            "label " + label,
            "0 to " + (CLASSES.size() - 1),
            "the file is damaged, or of CIFAR-100, fetch it again");
      }
    }
  }

  private static Split split(List<byte[]> files) {
    int count = files.stream().mapToInt(bytes -> bytes.length / RECORD).sum();
    byte[] pixels = new byte[Math.multiplyExact(count, SHAPE.size())];
    int[] labels = new int[count];
    int observation = 0;
    for (byte[] bytes : files) {
      for (int at = 0; at < bytes.length; at += RECORD) {
        labels[observation] = bytes[at] & 0xff;
        System.arraycopy(bytes, at + 1, pixels, observation * SHAPE.size(), SHAPE.size());
        observation++;
      }
    }
    return new Split(Images.adopt(SHAPE, pixels), labels);
  }
}
