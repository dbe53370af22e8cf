package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Lists a data set's folder: one look at each file, nothing opened. What is a system's own is
/// passed over; a link that leads out of the folder and a name that is no UTF-8 are refused.
final class FolderListing {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");
  private static final List<String> OF_SYSTEMS = List.of("Thumbs.db", "desktop.ini");
  private static final char NO_LETTER = '\ufffd'; // what bytes that are no UTF-8 become

  /// Names that are numbers by size, before all others.
  static final Comparator<String> BY_NAME =
      Comparator.comparingInt((String name) -> isNumber(name) ? 0 : 1)
          .thenComparingLong(name -> isNumber(name) ? Long.parseLong(name) : 0)
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final Path real;

  /// A listing of one data set.
  ///
  /// @param folder of the data set, out of which nothing leads
  FolderListing(Path folder) {
    this.folder = folder;
    try {
      this.real = folder.toRealPath();
    } catch (IOException e) {
      throw InputException.refused(folder.toString(), "read", e);
    }
  }

  /// {@return whether any image lies directly in a folder}
  static boolean hasImage(Path root) {
    return has(root, path -> isImageName(name(path)) && Files.isRegularFile(path));
  }

  /// {@return whether a folder has a folder with an image in it}
  static boolean hasClasses(Path root) {
    return has(root, path -> !isOfSystem(name(path)) && Files.isDirectory(path) && hasImage(path));
  }

  private static boolean has(Path root, java.util.function.Predicate<Path> wanted) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path path : entries) {
        if (wanted.test(path)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw InputException.refused(root.toString(), "list", e);
    } catch (DirectoryIteratorException e) {
      throw InputException.refused(root.toString(), "list", new IOException(e));
    }
  }

  /// The class folders, numbers by size before other names.
  List<Path> folders(Path root) {
    List<Path> folders = new ArrayList<>();
    for (Path path : list(root)) {
      if (!isOfSystem(name(path)) && attributes(path).isDirectory()) {
        requireLetters(path);
        folders.add(path);
      }
    }
    folders.sort(Comparator.comparing(FolderListing::name, BY_NAME));
    return folders;
  }

  /// The images in a folder, by name; refuses anything else that is not a system's own.
  ///
  /// @param label of each of them
  /// @param passedOver one more name that is no image
  List<ListedImage> images(Path root, String label, String passedOver) {
    List<ListedImage> images = new ArrayList<>();
    for (Path path : list(root)) {
      String name = name(path);
      if (isOfSystem(name) || name.equals(passedOver)) {
        continue;
      }
      requireLetters(path);
      BasicFileAttributes attributes = attributes(path);
      if (!isImageName(name) || !attributes.isRegularFile()) {
        throw InputException.malformed(
            root.toString(),
            "its files",
            name,
            "images only: " + String.join(", ", ENDINGS),
            "move it elsewhere");
      }
      images.add(listed(path, label, attributes));
    }
    images.sort(Comparator.comparing(ListedImage::path));
    return images;
  }

  /// One image that is known by name.
  ///
  /// @throws InputException when it is not there
  ListedImage image(Path path, String label) {
    return listed(path, label, attributes(path));
  }

  private ListedImage listed(Path path, String label, BasicFileAttributes attributes) {
    return new ListedImage(
        folder.relativize(path).toString().replace('\\', '/'),
        label,
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  private static List<Path> list(Path root) {
    List<Path> paths = new ArrayList<>();
    has(root, path -> !paths.add(path));
    return paths;
  }

  /// What a path is, and for a link, that it stays in the folder.
  private BasicFileAttributes attributes(Path path) {
    try {
      BasicFileAttributes own =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!own.isSymbolicLink()) {
        return own;
      }
      Path target = path.toRealPath();
      if (!target.startsWith(real)) {
        throw InputException.unsupported(
            path.toString(),
            "its place",
            "a link that leads out of the data set's folder",
            "files and folders inside it",
            "copy what it leads to");
      }
      return Files.readAttributes(target, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw vanished(path.toString());
    } catch (IOException e) {
      throw InputException.refused(path.toString(), "read", e);
    }
  }

  static InputException vanished(String path) {
    return InputException.missing(
        path,
        "an image of the data set",
        "put it back, or take it out of the set and open it again");
  }

  private static void requireLetters(Path path) {
    if (name(path).indexOf(NO_LETTER) >= 0) {
      throw InputException.malformed(
          Objects.requireNonNullElse(path.getParent(), path).toString(),
          "its files",
          "the name '" + name(path) + "' with bytes that are no UTF-8",
          "names in UTF-8",
          "rename it");
    }
  }

  static boolean isImageName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith(".") && ENDINGS.stream().anyMatch(lower::endsWith);
  }

  private static boolean isOfSystem(String name) {
    return name.startsWith(".") || OF_SYSTEMS.contains(name);
  }

  static String name(Path path) {
    return Objects.requireNonNullElse(path.getFileName(), path).toString();
  }

  private static boolean isNumber(String name) {
    return name.matches("\\d{1,18}");
  }
}
