package io.inscape.study.place;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// A picture that somebody brought, of any size: values from 0 to 255, `[channel, row, col]`, and
/// how much of each pixel is there.
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record Picture(ImageShape shape, double[] values, double[] opacity) {
  /// The most pixels of a picture; a header that tells of more is refused before anything is
  /// unpacked.
  static final long MOST_PIXELS = 32L << 20;

  /// A picture of the data set's own kind.
  static Picture of(ImageShape shape, byte[] pixels) {
    double[] values = new double[pixels.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = pixels[at] & 0xff;
    }
    return new Picture(shape, values, opaque(shape));
  }

  private static double[] opaque(ImageShape shape) {
    double[] opacity = new double[shape.rows() * shape.cols()];
    java.util.Arrays.fill(opacity, 1);
    return opacity;
  }

  /// Unpacks a file: its first image, grey values as they are stored, colours as red, green, blue.
  ///
  /// @param name what messages call it
  /// @throws InputException if it is no PNG, JPEG, BMP or GIF image, or too large
  static Picture decode(String name, byte[] file) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw broken(name, "no image");
      }
      ImageReader reader = readers.next();
      try {
        boolean[] cut = new boolean[1];
        reader.setInput(stream, true, true);
        requireModest(name, reader.getHeight(0), reader.getWidth(0));
        reader.addIIOReadWarningListener((_, warning) ->
            cut[0] |= warning.contains("remature end") || warning.contains("runcated"));
        BufferedImage image = reader.read(0);
        if (cut[0]) {
          throw broken(name, "the end of the file within the image");
        }
        return isGrey(image) ? grey(image) : colours(image);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputException known) {
        throw known;
      }
      throw broken(name, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private static void requireModest(String name, int rows, int cols) {
    if ((long) rows * cols > MOST_PIXELS) {
      throw InputException.unsupported(
          name,
          "its size",
          rows + " x " + cols + " pixels",
          "at most " + MOST_PIXELS + " pixels",
          "scale it down first");
    }
  }

  private static boolean isGrey(BufferedImage image) {
    return image.getColorModel().getNumColorComponents() == 1
        && !(image.getColorModel() instanceof IndexColorModel)
        && image.getRaster().getNumBands() == 1;
  }

  private static Picture grey(BufferedImage image) {
    ImageShape shape = new ImageShape(1, image.getHeight(), image.getWidth());
    double largest = Math.scalb(1.0, image.getSampleModel().getSampleSize(0)) - 1;
    double[] values = new double[shape.size()];
    Raster raster = image.getRaster();
    int[] row = new int[shape.cols()];
    for (int y = 0; y < shape.rows(); y++) {
      raster.getSamples(0, y, shape.cols(), 1, 0, row);
      for (int x = 0; x < shape.cols(); x++) {
        values[y * shape.cols() + x] = row[x] * 255 / largest;
      }
    }
    return new Picture(shape, values, opaque(shape));
  }

  private static Picture colours(BufferedImage image) {
    ImageShape shape = new ImageShape(3, image.getHeight(), image.getWidth());
    int plane = shape.rows() * shape.cols();
    double[] values = new double[shape.size()];
    double[] opacity = new double[plane];
    int[] row = new int[shape.cols()];
    for (int y = 0; y < shape.rows(); y++) {
      image.getRGB(0, y, shape.cols(), 1, row, 0, shape.cols());
      for (int x = 0; x < shape.cols(); x++) {
        int at = y * shape.cols() + x;
        values[at] = row[x] >> 16 & 0xff;
        values[at + plane] = row[x] >> 8 & 0xff;
        values[at + 2 * plane] = row[x] & 0xff;
        opacity[at] = (row[x] >>> 24) / 255.0;
      }
    }
    return new Picture(shape, values, opacity);
  }

  private static InputException broken(String name, String found) {
    return InputException.malformed(
        name,
        "its content",
        found,
        "a whole PNG, JPEG, BMP or GIF image",
        "the file is cut or damaged, or of another kind");
  }
}
