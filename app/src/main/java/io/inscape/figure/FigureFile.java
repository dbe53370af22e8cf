package io.inscape.figure;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where figures, and the texts that go with them, are written.
public final class FigureFile {
  private FigureFile() {}

  /// Writes a text file.
  ///
  /// @param file where; folders are made
  /// @param text what
  /// @throws InputException when it cannot be written
  public static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "write", e);
    }
  }
}
