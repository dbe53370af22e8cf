package io.inscape.study.place;

import io.inscape.dataset.ImageShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fits pictures to the size and the colours of a data set. A pixel of the result is the mean of
/// what it covers, so a picture that is a whole multiple of the size comes back exactly; what the
/// picture does not cover has the data set's background.
final class PictureFit {
  private static final double[] LUMINANCE = {.299, .587, .114};
  private static final double BOX = 20.0 / 28; // MNIST's digits in MNIST's images
  private static final double INK = 0.1; // of the strongest difference from the background

  private final ImageShape shape;
  private final double[] background; // by channel

  PictureFit(ImageShape shape, double[] background) {
    this.shape = shape;
    this.background = background.clone();
  }

  /// A part of a picture.
  private record Window(double top, double left, double rows, double cols) {}

  /// @return `[channel, row, col]` of the data set's shape
  byte[] fit(Picture picture, Fitting fitting) {
    Picture prepared = opaque(inChannels(picture), fitting.invert());
    double[] values = fitting.centre() ? centred(prepared) : whole(prepared);
    byte[] pixels = new byte[values.length];
    for (int at = 0; at < values.length; at++) {
      pixels[at] = (byte) Math.clamp(Math.round(values[at]), 0, 255);
    }
    return pixels;
  }

  /// Grey becomes equal channels, colours become their luminance, as the data set wants it.
  private Picture inChannels(Picture picture) {
    ImageShape from = picture.shape();
    if (from.channels() == shape.channels()) {
      return picture;
    }
    int plane = from.rows() * from.cols();
    double[] values = new double[shape.channels() * plane];
    for (int at = 0; at < plane; at++) {
      double grey = 0;
      for (int channel = 0; channel < from.channels(); channel++) {
        double share = from.channels() == 3 ? LUMINANCE[channel] : 1.0 / from.channels();
        grey += share * picture.values()[channel * plane + at];
      }
      for (int channel = 0; channel < shape.channels(); channel++) {
        values[channel * plane + at] = grey;
      }
    }
    ImageShape to = new ImageShape(shape.channels(), from.rows(), from.cols());
    return new Picture(to, values, picture.opacity());
  }

  /// Inverts, then lays the picture on the background.
  private Picture opaque(Picture picture, boolean invert) {
    int plane = picture.opacity().length;
    double[] values = picture.values().clone();
    for (int at = 0; at < values.length; at++) {
      double there = picture.opacity()[at % plane];
      double value = invert ? 255 - values[at] : values[at];
      values[at] = there * value + (1 - there) * background[at / plane];
    }
    return new Picture(picture.shape(), values, picture.opacity());
  }

  private double[] whole(Picture picture) {
    ImageShape from = picture.shape();
    double scale =
        Math.min((double) shape.rows() / from.rows(), (double) shape.cols() / from.cols());
    int rows = size(from.rows() * scale, shape.rows());
    int cols = size(from.cols() * scale, shape.cols());
    Window all = new Window(0, 0, from.rows(), from.cols());
    double[] small = resampled(picture, all, rows, cols);
    return put(small, rows, cols, (shape.rows() - rows) / 2, (shape.cols() - cols) / 2);
  }

  private static int size(double wanted, int most) {
    return Math.clamp(Math.round(wanted), 1, most);
  }

  private double[] centred(Picture picture) {
    Window ink = ink(picture);
    if (ink == null) {
      return whole(picture);
    }
    int box = Math.max(1, (int) Math.round(BOX * Math.min(shape.rows(), shape.cols())));
    double scale = box / Math.max(ink.rows(), ink.cols());
    int rows = size(ink.rows() * scale, box);
    int cols = size(ink.cols() * scale, box);
    double[] small = resampled(picture, ink, rows, cols);
    double[] middle = middle(small, rows, cols);
    return put(
        small,
        rows,
        cols,
        begin(shape.rows(), rows, middle[0]),
        begin(shape.cols(), cols, middle[1]));
  }

  /// Where the box begins so that its centre of mass comes into the pixel after the middle, as it
  /// is in every image of MNIST: at 14.0 to 15.0 of 28.
  private static int begin(int side, int size, double middle) {
    return (int) Math.clamp(Math.ceil(side / 2.0 - middle), 0, side - size);
  }

  /// How far a pixel is from the background, in its strongest channel.
  private double strength(double[] values, int plane, int at) {
    double most = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      most = Math.max(most, Math.abs(values[channel * plane + at] - background[channel]));
    }
    return most;
  }

  /// The smallest box around what is drawn; null where nothing is.
  private @Nullable Window ink(Picture picture) {
    int plane = picture.opacity().length;
    int cols = picture.shape().cols();
    double strongest = 0;
    for (int at = 0; at < plane; at++) {
      strongest = Math.max(strongest, strength(picture.values(), plane, at));
    }
    int top = Integer.MAX_VALUE, left = Integer.MAX_VALUE, bottom = -1, right = -1;
    for (int at = 0; at < plane; at++) {
      if (strongest > 0 && strength(picture.values(), plane, at) > INK * strongest) {
        top = Math.min(top, at / cols);
        bottom = Math.max(bottom, at / cols);
        left = Math.min(left, at % cols);
        right = Math.max(right, at % cols);
      }
    }
    return bottom < 0 ? null : new Window(top, left, bottom - top + 1, right - left + 1);
  }

  private double[] middle(double[] small, int rows, int cols) {
    double sum = 0, row = 0, col = 0;
    for (int at = 0; at < rows * cols; at++) {
      double mass = strength(small, rows * cols, at);
      sum += mass;
      int above = at / cols;
      row += mass * (above + 0.5);
      col += mass * (at % cols + 0.5);
    }
    return sum > 0 ? new double[] {row / sum, col / sum} : new double[] {rows / 2.0, cols / 2.0};
  }

  private double[] put(double[] small, int rows, int cols, int top, int left) {
    int plane = shape.rows() * shape.cols();
    double[] values = new double[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      Arrays.fill(values, channel * plane, (channel + 1) * plane, background[channel]);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            small,
            (channel * rows + row) * cols,
            values,
            channel * plane + (top + row) * shape.cols() + left,
            cols);
      }
    }
    return values;
  }

  /// A part of a picture in another size, rows first, then columns.
  private static double[] resampled(Picture picture, Window window, int rows, int cols) {
    ImageShape from = picture.shape();
    int channels = from.channels();
    double[] lines = new double[channels * rows * from.cols()];
    for (int row = 0; row < rows; row++) {
      double begin = window.top() + row * window.rows() / rows;
      double end = window.top() + (row + 1) * window.rows() / rows;
      for (int y = (int) begin; y < Math.min(from.rows(), Math.ceil(end)); y++) {
        double share = (Math.min(end, y + 1) - Math.max(begin, y)) / (end - begin);
        for (int channel = 0; channel < channels; channel++) {
          int source = (channel * from.rows() + y) * from.cols();
          int target = (channel * rows + row) * from.cols();
          for (int x = 0; x < from.cols(); x++) {
            lines[target + x] += share * picture.values()[source + x];
          }
        }
      }
    }
    double[] small = new double[channels * rows * cols];
    for (int col = 0; col < cols; col++) {
      double begin = window.left() + col * window.cols() / cols;
      double end = window.left() + (col + 1) * window.cols() / cols;
      for (int x = (int) begin; x < Math.min(from.cols(), Math.ceil(end)); x++) {
        double share = (Math.min(end, x + 1) - Math.max(begin, x)) / (end - begin);
        for (int line = 0; line < channels * rows; line++) {
          small[line * cols + col] += share * lines[line * from.cols() + x];
        }
      }
    }
    return small;
  }
}
