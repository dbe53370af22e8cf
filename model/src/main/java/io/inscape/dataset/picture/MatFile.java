package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// Walks over the arrays of a MATLAB file of version 5 (`save -v6` and `-v7`), packed or not. Sizes
/// are believed only as far as the bytes that are there can bear them out, and nothing is unpacked
/// beyond the size that an array's head tells.
final class MatFile {
  private static final int HEAD = 128;
  private static final int MATRIX = 14;
  private static final int PACKED = 15;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int MOST_AXES = 32;

  /// Of an array that is read as a whole: eight million labels.
  private static final long MOST_NUMBERS = 64 << 20;

  /// No stream of zlib unpacks to more than so many times its size.
  private static final long MOST_PACKED = 1032;

  /// Takes the arrays of a file, one after another.
  @FunctionalInterface
  interface Taker {
    /// Takes an array; what is not read of it is passed over.
    ///
    /// @throws IOException when the array cannot be read
    void take(Array array) throws IOException;
  }

  private final String path;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private MatFile(Path file) {
    this.path = file.toString();
  }

  /// Reads a file.
  ///
  /// @param taker is given each array
  /// @throws InputException when the file is none of MATLAB's, cut or damaged
  static void read(Path file, Taker taker) {
    new MatFile(file).walk(file, taker);
  }

  private void walk(Path file, Taker taker) {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long left = Files.size(file) - HEAD;
      readHead(stream);
      while (left > 0) {
        Tag tag = tag(stream);
        if (tag.bytes > left - 8) {
          throw malformed(
              "an array of " + tag.bytes + " bytes", Math.max(0, left - 8) + " bytes, the rest");
        }
        take(stream, tag, taker);
        left -= 8 + tag.bytes;
      }
    } catch (EOFException | ZipException e) {
      throw malformed("an array that is cut or damaged (" + e.getMessage() + ")", "a whole one");
    } catch (IOException e) {
      throw InputException.refused(path, "read", e);
    }
  }

  private void readHead(InputStream stream) throws IOException {
    byte[] head = stream.readNBytes(HEAD);
    boolean little = head.length == HEAD && head[126] == 'I' && head[127] == 'M';
    boolean big = head.length == HEAD && head[126] == 'M' && head[127] == 'I';
    if (!little && !big) {
      throw InputException.unsupported(
          path,
          "byte 0",
          "no MATLAB file of version 5",
          "a .mat file as save -v7 writes it",
          "a file of version 7.3 is HDF5; save it again with -v7");
    }
    order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private void take(InputStream stream, Tag tag, Taker taker) throws IOException {
    try (Bounded bounded = new Bounded(stream, tag.bytes)) {
      if (tag.type == PACKED) {
        try (InputStream unpacked =
            new BufferedInputStream(new InflaterInputStream(bounded), 1 << 16)) {
          if (tag(unpacked).type == MATRIX) {
            array(unpacked, tag.bytes * MOST_PACKED, taker);
          }
        }
      } else if (tag.type == MATRIX) {
        array(bounded, tag.bytes, taker);
      }
    }
  }

  private void array(InputStream stream, long most, Taker taker) throws IOException {
    skip(stream, tag(stream), 16); // flags
    Tag sizes = tag(stream);
    if (sizes.bytes < 8 || sizes.bytes > 4 * MOST_AXES || sizes.bytes % 4 != 0) {
      throw malformed("sizes of " + sizes.bytes + " bytes", "8 to " + 4 * MOST_AXES);
    }
    ByteBuffer words = bytes(stream, sizes, sizes.padded());
    long[] shape = new long[(int) (sizes.bytes / 4)];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = words.getInt(4 * i);
      if (shape[i] < 0) {
        throw malformed("a size of " + shape[i], "at least 0");
      }
    }
    Tag name = tag(stream);
    if (name.bytes > LONGEST_NAME) {
      throw malformed("a name of " + name.bytes + " bytes", "at most " + LONGEST_NAME);
    }
    byte[] letters = bytes(stream, name, name.padded()).array();
    String text = new String(letters, 0, (int) name.bytes, StandardCharsets.US_ASCII);
    taker.take(new Array(text, shape, stream, most));
  }

  /// An array of which the values are not read yet.
  final class Array {
    private final String name;
    private final long[] shape;
    private final InputStream stream;
    private final long most;

    private Array(String name, long[] shape, InputStream stream, long most) {
      this.name = name;
      this.shape = shape;
      this.stream = stream;
      this.most = most;
    }

    String name() {
      return name;
    }

    long[] shape() {
      return shape.clone();
    }

    /// {@return how many values it has}
    ///
    /// @throws InputException when there are more than the file can hold
    long count() {
      long count = 1;
      for (long size : shape) {
        if (size != 0 && count > most / size) {
          throw malformed(
              "an array " + name + " of " + words(),
              "at most " + most + " values, what the file holds");
        }
        count *= size;
      }
      return count;
    }

    String words() {
      return Arrays.toString(shape);
    }

    /// Opens the values of an array of unsigned bytes: as many as its shape says, the first axis
    /// running fastest.
    InputStream unsignedBytes() throws IOException {
      Tag tag = tag(stream);
      requireValues(tag, MatType.of(tag.type) == MatType.UINT8, "unsigned bytes (uint8)");
      return stream;
    }

    /// Reads all values of an array of any type of number.
    double[] numbers() throws IOException {
      Tag tag = tag(stream);
      MatType type = MatType.of(tag.type);
      requireValues(tag, type != MatType.NONE, "numbers");
      if (tag.bytes > MOST_NUMBERS) {
        throw malformed(
            "an array " + name + " of " + tag.bytes + " bytes", "at most " + MOST_NUMBERS);
      }
      ByteBuffer values = bytes(stream, tag, tag.bytes);
      double[] numbers = new double[(int) count()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = type.number(values, i);
      }
      return numbers;
    }

    private void requireValues(Tag tag, boolean known, String what) {
      if (!known) {
        throw malformed("an array " + name + " of type " + tag.type, what);
      }
      long bytes = count() * MatType.of(tag.type).bytes();
      if (tag.bytes != bytes) {
        throw malformed(
            "an array " + name + " of " + tag.bytes + " bytes",
            bytes + " for its shape " + words());
      }
    }
  }

  /// The type of an element and how many bytes its content has.
  @SuppressWarnings("ArrayRecordComponent") // read at once, compared by nobody
  private record Tag(int type, long bytes, byte[] small) {
    /// With what is added up to a multiple of 8; small content lies within the tag.
    long padded() {
      return small.length > 0 ? 0 : (bytes + 7) / 8 * 8;
    }
  }

  private Tag tag(InputStream stream) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(exactly(stream, 8)).order(order);
    int first = words.getInt(0);
    if (first >>> 16 != 0) {
      int bytes = first >>> 16;
      if (bytes > 4) {
        throw malformed("a small element of " + bytes + " bytes", "at most 4");
      }
      return new Tag(first & 0xffff, bytes, Arrays.copyOfRange(words.array(), 4, 8));
    }
    return new Tag(first, Integer.toUnsignedLong(words.getInt(4)), new byte[0]);
  }

  private ByteBuffer bytes(InputStream stream, Tag tag, long stored) throws IOException {
    byte[] content = tag.small.length > 0 ? tag.small : exactly(stream, stored);
    return ByteBuffer.wrap(content).order(order);
  }

  private void skip(InputStream stream, Tag tag, long most) throws IOException {
    if (tag.bytes > most) {
      throw malformed("flags of " + tag.bytes + " bytes", "at most " + most);
    }
    bytes(stream, tag, tag.padded());
  }

  private static byte[] exactly(InputStream stream, long count) throws IOException {
    byte[] bytes = stream.readNBytes(Math.toIntExact(count)); // grows with what is there
    if (bytes.length < count) {
      throw new EOFException("it ends too early");
    }
    return bytes;
  }

  private InputException malformed(String found, String expected) {
    return InputException.malformed(
        path, "its arrays", found, expected, "the file is cut or damaged, fetch it again");
  }

  /// A part of a stream, the rest of which is passed over when it is closed.
  private static final class Bounded extends InputStream {
    private final InputStream stream;
    private long left;

    Bounded(InputStream stream, long bytes) {
      this.stream = stream;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      int value = left > 0 ? stream.read() : -1;
      left -= value >= 0 ? 1 : 0;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = stream.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      stream.skipNBytes(left);
      left = 0;
    }
  }
}
