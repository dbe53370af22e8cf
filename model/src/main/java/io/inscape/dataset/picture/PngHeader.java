package io.inscape.dataset.picture;

import io.inscape.dataset.picture.ImageHeader.Kind;

/// Walks over the chunks of a PNG file.
final class PngHeader {
  private static final int HEADER = 0x49484452; // IHDR
  private static final int PALETTE = 0x504c5445; // PLTE
  private static final int DATA = 0x49444154; // IDAT
  private static final int END = 0x49454e44; // IEND
  private static final int START = 8;
  private static final int AROUND = 12; // length, name and checksum of a chunk

  private PngHeader() {}

  static ImageHeader read(ByteView bytes) {
    if (bytes.bigInt(START + 4) != HEADER || bytes.bigInt(START) != 13) {
      throw ImageHeader.broken(bytes.path(), "a PNG file without a header");
    }
    int cols = bytes.bigInt(START + 8);
    int rows = bytes.bigInt(START + 12);
    int colours = bytes.at(START + 17);
    boolean grey = colours == 0 || colours == 4;
    boolean hasData = false;
    long at = START + AROUND + 13;
    while (bytes.bigInt(at + 4) != END) {
      int length = bytes.bigInt(at);
      bytes.requireLength(length < 0 ? -1 : at + AROUND + length);
      if (bytes.bigInt(at + 4) == PALETTE && colours == 3) {
        grey = bytes.grey(at + 8, length / 3, 3);
      }
      hasData |= bytes.bigInt(at + 4) == DATA;
      at += AROUND + length;
    }
    if (!hasData) {
      throw ImageHeader.broken(bytes.path(), "a PNG file without a picture");
    }
    return ImageHeader.sized(bytes.path(), Kind.PNG, rows, cols, grey);
  }
}
