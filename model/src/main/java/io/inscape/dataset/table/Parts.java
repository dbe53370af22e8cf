package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which files hold the training and the test part of a data set.
///
/// @param train the file of the training part, or of everything
/// @param test the file of the test part; empty where some rows of the other are held back
public record Parts(Path train, Optional<Path> test) {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");
  private static final int HELD_BACK = 6;

  /// Finds the files.
  ///
  /// @param source a file, or a folder with `train.*` and `test.*` or one file in it
  /// @param fits whether a file is of the right kind
  /// @return the files; empty where there are none of that kind
  /// @throws InputException when a folder has several, and not the two parts
  public static Optional<Parts> find(Path source, Predicate<Path> fits) {
    if (Files.isRegularFile(source)) {
      return fits.test(source)
          ? Optional.of(new Parts(source, Optional.empty()))
          : Optional.empty();
    }
    if (!Files.isDirectory(source)) {
      return Optional.empty();
    }
    List<Path> files = files(source).stream().filter(fits).toList();
    Optional<Path> train = named(files, TRAIN);
    Optional<Path> test = named(files, TEST);
    if (train.isPresent()) {
      return Optional.of(new Parts(train.get(), test));
    }
    return switch (files.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new Parts(files.getFirst(), Optional.empty()));
      default ->
          throw InputException.malformed(
              source.toString(),
              "its files",
              files.size() + " files, such as " + fileName(files.getFirst()),
              "train and test, or one file",
              "name the one that is meant, or call the two parts train and test");
    };
  }

  /// The files of a folder by name, without those that systems and editors hide.
  ///
  /// @param folder where
  /// @return regular files
  public static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(path -> !fileName(path).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw InputException.refused(folder.toString(), "list", e);
    }
  }

  /// Whether an observation is held back where there is no test part: every sixth, and the last of
  /// two to five.
  ///
  /// @param index of the observation
  /// @param count how many there are
  /// @return whether it belongs to the test part
  public static boolean isHeldBack(long index, long count) {
    boolean last = count < HELD_BACK && count > 1 && index == count - 1;
    return index % HELD_BACK == HELD_BACK - 1 || last;
  }

  /// What a word in a column `split` says.
  ///
  /// @param word such as `train` or `Test`
  /// @return whether it means the test part; empty where it means neither
  public static Optional<Boolean> isTest(String word) {
    String plain = word.toLowerCase(Locale.ROOT);
    boolean test = TEST.contains(plain);
    return test || TRAIN.contains(plain) ? Optional.of(test) : Optional.empty();
  }

  private static Optional<Path> named(List<Path> files, List<String> stems) {
    return stems.stream()
        .flatMap(stem -> files.stream().filter(file -> stem(file).equals(stem)))
        .findFirst();
  }

  private static String stem(Path file) {
    String name = fileName(file).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }
}
