package io.inscape.dataset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Images of one size, 8 bits per value, laid out as `[observation, channel, row, col]`; immutable.
public final class Images implements Content {
  private final ImageShape shape;
  private final int count;
  private final int headCount;
  private final byte[] head; // [observation * size + (channel * rows + row) * cols + col]
  private final byte[]
      tail; // the same from observation headCount on; empty where there is one part
  private final int @Nullable [] chosen; // whose images these are, ascending; null for all

  private Images(ImageShape shape, byte[] head, byte[] tail) {
    this.shape = shape;
    this.head = head;
    this.tail = tail;
    this.headCount = head.length / shape.size();
    this.count = headCount + tail.length / shape.size();
    this.chosen = null;
  }

  private Images(ImageShape shape, int count, int[] chosen, byte[] pixels) {
    this.shape = shape;
    this.head = pixels;
    this.tail = new byte[0];
    this.headCount = count;
    this.count = count;
    this.chosen = chosen;
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
    if (pixels.length != (long) chosen.length * shape.size()) {
      throw new IllegalArgumentException(
          pixels.length + " values are not " + chosen.length + " images of " + shape);
    }
    return new Images(shape, count, chosen.clone(), pixels);
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
    if (pixels.length % shape.size() != 0) {
      throw new IllegalArgumentException(
          pixels.length + " values are no whole number of images of " + shape);
    }
    return new Images(shape, pixels, new byte[0]);
  }

  /// One set of images followed by another, without copying either.
  ///
  /// @param first neither of them joined already
  /// @param second of the same size
  /// @return first's images, then second's
  static Images joined(Images first, Images second) {
    if (!first.shape.equals(second.shape) || first.tail.length + second.tail.length > 0) {
      throw new IllegalArgumentException(
          "two sets of images of one size can be joined, got "
              + first.shape
              + " and "
              + second.shape);
    }
    return new Images(first.shape, first.head, second.head);
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
  public void copy(int observation, byte[] target, int offset) {
    System.arraycopy(shared(observation), start(observation), target, offset, shape.size());
  }

  /// Copies chosen images.
  ///
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return their values, `[observation, channel, row, col]`, in the order asked for
  public byte[] toArray(int[] observations) {
    int size = shape.size();
    byte[] target = new byte[Math.multiplyExact(observations.length, size)];
    for (int i = 0; i < observations.length; i++) {
      copy(observations[i], target, i * size);
    }
    return target;
  }

  /// The index of an image's first value in [#shared(int)].
  int start(int observation) {
    if (observation < 0 || observation >= count) {
      throw new IllegalArgumentException(
          "observation " + observation + " does not exist; there are " + count + " images");
    }
    if (chosen != null) {
      int place = Arrays.binarySearch(chosen, observation);
      if (place < 0) {
        throw new IllegalArgumentException(
            "observation " + observation + " is not among the " + chosen.length + " at hand");
      }
      return place * shape.size();
    }
    return (observation < headCount ? observation : observation - headCount) * shape.size();
  }

  /// The shared values that an image lies in: for reading inside this package only.
  byte[] shared(int observation) {
    return observation < headCount ? head : tail;
  }
}
