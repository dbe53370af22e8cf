package io.inscape.dataset.picture;

/// The bytes of a file, read without ever reaching past its end: what lies there is a cut file.
final class ByteView {
  private final String path;
  private final byte[] bytes;

  ByteView(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  String path() {
    return path;
  }

  int length() {
    return bytes.length;
  }

  /// The byte at a place, 0 to 255.
  int at(long place) {
    requireLength(place + 1);
    return bytes[(int) place] & 0xff;
  }

  void requireLength(long length) {
    if (length < 0 || length > bytes.length) {
      throw ImageHeader.broken(path, "the end of the file within the image");
    }
  }

  boolean startsWith(int... start) {
    boolean equal = bytes.length >= start.length;
    for (int i = 0; equal && i < start.length; i++) {
      equal = (bytes[i] & 0xff) == start[i];
    }
    return equal;
  }

  int bigShort(long place) {
    return at(place) << 8 | at(place + 1);
  }

  int bigInt(long place) {
    return bigShort(place) << 16 | bigShort(place + 2);
  }

  int littleShort(long place) {
    return at(place) | at(place + 1) << 8;
  }

  int littleInt(long place) {
    return littleShort(place) | littleShort(place + 2) << 16;
  }

  /// Whether all colours of a palette are greys.
  boolean grey(long palette, int colours, int bytesPerColour) {
    requireLength(palette + (long) colours * bytesPerColour);
    for (int i = 0; i < colours; i++) {
      long place = palette + (long) i * bytesPerColour;
      if (at(place) != at(place + 1) || at(place) != at(place + 2)) {
        return false;
      }
    }
    return true;
  }

  /// The last place where two bytes stand, at `from` or after; -1 where they do not.
  int lastIndexOf(int first, int second, int from) {
    for (int i = bytes.length - 2; i >= from; i--) {
      if ((bytes[i] & 0xff) == first && (bytes[i + 1] & 0xff) == second) {
        return i;
      }
    }
    return -1;
  }
}
