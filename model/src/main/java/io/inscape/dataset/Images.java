package io.inscape.dataset;

import java.util.Arrays;
import java.util.Objects;

/// Images of one size, 8 bits per value, laid out as `[observation, channel, row, col]`: in memory,
/// or read from wherever they lie when they are asked for. Immutable; safe for any number of
/// threads.
public final class Images implements Content {
  /// Reads images, such as from files. May be called by several threads at once.
  @FunctionalInterface
  public interface Reader {
    /// Reads one image; gives the same values each time.
    ///
    /// @param observation which one
    /// @param target where its values go, `[channel, row, col]`
    /// @param offset the index of the first value in the target
    /// @throws InputException when the image cannot be read any more
    void read(int observation, byte[] target, int offset);
  }

  /// Values that one image lies in: for reading inside this package only.
  ///
  /// @param values shared; not modified
  /// @param start the index of the image's first value
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
  record Window(byte[] values, int start) {}

  /// Where the images are.
  @FunctionalInterface
  private interface Storage {
    Window window(int observation);
  }

  private final ImageShape shape;
  private final int count;
  private final Storage storage;

  private Images(ImageShape shape, int count, Storage storage) {
    this.shape = shape;
    this.count = count;
    this.storage = storage;
  }

  /// Images from their values.
  ///
  /// @param shape the size of each image
  /// @param pixels unsigned values, `[observation, channel, row, col]`; copied
  /// @return the images
  /// @throws IllegalArgumentException when the values do not fill whole images
  public static Images of(ImageShape shape, byte[] pixels) {
    return adopt(shape, pixels.clone());
  }

  /// As [#of(ImageShape, byte[])] without the copy: the caller gives the array away.
  ///
  /// @param shape the size of each image
  /// @param pixels unsigned values, `[observation, channel, row, col]`; never modified again
  /// @return the images
  /// @throws IllegalArgumentException when the values do not fill whole images
  public static Images adopt(ImageShape shape, byte[] pixels) {
    int size = shape.size();
    if (pixels.length % size != 0) {
      throw new IllegalArgumentException(
          pixels.length + " values are no whole number of images of " + shape);
    }
    return new Images(
        shape, pixels.length / size, observation -> new Window(pixels, observation * size));
  }

  /// Images that are read each time they are asked for: for those that are cheap to read, such as
  /// from a mapped file.
  ///
  /// @param shape the size of each image
  /// @param count how many there are, at least 0
  /// @param reader reads them
  /// @return the images
  /// @throws IllegalArgumentException when the count is negative
  public static Images read(ImageShape shape, int count, Reader reader) {
    return new Images(
        shape,
        atLeastNone(count),
        observation -> {
          byte[] values = new byte[shape.size()];
          reader.read(observation, values, 0);
          return new Window(values, 0);
        });
  }

  /// Images of which only some are at hand, under the numbers that they have among all.
  ///
  /// @param shape the size of each image
  /// @param count how many there would be
  /// @param chosen which are at hand, ascending and in `[0, count)`; copied
  /// @param pixels unsigned values of those, `[observation, channel, row, col]`; the caller gives
  ///   the array away
  /// @return the images; asking for one that is not at hand is refused
  /// @throws IllegalArgumentException when the values are not those of as many images
  public static Images chosen(ImageShape shape, int count, int[] chosen, byte[] pixels) {
    int size = shape.size();
    if (pixels.length != (long) chosen.length * size) {
      throw new IllegalArgumentException(
          pixels.length + " values are not " + chosen.length + " images of " + shape);
    }
    int[] known = chosen.clone();
    return new Images(
        shape,
        count,
        observation -> {
          int place = Arrays.binarySearch(known, observation);
          if (place < 0) {
            throw new IllegalArgumentException(
                "observation " + observation + " is not among the " + known.length + " at hand");
          }
          return new Window(pixels, place * size);
        });
  }

  /// Images that are read when they are asked for, the last ones of which stay in memory: up to an
  /// eighth of the heap. For those that cost time to read, such as from packed files.
  ///
  /// @param shape the size of each image
  /// @param count how many there are, at least 0
  /// @param reader reads them
  /// @return the images
  /// @throws IllegalArgumentException when the count is negative
  public static Images cached(ImageShape shape, int count, Reader reader) {
    PixelCache cache = new PixelCache(shape.size(), PixelCache.shareOfHeap());
    return new Images(
        shape, atLeastNone(count), observation -> new Window(cache.get(observation, reader), 0));
  }

  private static int atLeastNone(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("there must be at least 0 images, got " + count);
    }
    return count;
  }

  /// One set of images followed by another, without copying either.
  ///
  /// @param first any
  /// @param second of the same size
  /// @return first's images, then second's
  static Images joined(Images first, Images second) {
    if (!first.shape.equals(second.shape)) {
      throw new IllegalArgumentException(
          "two sets of images of one size can be joined, got "
              + first.shape
              + " and "
              + second.shape);
    }
    int head = first.count;
    return new Images(
        first.shape,
        Math.addExact(head, second.count),
        observation ->
            observation < head ? first.window(observation) : second.window(observation - head));
  }

  /// Some of the images, without copying them.
  ///
  /// @param observations which ones, each in `[0, count)`; copied
  /// @return those images, in the order asked for
  /// @throws IllegalArgumentException when one does not exist
  public Images select(int[] observations) {
    int[] chosen = observations.clone();
    for (int observation : chosen) {
      require(observation);
    }
    return new Images(shape, chosen.length, observation -> window(chosen[observation]));
  }

  @Override
  public int count() {
    return count;
  }

  /// {@return the size of each image}
  public ImageShape shape() {
    return shape;
  }

  /// Copies one image.
  ///
  /// @param observation which one, in `[0, count)`
  /// @param target where its values go, `[channel, row, col]`
  /// @param offset the index of the first value in the target
  /// @throws InputException when the image lies in a file that cannot be read any more
  public void copy(int observation, byte[] target, int offset) {
    Objects.checkFromIndexSize(offset, shape.size(), target.length);
    Window window = window(observation);
    System.arraycopy(window.values, window.start, target, offset, shape.size());
  }

  /// Copies chosen images.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return their values, `[observation, channel, row, col]`, in the order asked for
  /// @throws IllegalArgumentException when they do not fit an array
  /// @throws InputException when an image lies in a file that cannot be read any more
  public byte[] toArray(int[] observations) {
    int size = shape.size();
    long bytes = (long) observations.length * size;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          observations.length
              + " images of "
              + shape
              + " take "
              + bytes
              + " bytes, an array at most "
              + (Integer.MAX_VALUE - 8)
              + "; ask for fewer at once");
    }
    byte[] target = new byte[(int) bytes];
    for (int i = 0; i < observations.length; i++) {
      copy(observations[i], target, i * size);
    }
    return target;
  }

  /// Where an image's values are, read if they must be.
  Window window(int observation) {
    require(observation);
    return storage.window(observation);
  }

  private void require(int observation) {
    if (observation < 0 || observation >= count) {
      throw new IllegalArgumentException(
          "observation " + observation + " does not exist; there are " + count + " images");
    }
  }
}
