package io.inscape.dataset.source;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads a folder of image files by class: `train/CLASS/*.png` and `test/CLASS/*.png`, or
/// `CLASS/*.png` alone, of which every sixth image by name is held back as the test part.
///
/// PNG, JPEG, BMP and GIF, all of one size. The classes are the names of the class folders of both
/// parts, numbers in their order, then other names in theirs. The images have one channel where
/// every file is stored in grey, and three otherwise.
final class ImageFolder {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");
  private static final List<String> OF_SYSTEMS = List.of("Thumbs.db", "desktop.ini");
  private static final double MOST_OF_HEAP = .5;

  /// One of so many images is held back where the folder has no test part.
  private static final int HELD_BACK = 6;

  /// Names that are numbers by size, before all others.
  private static final Comparator<String> BY_NAME =
      Comparator.comparingInt((String name) -> isNumber(name) ? 0 : 1)
          .thenComparingLong(name -> isNumber(name) ? Long.parseLong(name) : 0)
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final MessageDigest digest;

  private ImageFolder(Path folder, MessageDigest digest) {
    this.folder = folder;
    this.digest = digest;
  }

  /// {@return whether a folder has class folders with images in it, in parts or not}
  static boolean isIn(Path folder) {
    return part(folder, TRAIN).or(() -> Optional.of(folder)).stream()
        .flatMap(root -> folders(root).stream())
        .anyMatch(ImageFolder::hasImage);
  }

  static Dataset read(Path folder, MessageDigest digest) {
    return new ImageFolder(folder, digest).read();
  }

  private Dataset read() {
    List<Entry> train;
    List<Entry> test;
    Optional<Path> learning = part(folder, TRAIN);
    if (learning.isPresent()) {
      Path held =
          part(folder, TEST)
              .orElseThrow(() ->
                  InputException.missing(
                      folder.resolve("test").toString(),
                      "the images held back, beside " + learning.get().getFileName(),
                      "put some of the images there, by class"));
      train = entries(learning.get());
      test = entries(held);
    } else {
      List<Entry> all = entries(folder);
      train = all.stream().filter(entry -> !entry.heldBack()).toList();
      test = all.stream().filter(Entry::heldBack).toList();
    }
    requireSome(train, "to learn from");
    requireSome(test, "held back");
    TreeSet<String> names = new TreeSet<>(BY_NAME);
    Stream.concat(train.stream(), test.stream()).forEach(entry -> names.add(entry.className()));
    List<String> classes = List.copyOf(names);
    ImageFiles files =
        ImageFiles.look(Stream.concat(train.stream(), test.stream()).map(Entry::file).toList());
    requireRoom(files.shape(), (long) train.size() + test.size());
    Split trainSplit = split(train, classes, files);
    Split testSplit = split(test, classes, files);
    Path last =
        Objects.requireNonNullElse(folder.toAbsolutePath().normalize().getFileName(), folder);
    return new Dataset(
        last.toString(),
        folder.toString(),
        classes,
        trainSplit,
        testSplit,
        HexFormat.of().formatHex(digest.digest()));
  }

  /// An image file and what is known of it from where it lies.
  private record Entry(Path file, String className, boolean heldBack) {}

  private List<Entry> entries(Path root) {
    List<Entry> entries = new ArrayList<>();
    for (Path classFolder : folders(root)) {
      List<Path> files = images(classFolder);
      for (int i = 0; i < files.size(); i++) {
        boolean last = files.size() < HELD_BACK && files.size() > 1 && i == files.size() - 1;
        boolean heldBack = i % HELD_BACK == HELD_BACK - 1 || last;
        entries.add(new Entry(files.get(i), name(classFolder), heldBack));
      }
    }
    return entries;
  }

  private void requireSome(List<Entry> entries, String what) {
    if (entries.isEmpty()) {
      throw InputException.malformed(
          folder.toString(), "its class folders", "no images " + what, "at least one", "");
    }
  }

  private void requireRoom(ImageShape shape, long count) {
    long bytes = Math.multiplyExact(count, shape.size());
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > MOST_OF_HEAP * heap || bytes > Integer.MAX_VALUE - 8L) {
      throw InputException.unsupported(
          folder.toString(),
          "its images",
          count + " images of " + shape + ", " + bytes / 1_000_000 + " MB",
          "at most " + (long) Math.min(MOST_OF_HEAP * heap, Integer.MAX_VALUE) / 1_000_000 + " MB",
          "make the images smaller, or name a folder with fewer");
    }
  }

  private Split split(List<Entry> entries, List<String> classes, ImageFiles files) {
    int size = files.shape().size();
    byte[] pixels = new byte[Math.multiplyExact(entries.size(), size)];
    int[] labels = new int[entries.size()];
    for (int i = 0; i < labels.length; i++) {
      Entry entry = entries.get(i);
      labels[i] = classes.indexOf(entry.className());
      byte[] content = files.read(entry.file(), pixels, i * size);
      digest.update(
          (entry.className() + "/" + name(entry.file()) + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    }
    return new Split(Images.adopt(files.shape(), pixels), labels);
  }

  private static Optional<Path> part(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isDirectory).findFirst();
  }

  private static List<Path> folders(Path root) {
    return list(root).stream()
        .filter(Files::isDirectory)
        .filter(path -> !isOfSystem(path))
        .sorted(Comparator.comparing(ImageFolder::name, BY_NAME))
        .toList();
  }

  private static boolean hasImage(Path classFolder) {
    return list(classFolder).stream().anyMatch(ImageFolder::isImage);
  }

  /// The images of a class, by name; refuses anything else that is not a system's own.
  private static List<Path> images(Path classFolder) {
    List<Path> files = new ArrayList<>();
    for (Path path : list(classFolder)) {
      if (isImage(path)) {
        files.add(path);
      } else if (!isOfSystem(path)) {
        throw InputException.malformed(
            classFolder.toString(),
            "its files",
            name(path),
            "images only: " + String.join(", ", ENDINGS),
            "move it elsewhere");
      }
    }
    files.sort(Comparator.comparing(ImageFolder::name));
    return files;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw InputException.refused(folder.toString(), "list", e);
    }
  }

  private static boolean isImage(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && ENDINGS.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(path);
  }

  private static boolean isOfSystem(Path path) {
    return name(path).startsWith(".") || OF_SYSTEMS.contains(name(path));
  }

  private static String name(Path path) {
    return Objects.requireNonNullElse(path.getFileName(), path).toString();
  }

  private static boolean isNumber(String name) {
    return name.matches("\\d{1,18}");
  }
}
