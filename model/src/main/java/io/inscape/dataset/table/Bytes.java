package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The bytes of files.
final class Bytes {
  private static final int BUFFER = 1 << 16;

  private Bytes() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static void digest(Path file, MessageDigest digest) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  /// Refuses a file that is known to hold bytes that are no UTF-8, naming the line where they are.
  static InputException noUtf8(Path file) {
    int line = 1;
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      int first = stream.read();
      if (first == 0xff || first == 0xfe) {
        return noUtf8(file, "the beginning", "UTF-16", "");
      }
      Utf8Check check = new Utf8Check();
      for (int next = first; next >= 0 && check.accepts(next); next = stream.read()) {
        line += next == '\n' ? 1 : 0;
      }
    } catch (IOException e) {
      return InputException.refused(file.toString(), "read", e);
    }
    return noUtf8(file, "line " + line, "bytes that are no UTF-8", " (is it Latin-1?)");
  }

  private static InputException noUtf8(Path file, String place, String found, String guess) {
    return InputException.malformed(
        file.toString(), place, found, "UTF-8", "save it as UTF-8" + guess);
  }

  /// Tells bytes that may follow each other in UTF-8 from others.
  private static final class Utf8Check {
    private int expected;

    boolean accepts(int next) {
      if (expected > 0) {
        expected--;
        return (next & 0xc0) == 0x80;
      }
      if (next < 0x80) {
        return true;
      }
      expected = next >= 0xc2 && next < 0xe0 ? 1 : next < 0xf0 ? 2 : 3;
      return next >= 0xc2 && next < 0xf5;
    }
  }
}
