package io.inscape.dataset.source;

import io.inscape.dataset.Content;
import io.inscape.dataset.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads one IDX file of unsigned bytes: the format of MNIST and its relatives.
///
/// Big-endian: a magic number `00 00 08 d` with d axes, the d sizes as 32-bit numbers, then the
/// values. The sizes are believed only as an upper bound of what to read: memory grows with the
/// bytes that are really there, and a packed file that unpacks to more than its header says is
/// refused after one byte too many.
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  /// The axes and values of a file; the arrays are shared, for this package's eyes only.
  static final class Content {
    private final int[] sizes;
    private final byte[] values;

    private Content(int[] sizes, byte[] values) {
      this.sizes = sizes;
      this.values = values;
    }

    int count() {
      return sizes[0];
    }

    int[] sizes() {
      return sizes;
    }

    byte[] values() {
      return values;
    }
  }

  private final String path;
  private final String kind;
  private final int axes;

  /// A reader of one kind of file.
  ///
  /// @param path the file's name in messages
  /// @param kind what its values are: `images` or `labels`
  /// @param axes how many axes such a file has: 3 or 1
  IdxFile(String path, String kind, int axes) {
    this.path = path;
    this.kind = kind;
    this.axes = axes;
  }

  /// Reads the whole file and adds its (unpacked) content to a digest.
  Content read(InputStream raw, boolean packed, MessageDigest digest) {
    try (InputStream stream = packed ? new GZIPInputStream(raw, 1 << 16) : buffered(raw)) {
      byte[] header = readHeader(stream);
      int[] sizes = sizes(header);
      int expected = valueCount(sizes, header.length);
      byte[] values = stream.readNBytes(expected);
      if (values.length < expected) {
        throw truncated(header.length + (long) values.length, header.length + (long) expected);
      }
      if (stream.read() >= 0) {
        throw oversized(header.length + (long) expected);
      }
      digest.update(header);
      digest.update(values);
      return new Content(sizes, values);
    } catch (EOFException | ZipException e) {
      throw InputException.malformed(
          path,
          "the packed data",
          "gzip data that is cut or damaged (" + e.getMessage() + ")",
          "a whole gzip file",
          "fetch the file again");
    } catch (IOException e) {
      throw InputException.refused(path, "read", e);
    }
  }

  private static InputStream buffered(InputStream raw) {
    return new BufferedInputStream(raw, 1 << 16);
  }

  private byte[] readHeader(InputStream stream) throws IOException {
    byte[] magic = stream.readNBytes(4);
    if (magic.length < 4) {
      throw truncated(magic.length, 4 + 4L * axes);
    }
    int found = bigEndian(magic, 0);
    if (found != (UNSIGNED_BYTES | axes)) {
      throw InputException.malformed(
          path,
          "byte 0",
          "magic number " + hex(found),
          hex(UNSIGNED_BYTES | axes) + " (" + kind + ")",
          magicHint(found));
    }
    byte[] rest = stream.readNBytes(4 * axes);
    if (rest.length < 4 * axes) {
      throw truncated(4L + rest.length, 4 + 4L * axes);
    }
    byte[] header = new byte[4 + 4 * axes];
    System.arraycopy(magic, 0, header, 0, 4);
    System.arraycopy(rest, 0, header, 4, rest.length);
    return header;
  }

  private static String magicHint(int found) {
    return switch (found) {
      case UNSIGNED_BYTES | 1 -> "this is a file of labels, are the two names swapped?";
      case UNSIGNED_BYTES | 3 -> "this is a file of images, are the two names swapped?";
      default ->
          (found >>> 16) == 0x1f8b
              ? "this is gzip data, its name should end in .gz"
              : "is this an IDX file of unsigned bytes?";
    };
  }

  private int[] sizes(byte[] header) {
    int[] sizes = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      sizes[axis] = bigEndian(header, 4 + 4 * axis);
      if (sizes[axis] < 1) {
        throw InputException.malformed(
            path,
            "byte " + (4 + 4 * axis),
            "a size of " + Integer.toUnsignedString(sizes[axis]),
            "1 to " + Integer.MAX_VALUE,
            "the header is damaged, fetch the file again");
      }
    }
    return sizes;
  }

  private int valueCount(int[] sizes, int headerLength) {
    long count = 1;
    for (int size : sizes) {
      count = count > MAX_BYTES / size ? Long.MAX_VALUE : count * size;
      if (count > MAX_BYTES - headerLength) {
        throw InputException.malformed(
            path,
            "byte 4",
            "sizes " + product(sizes) + ", more than 2 GiB of " + kind,
            "at most 2 GiB",
            "the header is damaged, fetch the file again");
      }
    }
    return (int) count;
  }

  private InputException truncated(long found, long expected) {
    return InputException.malformed(
        path,
        "byte " + found,
        "the end of the file",
        expected + " bytes of " + kind,
        "the file is cut, fetch it again");
  }

  private InputException oversized(long expected) {
    return InputException.malformed(
        path,
        "byte " + expected,
        "more bytes",
        "the end of the file, as its header says",
        "the file is damaged or its header is, fetch it again");
  }

  private static String product(int[] sizes) {
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      text.append(text.isEmpty() ? "" : " x ").append(size);
    }
    return text.toString();
  }

  private static int bigEndian(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | (bytes[offset + 3] & 0xff);
  }

  private static String hex(int value) {
    String digits = Integer.toHexString(value);
    return "0x" + "0".repeat(8 - digits.length()) + digits;
  }
}
