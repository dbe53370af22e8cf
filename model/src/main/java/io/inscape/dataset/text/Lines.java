package io.inscape.dataset.text;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The lines of a text in UTF-8, with or without its mark.
final class Lines {
  private Lines() {}

  /// {@return the lines up to the last one that is not blank}
  static List<String> of(Path file) {
    String text = decoded(file);
    List<String> lines = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    int last = lines.size();
    while (last > 0 && lines.get(last - 1).isBlank()) {
      last--;
    }
    return lines.subList(0, last);
  }

  static String decoded(Path file) {
    byte[] bytes = bytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(buffer)
          .toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw InputException.malformed(
          file.toString(), "line " + line, "bytes that are no UTF-8", "UTF-8", "save it as UTF-8");
    }
  }

  static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(file.toString(), "a file", "check the path");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }
}
