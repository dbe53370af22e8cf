package io.inscape.study.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in lower-case hexadecimal.
public final class Digests {
  /// Large enough that the reading costs little beside the digest.
  private static final int BLOCK = 1 << 18;

  private Digests() {}

  /// {@return the digest of some bytes}
  ///
  /// @param bytes not modified
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /// Writes something to a stream.
  @FunctionalInterface
  public interface Writer {
    /// Writes all of it.
    ///
    /// @param target where to
    /// @throws IOException if it cannot be written
    void writeTo(OutputStream target) throws IOException;
  }

  /// {@return the digest of what is written, without keeping it}
  ///
  /// @param writer writes it
  /// @throws IOException if it cannot be written
  public static String of(Writer writer) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(OutputStream.nullOutputStream(), digest), BLOCK)) {
      writer.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// {@return the digest of a list of integers, as 32-bit little-endian numbers}
  ///
  /// @param values not modified
  public static String of(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return of(bytes.array());
  }

  /// {@return the digest of a value's canonical JSON}
  ///
  /// @param value records, maps, lists, numbers, strings
  public static String ofJson(Object value) {
    return of(Json.canonical(value));
  }

  /// {@return the digest of a file's content}
  ///
  /// @param file read once, in blocks
  /// @throws IOException if it cannot be read
  public static String of(Path file) throws IOException {
    return ofFiles(file);
  }

  /// {@return the digest of the content of files, one after another, as `cat a b | sha256sum` has
  /// it}
  ///
  /// @param files each read once, in blocks
  /// @throws IOException if one cannot be read
  public static String ofFiles(Path... files) throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[BLOCK];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          digest.update(block, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
