package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;

/// What the bytes of an image file say about it before anything is unpacked: the kind of file, told
/// by its content, the size, and whether it is stored in grey. Files that end before their image
/// does are refused here.
///
/// @param kind of file
/// @param rows the height in pixels, at least 1
/// @param cols the width in pixels, at least 1
/// @param grey whether its values are stored in grey, or its palette has nothing but greys
record ImageHeader(Kind kind, int rows, int cols, boolean grey) {
  /// The kinds of image file that are read.
  enum Kind {
    /// Portable network graphics.
    PNG,
    /// What cameras write.
    JPEG,
    /// With a palette, perhaps animated, of which the first picture counts.
    GIF,
    /// Device-independent bitmaps.
    BMP
  }

  /// Reads a header.
  ///
  /// @param path for messages
  /// @param content the whole file; not modified
  /// @throws InputException when it is no image that is read, or is cut
  static ImageHeader read(String path, byte[] content) {
    ByteView bytes = new ByteView(path, content);
    if (bytes.startsWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return PngHeader.read(bytes);
    }
    if (bytes.startsWith(0xff, 0xd8)) {
      return JpegHeader.read(bytes);
    }
    if (bytes.startsWith('G', 'I', 'F', '8')) {
      return gif(bytes);
    }
    if (bytes.startsWith('B', 'M')) {
      return bmp(bytes);
    }
    throw broken(path, "no image");
  }

  static InputException broken(String path, String found) {
    return InputException.malformed(
        path,
        "its content",
        found,
        "a whole PNG, JPEG, BMP or GIF image",
        "the file is cut or damaged, put a whole one there or take it away");
  }

  String words() {
    return rows + " x " + cols + " pixels";
  }

  private static ImageHeader gif(ByteView bytes) {
    int cols = bytes.littleShort(6);
    int rows = bytes.littleShort(8);
    int at = 13;
    int palette = at;
    int colours = bytes.at(10) < 0x80 ? 0 : 2 << (bytes.at(10) & 7);
    at += 3 * colours;
    while (bytes.at(at) == 0x21) { // an extension
      at = afterBlocks(bytes, at + 2);
    }
    if (bytes.at(at) != 0x2c) {
      throw broken(bytes.path(), "no picture");
    }
    if (bytes.littleShort(at + 1) != 0
        || bytes.littleShort(at + 3) != 0
        || bytes.littleShort(at + 5) != cols
        || bytes.littleShort(at + 7) != rows) {
      throw InputException.unsupported(
          bytes.path(),
          "its first picture",
          "one that covers a part of the image",
          "one that covers all of " + rows + " x " + cols + " pixels",
          "save it as PNG");
    }
    int flags = bytes.at(at + 9);
    at += 10;
    if (flags >= 0x80) {
      palette = at;
      colours = 2 << (flags & 7);
      at += 3 * colours;
    }
    afterBlocks(bytes, at + 1);
    return sized(
        bytes.path(), Kind.GIF, rows, cols, colours > 0 && bytes.grey(palette, colours, 3));
  }

  private static int afterBlocks(ByteView bytes, int from) {
    int at = from;
    while (bytes.at(at) != 0) {
      at += 1 + bytes.at(at);
    }
    return at + 1;
  }

  private static ImageHeader bmp(ByteView bytes) {
    int head = bytes.littleInt(14);
    boolean old = head == 12;
    int cols = old ? bytes.littleShort(18) : bytes.littleInt(18);
    int rows = old ? bytes.littleShort(20) : Math.abs(bytes.littleInt(22));
    int bits = bytes.littleShort(old ? 24 : 28);
    int packing = old ? 0 : bytes.littleInt(30);
    ImageHeader sized = sized(bytes.path(), Kind.BMP, rows, cols, false);
    if (packing < 0 || packing > 3) {
      throw InputException.unsupported(
          bytes.path(), "byte 30", "packing " + packing, "0 to 3", "save it as PNG");
    }
    if (packing == 0 || packing == 3) {
      long row = ((long) cols * bits + 31) / 32 * 4;
      bytes.requireLength(Integer.toUnsignedLong(bytes.littleInt(10)) + row * rows);
    }
    if (bits > 8) {
      return sized;
    }
    int used = old ? 0 : bytes.littleInt(46);
    int colours = used > 0 && used <= 1 << bits ? used : 1 << bits;
    boolean grey = bytes.grey(14 + head, colours, old ? 3 : 4);
    return new ImageHeader(Kind.BMP, rows, cols, grey);
  }

  static ImageHeader sized(String path, Kind kind, int rows, int cols, boolean grey) {
    if (rows < 1 || cols < 1) {
      throw broken(path, "a size of " + rows + " x " + cols + " pixels");
    }
    return new ImageHeader(kind, rows, cols, grey);
  }
}
