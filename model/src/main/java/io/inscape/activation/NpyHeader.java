package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The head of a NumPy file: magic, version, and a Python dictionary that describes the array.
///
/// @param type what the elements are
/// @param order the byte order of the elements
/// @param fortran whether the first axis runs fastest
/// @param shape the size of each axis
/// @param dataOffset where the elements begin
record NpyHeader(NpyType type, ByteOrder order, boolean fortran, List<Long> shape, int dataOffset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST = 1 << 20;
  private static final Pattern DESCRIPTOR =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:['\"]([<>|=]?)([^'\"]*)['\"]|\\[)");
  private static final Pattern FORTRAN =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");

  private static final Pattern SIZE = Pattern.compile("\\d{1,19}L?"); // Python 2 wrote the L

  NpyHeader {
    shape = List.copyOf(shape);
  }

  long count() {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /// The bytes of a head for little-endian elements in C order.
  static byte[] encode(NpyType type, long... shape) {
    return encode(type, ALIGNMENT, shape);
  }

  /// The same, with the elements at a multiple of some bytes: of 64, and at most 8,192, for NumPy
  /// refuses to evaluate headers beyond 10,000.
  static byte[] encode(NpyType type, int alignment, long... shape) {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '"
            + type.descriptor()
            + "', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.length == 1 ? ",), }" : "), }");
    int unpadded = MAGIC.length + 4 + text.length() + 1;
    int length = Math.ceilDiv(unpadded, alignment) * alignment;
    ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length - MAGIC.length - 4));
    head.put(text.getBytes(StandardCharsets.US_ASCII));
    while (head.position() < length - 1) {
      head.put((byte) ' ');
    }
    return head.put((byte) '\n').array();
  }

  /// Reads and checks the head of a file.
  static NpyHeader read(FileChannel channel, String path) throws IOException {
    return read(channel, channel.size(), path);
  }

  /// Reads and checks a head, the size of the whole included.
  ///
  /// @param channel stands at the magic, and afterwards at the elements
  /// @param size how many bytes there are in all, head and elements
  /// @param path for messages
  static NpyHeader read(ReadableByteChannel channel, long size, String path) throws IOException {
    ByteBuffer start = bytes(channel, 0, 10, size, path);
    for (int i = 0; i < MAGIC.length; i++) {
      if (start.get(i) != MAGIC[i]) {
        throw InputException.malformed(
            path, "byte 0", "no NumPy array", "a .npy file", "save the array with numpy.save");
      }
    }
    int version = start.get(6);
    if (version < 1 || version > 3) {
      throw InputException.unsupported(
          path, "byte 6", "version " + version, "version 1 to 3", "save the array again");
    }
    int textStart = 10;
    long length = Short.toUnsignedLong(start.getShort(8));
    if (version > 1) { // two more bytes of the length
      textStart = 12;
      length += Short.toUnsignedLong(bytes(channel, 10, 2, size, path).getShort(0)) << 16;
    }
    if (length > LONGEST) {
      throw malformed(path, "byte 8", "a header of " + length + " bytes", "at most " + LONGEST);
    }
    ByteBuffer text = bytes(channel, textStart, (int) length, size, path);
    String dictionary = StandardCharsets.ISO_8859_1.decode(text).toString();
    NpyHeader header = parse(dictionary, path, textStart + (int) length);
    header.requireSize(size, path);
    return header;
  }

  private static NpyHeader parse(String text, String path, int dataOffset) {
    Matcher descriptor = DESCRIPTOR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descriptor.find() || !fortran.find() || !shape.find()) {
      throw malformed(
          path,
          "the header",
          "'" + (text.length() > 80 ? text.substring(0, 80) + "..." : text).strip() + "'",
          "descr (one type of number), fortran_order and shape");
    }
    String code = descriptor.group(2);
    if (code == null) {
      throw unsupported(
          path, "elements with several fields", "save one field, as in numpy.save(file, a['x'])");
    }
    NpyType type = NpyType.ofCode(code).orElseThrow(() -> unsupported(path, code));
    ByteOrder order =
        descriptor.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean fortranOrder = fortran.group(1).equals("True");
    return new NpyHeader(type, order, fortranOrder, sizes(shape.group(1), path), dataOffset);
  }

  private static InputException unsupported(String path, String code) {
    return switch (code.isEmpty() ? ' ' : code.charAt(0)) {
      case 'O' ->
          unsupported(path, "Python objects", "make an array of numbers with astype('f4') first");
      case 'U', 'S', 'a' ->
          unsupported(
              path,
              "texts (type " + code + ")",
              "number them, as in numpy.unique(a, return_inverse=True)[1]");
      default ->
          unsupported(
              path, "elements of type " + code, "convert the array with astype('f4') first");
    };
  }

  private static InputException unsupported(String path, String found, String hint) {
    return InputException.unsupported(
        path, "the header", found, "numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8", hint);
  }

  private static List<Long> sizes(String text, String path) {
    List<Long> sizes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String size = part.strip();
      if (size.isEmpty()) {
        continue;
      }
      try {
        if (!SIZE.matcher(size).matches()) {
          throw new NumberFormatException();
        }
        sizes.add(Long.parseLong(size.replace("L", "")));
      } catch (NumberFormatException _) {
        throw malformed(path, "the header", "the shape (" + text + ")", "whole numbers");
      }
    }
    return sizes;
  }

  private void requireSize(long size, String path) {
    long expected;
    try {
      expected = Math.addExact(Math.multiplyExact(count(), type.bytes()), dataOffset);
    } catch (ArithmeticException _) {
      throw malformed(path, "the header", "the shape " + shape, "an array that fits a file");
    }
    if (expected < 0 || size != expected) {
      throw malformed(
          path,
          "the header",
          "the shape " + shape + " of " + type + ", that is " + expected + " bytes in all",
          size + " bytes, the size of the file");
    }
  }

  private static ByteBuffer bytes(
      ReadableByteChannel channel, long from, int count, long size, String path)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // goes on until the buffer is full
    }
    if (bytes.hasRemaining()) {
      throw malformed(
          path, "byte " + size, "the end of the file", (from + count) + " bytes or more");
    }
    return bytes.flip();
  }

  private static InputException malformed(
      String path, String position, String found, String expected) {
    return InputException.malformed(
        path, position, found, expected, "the file is cut or damaged, save the array again");
  }
}
