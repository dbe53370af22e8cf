package io.inscape.dataset.picture;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Unpacks image files into bytes, `[channel, row, col]`. Safe for any number of threads, which
/// together take a bounded part of the heap.
///
/// Values are taken as they are stored, of 16 bits the upper 8, less than 8 spread to 0 to 255;
/// what is transparent has the colour that is stored below it. Colour profiles and the orientation
/// that a camera notes (EXIF) are not applied. That is what PIL's `Image.open(f).convert('RGB')`
/// does, but for grey of 16 bits, which PIL cuts at 255.
final class ImageDecoder {
  private static final long MOST_PIXELS = 64L << 20;

  /// What a pixel takes while it is unpacked: up to 8 bytes of its own, 3 for the result, and some
  /// room for what else is there.
  private static final int HEAP_PER_PIXEL = 24;

  private static final int UNIT = 1 << 10; // pixels per permit

  private final long mostPixels;
  private final int permits;
  private final Semaphore room;
  private final Map<ImageHeader.Kind, Queue<ImageReader>> idle =
      new EnumMap<>(ImageHeader.Kind.class);

  ImageDecoder() {
    mostPixels = Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / HEAP_PER_PIXEL);
    permits = (int) (mostPixels / UNIT) + 1;
    room = new Semaphore(permits);
    for (ImageHeader.Kind kind : ImageHeader.Kind.values()) {
      idle.put(kind, new ConcurrentLinkedQueue<>());
    }
  }

  /// {@return whether an image takes so little memory that it is unpacked}
  boolean isModest(ImageHeader header) {
    return (long) header.rows() * header.cols() <= mostPixels;
  }

  /// Refuses images that would take too much memory.
  void requireModest(String path, ImageHeader header) {
    if (!isModest(header)) {
      throw InputException.unsupported(
          path,
          "its size",
          header.words(),
          "at most " + mostPixels + " pixels",
          mostPixels < MOST_PIXELS
              ? "make it smaller, or give Java more memory"
              : "make it smaller, or take it away");
    }
  }

  /// Unpacks an image.
  ///
  /// @param path for messages
  /// @param header of that file
  /// @param content the whole file; not modified
  /// @param channels 1 for grey, of a file that is stored in grey, or 3
  /// @return its values, `[channel, row, col]`
  byte[] decode(String path, ImageHeader header, byte[] content, int channels) {
    requireModest(path, header);
    int taken = Math.min(permits, (int) ((long) header.rows() * header.cols() / UNIT) + 1);
    room.acquireUninterruptibly(taken);
    try {
      BufferedImage image = unpack(path, header, content);
      if (image.getWidth() != header.cols() || image.getHeight() != header.rows()) {
        throw ImageHeader.broken(path, "an image of another size than its header says");
      }
      ImageShape shape = new ImageShape(channels, header.rows(), header.cols());
      byte[] target = new byte[shape.size()];
      if (isGrey(image)) {
        grey(image, target);
        for (int channel = 1; channel < channels; channel++) {
          int plane = shape.rows() * shape.cols();
          System.arraycopy(target, 0, target, channel * plane, plane);
        }
      } else {
        colours(image, target, channels);
      }
      return target;
    } finally {
      room.release(taken);
    }
  }

  private BufferedImage unpack(String path, ImageHeader header, byte[] content) {
    boolean[] cut = new boolean[1];
    ImageReader reader = reader(header.kind());
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(stream, true, true);
      reader.addIIOReadWarningListener((_, warning) ->
          cut[0] |= warning.contains("remature end") || warning.contains("runcated"));
      BufferedImage image = reader.read(0);
      if (cut[0]) {
        throw ImageHeader.broken(path, "the end of the file within the image");
      }
      reader.reset();
      idle(header.kind()).add(reader);
      return image;
    } catch (IOException | RuntimeException e) { // a reader may stumble over anything
      reader.dispose();
      throw e instanceof InputException known ? known : ImageHeader.broken(path, reason(e));
    }
  }

  private Queue<ImageReader> idle(ImageHeader.Kind kind) {
    return Objects.requireNonNull(idle.get(kind));
  }

  private ImageReader reader(ImageHeader.Kind kind) {
    ImageReader known = idle(kind).poll();
    return known == null ? ImageIO.getImageReadersByFormatName(kind.name()).next() : known;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static boolean isGrey(BufferedImage image) {
    return !(image.getColorModel() instanceof IndexColorModel)
        && image.getColorModel().getNumColorComponents() == 1;
  }

  /// Grey values as they are stored, not those of a colour space.
  private static void grey(BufferedImage image, byte[] target) {
    Raster raster = image.getRaster();
    int shift = Math.max(0, image.getSampleModel().getSampleSize(0) - 8);
    int cols = image.getWidth();
    int[] row = new int[cols];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, cols, 1, 0, row);
      for (int x = 0; x < cols; x++) {
        target[y * cols + x] = (byte) (row[x] >> shift);
      }
    }
  }

  /// Red, green and blue; of a palette of greys one of them.
  private static void colours(BufferedImage image, byte[] target, int channels) {
    if (!(image.getColorModel() instanceof IndexColorModel)
        && image.getSampleModel() instanceof ComponentSampleModel
        && channels == 3) {
      stored(image, target);
      return;
    }
    int cols = image.getWidth();
    int plane = cols * image.getHeight();
    int[] row = new int[cols];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, cols, 1, row, 0, cols);
      for (int x = 0; x < cols; x++) {
        for (int channel = 0; channel < channels; channel++) {
          target[channel * plane + y * cols + x] = (byte) (row[x] >> (16 - 8 * channel));
        }
      }
    }
  }

  private static void stored(BufferedImage image, byte[] target) {
    Raster raster = image.getRaster();
    int shift = Math.max(0, image.getSampleModel().getSampleSize(0) - 8);
    int cols = image.getWidth();
    int bands = raster.getNumBands();
    int plane = cols * image.getHeight();
    int[] row = new int[cols * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, cols, 1, row);
      for (int x = 0; x < cols; x++) {
        int at = y * cols + x;
        target[at] = (byte) (row[x * bands] >> shift);
        target[at + plane] = (byte) (row[x * bands + 1] >> shift);
        target[at + 2 * plane] = (byte) (row[x * bands + 2] >> shift);
      }
    }
  }
}
