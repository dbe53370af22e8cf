package io.inscape.dataset.picture;

import io.inscape.dataset.ImageShape;

/// Scales 8-bit images, bilinear, with the triangle widened by the scale where an image becomes
/// smaller: the numbers of PIL's `Image.resize(size, BILINEAR)`.
///
/// As there, columns come first and rows after them, weights are whole multiples of 2^-22, and each
/// pass is rounded to 8 bits.
final class Resampling {
  private static final int PRECISION = 22; // bits of a weight behind the point

  private Resampling() {}

  /// Scales an image.
  ///
  /// @param pixels `[channel, row, col]`; not modified
  /// @param from its size
  /// @param rows the new height
  /// @param cols the new width
  /// @return the scaled image, `[channel, row, col]`
  static byte[] bilinear(byte[] pixels, ImageShape from, int rows, int cols) {
    byte[] wide = from.cols() == cols ? pixels : columns(pixels, from, cols);
    ImageShape between = new ImageShape(from.channels(), from.rows(), cols);
    return from.rows() == rows ? wide : rows(wide, between, rows);
  }

  /// For each place that comes out, the first place that goes in, how many, and their weights.
  private static final class Weights {
    final int[] first;
    final int[] count;
    final int[] values; // [out * most + k]
    final int most;

    Weights(int in, int out) {
      double scale = (double) in / out;
      double support = Math.max(scale, 1);
      most = (int) Math.ceil(support) * 2 + 1;
      first = new int[out];
      count = new int[out];
      values = new int[out * most];
      double inverse = 1 / support;
      double[] weights = new double[most];
      for (int i = 0; i < out; i++) {
        double centre = (i + .5) * scale;
        int from = Math.max(0, (int) (centre - support + .5));
        int to = Math.min(in, (int) (centre + support + .5));
        double sum = 0;
        for (int k = 0; k < to - from; k++) {
          double distance = Math.abs((k + from - centre + .5) * inverse);
          weights[k] = distance < 1 ? 1 - distance : 0;
          sum += weights[k];
        }
        first[i] = from;
        count[i] = to - from;
        for (int k = 0; k < to - from; k++) {
          values[i * most + k] = (int) (.5 + weights[k] / sum * (1 << PRECISION));
        }
      }
    }
  }

  private static byte[] columns(byte[] pixels, ImageShape from, int cols) {
    Weights weights = new Weights(from.cols(), cols);
    int lines = from.channels() * from.rows();
    byte[] target = new byte[new ImageShape(from.channels(), from.rows(), cols).size()];
    for (int line = 0; line < lines; line++) {
      int start = line * from.cols();
      for (int col = 0; col < cols; col++) {
        int sum = 1 << (PRECISION - 1);
        int at = start + weights.first[col];
        int weight = col * weights.most;
        for (int k = 0; k < weights.count[col]; k++) {
          sum += (pixels[at + k] & 0xff) * weights.values[weight + k];
        }
        target[line * cols + col] = clipped(sum);
      }
    }
    return target;
  }

  private static byte[] rows(byte[] pixels, ImageShape from, int rows) {
    Weights weights = new Weights(from.rows(), rows);
    int cols = from.cols();
    byte[] target = new byte[new ImageShape(from.channels(), rows, cols).size()];
    int[] sums = new int[cols];
    for (int line = 0; line < from.channels() * rows; line++) {
      int row = line % rows;
      int plane = line / rows * from.rows();
      java.util.Arrays.fill(sums, 1 << (PRECISION - 1));
      for (int k = 0; k < weights.count[row]; k++) {
        int weight = weights.values[row * weights.most + k];
        int at = (plane + weights.first[row] + k) * cols;
        for (int col = 0; col < cols; col++) {
          sums[col] += (pixels[at + col] & 0xff) * weight;
        }
      }
      for (int col = 0; col < cols; col++) {
        target[line * cols + col] = clipped(sums[col]);
      }
    }
    return target;
  }

  private static byte clipped(int sum) {
    return (byte) Math.clamp(sum >> PRECISION, 0, 255);
  }
}
