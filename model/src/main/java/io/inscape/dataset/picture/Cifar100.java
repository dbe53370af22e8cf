package io.inscape.dataset.picture;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// Reads CIFAR-100 in its binary version: `train.bin`, `test.bin`, and the class names in
/// `fine_label_names.txt` or `coarse_label_names.txt`.
///
/// A file is records of 3,074 bytes: the coarse label, the fine label, then 32 x 32 values each of
/// red, green and blue, row by row. The files are mapped, not read.
final class Cifar100 {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int RECORD = 2 + SHAPE.size();
  private static final int COARSE = 20;
  private static final int FINE = 100;

  private final Path files;
  private final boolean coarse;
  private final MessageDigest digest = Pictures.sha256();

  private Cifar100(Path files, boolean coarse) {
    this.files = files;
    this.coarse = coarse;
  }

  /// {@return whether a folder, or the one that the published archive unpacks to in it, has the
  /// names of its fine classes and the training file}
  static boolean isIn(Path folder) {
    Path files = files(folder);
    return Files.exists(files.resolve(names(false))) && Files.exists(files.resolve("train.bin"));
  }

  private static Path files(Path folder) {
    Path unpacked = folder.resolve("cifar-100-binary");
    return Files.isDirectory(unpacked) ? unpacked : folder;
  }

  private static String names(boolean coarse) {
    return (coarse ? "coarse" : "fine") + "_label_names.txt";
  }

  /// Reads the data set.
  ///
  /// @param coarse whether its labels are the 20 groups instead of the 100 classes
  static Dataset read(Path folder, boolean coarse) {
    return new Cifar100(files(folder), coarse).read(folder);
  }

  private Dataset read(Path folder) {
    int count = coarse ? COARSE : FINE;
    Path file = files.resolve(names(coarse));
    if (!Files.exists(file)) {
      throw InputException.missing(
          file.toString(), "the names of the " + count + " classes", "it comes with the archive");
    }
    List<String> classes = ClassNames.read(file);
    if (classes.size() != count) {
      throw InputException.malformed(
          file.toString(), "its lines", classes.size() + " names", Integer.toString(count), "");
    }
    Split train = split(files.resolve("train.bin"), "the training images");
    Split test = split(files.resolve("test.bin"), "the test images");
    digest.update((byte) (coarse ? 1 : 0));
    return new Dataset(
        "cifar-100" + (coarse ? ":coarse" : ""),
        folder + (coarse ? ":coarse" : ""),
        classes,
        train,
        test,
        HexFormat.of().formatHex(digest.digest()));
  }

  private Split split(Path file, String what) {
    if (!Files.exists(file)) {
      throw InputException.missing(
          file.toString(), what, "CIFAR-100 has train.bin and test.bin beside its names");
    }
    MappedFile bytes = MappedFile.of(file);
    if (bytes.length() == 0 || bytes.length() % RECORD != 0) {
      throw InputException.malformed(
          file.toString(),
          "byte " + bytes.length(),
          "the end of the file",
          "a whole number of records of " + RECORD + " bytes",
          "the file is cut, fetch it again");
    }
    int[] labels = new int[Math.toIntExact(bytes.length() / RECORD)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(file, bytes, (long) i * RECORD);
    }
    bytes.addTo(digest);
    Images images =
        Images.read(
            SHAPE,
            labels.length,
            (observation, target, offset) ->
                bytes.copy((long) observation * RECORD + 2, target, offset, SHAPE.size()));
    return new Split(images, labels);
  }

  private int label(Path file, MappedFile bytes, long at) {
    long place = at + (coarse ? 0 : 1);
    int most = coarse ? COARSE : FINE;
    if (bytes.at(place) >= most) {
      throw InputException.malformed(
          file.toString(),
          "byte " + place,
          "label " + bytes.at(place),
          "0 to " + (most - 1),
          "the file is damaged, fetch it again");
    }
    return bytes.at(place);
  }
}
