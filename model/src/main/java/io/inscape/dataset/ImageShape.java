package io.inscape.dataset;

/// The size of an image.
///
/// @param channels how many values a pixel has, at least 1: 1 is grey, 3 is red, green, blue
/// @param rows the height in pixels, at least 1
/// @param cols the width in pixels, at least 1
public record ImageShape(int channels, int rows, int cols) {
  /// Checks that each axis has a size and that the product fits an array.
  public ImageShape {
    if (channels < 1 || rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          "an image needs at least one channel, row and column, got "
              + channels
              + " x "
              + rows
              + " x "
              + cols);
    }
    long pixels = (long) rows * cols;
    if (pixels > Integer.MAX_VALUE / channels) {
      throw new IllegalArgumentException(
          "an image of " + channels + " x " + rows + " x " + cols + " values is too large");
    }
  }

  /// {@return how many values one image has: channels x rows x columns}
  public int size() {
    return channels * rows * cols;
  }

  /// {@return the shape as people write it, such as `1 x 28 x 28`}
  @Override
  public String toString() {
    return channels + " x " + rows + " x " + cols;
  }
}
