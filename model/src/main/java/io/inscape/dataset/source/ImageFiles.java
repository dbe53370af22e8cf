package io.inscape.dataset.source;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads image files of one size into bytes, `[channel, row, col]`.
///
/// Grey values are taken as they are stored, 16 bits cut to the upper 8, less than 8 spread to 0 to
/// 255; colours as red, green and blue; what is transparent has the colour that is stored below it.
/// The size in a file's header is compared before anything is unpacked.
final class ImageFiles {
  private static final long MOST_PIXELS = 64L << 20;

  private final ImageShape shape;
  private final Map<String, ImageReader> readers;

  private ImageFiles(ImageShape shape, Map<String, ImageReader> readers) {
    this.shape = shape;
    this.readers = readers;
  }

  /// Looks at the headers of all files: what size they have, and whether any has colours.
  ///
  /// @param files at least one
  /// @throws InputException if a file is no image that can be read, or has another size than the
  ///   first
  static ImageFiles look(List<Path> files) {
    Map<String, ImageReader> readers = new HashMap<>();
    Header first = null;
    boolean grey = true;
    for (Path file : files) {
      Header header = header(file, readers);
      if (first == null) {
        first = header;
        requireModest(file, header);
      }
      if (header.rows() != first.rows() || header.cols() != first.cols()) {
        throw InputException.malformed(
            file.toString(),
            "its size",
            header.words(),
            first.words() + " as " + files.getFirst(),
            "all images of a data set have one size; scale them to it first");
      }
      grey &= header.grey();
    }
    if (first == null) {
      throw new IllegalArgumentException("there must be at least one file");
    }
    return new ImageFiles(new ImageShape(grey ? 1 : 3, first.rows(), first.cols()), readers);
  }

  /// {@return the size of every image}
  ImageShape shape() {
    return shape;
  }

  /// Reads one image.
  ///
  /// @param target where its values go from `offset` on
  /// @return the file's bytes
  byte[] read(Path file, byte[] target, int offset) {
    byte[] content = content(file);
    BufferedImage image = decode(file, content);
    if (image.getWidth() != shape.cols() || image.getHeight() != shape.rows()) {
      throw broken(file, "an image of another size than its header says");
    }
    if (shape.channels() == 1) {
      grey(image, target, offset);
    } else {
      colours(image, target, offset);
    }
    return content;
  }

  private BufferedImage decode(Path file, byte[] content) {
    boolean[] cut = new boolean[1];
    try (ImageInputStream stream = stream(content)) {
      ImageReader reader = reader(file, stream, readers);
      reader.setInput(stream, true, true);
      reader.addIIOReadWarningListener((_, warning) ->
          cut[0] |= warning.contains("remature end") || warning.contains("runcated"));
      BufferedImage image = reader.read(0);
      if (cut[0]) {
        throw broken(file, "the end of the file within the image");
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw e instanceof InputException known ? known : broken(file, reason(e));
    } finally {
      readers.values().forEach(ImageReader::removeAllIIOReadWarningListeners);
    }
  }

  private void grey(BufferedImage image, byte[] target, int offset) {
    Raster raster = image.getRaster();
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int bits = image.getSampleModel().getSampleSize(0);
    int[] row = new int[shape.cols()];
    for (int y = 0; y < shape.rows(); y++) {
      if (palette) { // 1, 2 and 4 bits come as a palette of greys
        image.getRGB(0, y, shape.cols(), 1, row, 0, shape.cols());
      } else {
        raster.getSamples(0, y, shape.cols(), 1, 0, row);
      }
      for (int x = 0; x < shape.cols(); x++) {
        int value = palette ? row[x] & 0xff : bits > 8 ? row[x] >> (bits - 8) : row[x];
        target[offset + y * shape.cols() + x] = (byte) value;
      }
    }
  }

  private void colours(BufferedImage image, byte[] target, int offset) {
    int plane = shape.rows() * shape.cols();
    if (isGrey(image)) { // its own values, not those of a colour space
      byte[] values = new byte[plane];
      grey(image, values, 0);
      for (int channel = 0; channel < 3; channel++) {
        System.arraycopy(values, 0, target, offset + channel * plane, plane);
      }
      return;
    }
    int[] row = new int[shape.cols()];
    for (int y = 0; y < shape.rows(); y++) {
      image.getRGB(0, y, shape.cols(), 1, row, 0, shape.cols());
      for (int x = 0; x < shape.cols(); x++) {
        int at = offset + y * shape.cols() + x;
        target[at] = (byte) (row[x] >> 16);
        target[at + plane] = (byte) (row[x] >> 8);
        target[at + 2 * plane] = (byte) row[x];
      }
    }
  }

  private static boolean isGrey(BufferedImage image) {
    return grey(ImageTypeSpecifier.createFromRenderedImage(image));
  }

  /// A palette counts as grey when all of its colours are.
  private static boolean grey(ImageTypeSpecifier type) {
    if (type.getColorModel() instanceof IndexColorModel palette) {
      for (int i = 0; i < palette.getMapSize(); i++) {
        if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
          return false;
        }
      }
      return true;
    }
    return type.getColorModel().getNumColorComponents() == 1;
  }

  private record Header(int rows, int cols, boolean grey) {
    String words() {
      return rows + " x " + cols + " pixels";
    }
  }

  private static Header header(Path file, Map<String, ImageReader> readers) {
    byte[] content = content(file);
    try (ImageInputStream stream = stream(content)) {
      ImageReader reader = reader(file, stream, readers);
      reader.setInput(stream, true, true);
      Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
      if (!types.hasNext()) {
        throw InputException.unsupported(
            file.toString(),
            "its colours",
            "a kind of colours that is not read",
            "grey or RGB",
            "");
      }
      ImageTypeSpecifier raw = reader.getRawImageType(0);
      return new Header(
          reader.getHeight(0), reader.getWidth(0), grey(raw == null ? types.next() : raw));
    } catch (IOException | RuntimeException e) {
      throw e instanceof InputException known ? known : broken(file, reason(e));
    }
  }

  private static void requireModest(Path file, Header header) {
    if ((long) header.rows() * header.cols() > MOST_PIXELS) {
      throw InputException.unsupported(
          file.toString(), "its size", header.words(), "at most " + MOST_PIXELS + " pixels", "");
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private static ImageInputStream stream(byte[] content) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(content));
  }

  /// The reader for what the file is, whatever its name says.
  private static ImageReader reader(
      Path file, ImageInputStream stream, Map<String, ImageReader> readers) throws IOException {
    Iterator<ImageReader> found = ImageIO.getImageReaders(stream);
    if (!found.hasNext()) {
      throw broken(file, "no image");
    }
    ImageReader reader = found.next();
    String format = reader.getFormatName();
    ImageReader known = readers.putIfAbsent(format, reader);
    return known == null ? reader : known;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static InputException broken(Path file, String found) {
    return InputException.malformed(
        file.toString(),
        "its content",
        found,
        "a whole PNG, JPEG, BMP or GIF image",
        "the file is cut or damaged, put a whole one there or take it away");
  }
}
