package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import io.inscape.dataset.picture.ImageHeader.Kind;

/// Walks over the segments of a JPEG file.
final class JpegHeader {
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  private JpegHeader() {}

  static ImageHeader read(ByteView bytes) {
    ImageHeader frame = null;
    int at = 2;
    while (true) {
      if (bytes.at(at) != 0xff) {
        throw ImageHeader.broken(bytes.path(), "a JPEG file with a damaged segment");
      }
      int marker = bytes.at(at + 1);
      if (marker == 0xff) { // a filling byte
        at++;
      } else if (marker == SCAN) {
        break;
      } else if (marker == 1 || (marker >= 0xd0 && marker <= 0xd8)) { // without a length
        at += 2;
      } else if (marker == END) {
        throw ImageHeader.broken(bytes.path(), "a JPEG file without a picture");
      } else {
        if (isFrame(marker)) {
          frame = frame(bytes, at, marker);
        }
        at += 2 + Math.max(2, bytes.bigShort(at + 2));
      }
    }
    if (frame == null) {
      throw ImageHeader.broken(bytes.path(), "a JPEG file without a size");
    }
    if (bytes.lastIndexOf(0xff, END, at) < 0) {
      throw ImageHeader.broken(bytes.path(), "the end of the file within the image");
    }
    return frame;
  }

  /// SOF0 to SOF15, among which DHT, JPG and DAC are other things.
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static ImageHeader frame(ByteView bytes, int at, int marker) {
    int bits = bytes.at(at + 4);
    int channels = bytes.at(at + 9);
    if (marker > 0xc2 || bits != 8) {
      throw unsupported(
          bytes, "a JPEG of kind SOF" + (marker - 0xc0) + " with " + bits + " bits per value");
    }
    if (channels != 1 && channels != 3) {
      throw unsupported(
          bytes, channels == 4 ? "a JPEG in CMYK colours" : "a JPEG of " + channels + " channels");
    }
    return ImageHeader.sized(
        bytes.path(), Kind.JPEG, bytes.bigShort(at + 5), bytes.bigShort(at + 7), channels == 1);
  }

  private static InputException unsupported(ByteView bytes, String found) {
    return InputException.unsupported(
        bytes.path(),
        "its header",
        found,
        "a baseline or progressive JPEG of 8 bits, grey or RGB",
        "convert it with PIL's convert('RGB')");
  }
}
