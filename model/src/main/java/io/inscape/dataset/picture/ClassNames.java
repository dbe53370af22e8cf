package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Reads the names of classes from text files, one per line.
final class ClassNames {
  private static final long MOST_BYTES = 16 << 20;

  private ClassNames() {}

  /// Reads a file of names; empty lines at its end do not count.
  static List<String> read(Path file) {
    List<String> names;
    try {
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw InputException.unsupported(
            file.toString(), "its size", bytes + " bytes", "at most " + MOST_BYTES + " bytes", "");
      }
      names = Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw InputException.malformed(
          file.toString(), "the text", "bytes that are no UTF-8", "UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
    int last = names.size();
    while (last > 0 && names.get(last - 1).isEmpty()) {
      last--;
    }
    int empty = names.subList(0, last).indexOf("");
    if (last == 0 || empty >= 0) {
      throw InputException.malformed(
          file.toString(),
          "line " + Math.max(1, empty + 1),
          "an empty line",
          "a class name",
          "one class name per line");
    }
    return names.subList(0, last);
  }

  /// {@return the numbers below a count, as names}
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
