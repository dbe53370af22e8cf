package io.inscape.dataset;

/// Images of one size, 8 bits per value, laid out as `[observation, channel, row, col]`; immutable.
public final class Images {
  private final ImageShape shape;
  private final int count;
  private final byte[] pixels; // [observation * size + (channel * rows + row) * cols + col]

  private Images(ImageShape shape, byte[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
    this.count = pixels.length / shape.size();
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
  static Images adopt(ImageShape shape, byte[] pixels) {
    if (pixels.length % shape.size() != 0) {
      throw new IllegalArgumentException(
          pixels.length + " values are no whole number of images of " + shape);
    }
    return new Images(shape, pixels);
  }

  /// {@return how many images there are}
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
    System.arraycopy(pixels, start(observation), target, offset, shape.size());
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

  /// The index of an image's first value.
  int start(int observation) {
    if (observation < 0 || observation >= count) {
      throw new IllegalArgumentException(
          "observation " + observation + " does not exist; there are " + count + " images");
    }
    return observation * shape.size();
  }

  /// The shared values: for reading inside this package only.
  byte[] shared() {
    return pixels;
  }
}
