package io.inscape.dataset;

import io.inscape.dataset.Preprocessing.Bgr;
import io.inscape.dataset.Preprocessing.Blur;
import io.inscape.dataset.Preprocessing.Fit;
import io.inscape.dataset.Preprocessing.Grey;
import io.inscape.dataset.Preprocessing.Hwc;
import io.inscape.dataset.Preprocessing.Range;
import io.inscape.dataset.Preprocessing.Rgb;
import io.inscape.dataset.Preprocessing.Scale;
import io.inscape.dataset.Preprocessing.Sobel;
import io.inscape.dataset.Preprocessing.Standardise;

/// One image on its way through a pipeline.
///
/// Its value is `numbers / divisor`. Dividing late keeps the numbers whole as long as the steps are
/// sums of whole multiples: an image and its negative then have exactly opposite gradients, so that
/// Sobel's magnitude is exactly the same for both.
final class Pixels {
  /// The weights of the luminance in thousandths.
  private static final int[] LUMINANCE = {299, 587, 114};

  /// The largest magnitude of Sobel's gradient over pixels in `[0, 1]`, reached where a corner is
  /// cut: `|(4, 2)|`.
  private static final double LARGEST_GRADIENT = Math.sqrt(20);

  private static final double TRUNCATION = 4; // standard deviations, as SciPy's gaussian_filter

  private ImageShape shape;
  private double[] numbers; // [(channel * rows + row) * cols + col]
  private double divisor = 1;

  private boolean channelsLast;

  /// An image as it lies among others.
  ///
  /// @param shape its size, fitted already
  /// @param pixels `[channel, row, col]` from `start` on; not modified
  Pixels(ImageShape shape, byte[] pixels, int start) {
    this.shape = shape;
    numbers = new double[shape.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = pixels[start + i] & 0xff;
    }
  }

  void apply(Preprocessing step) {
    switch (step) {
      case Fit _ -> {} // done when the data set was opened
      case Scale _ -> divisor *= 255;
      case Range(double low, double high) -> spread(low, high);
      case Standardise standardise -> standardise(standardise);
      case Grey _ -> grey();
      case Rgb _ -> rgb();
      case Bgr _ -> bgr();
      case Hwc _ -> channelsLast = true;
      case Sobel _ -> sobel();
      case Blur(double sigma) -> blur(sigma);
    }
  }

  /// Copies the numbers in the order that the steps ask for.
  void copyTo(float[] target, int offset) {
    if (!channelsLast) {
      copyPlanesTo(target, offset);
      return;
    }
    int plane = plane();
    for (int i = 0; i < numbers.length; i++) {
      target[offset + i % plane * shape.channels() + i / plane] = (float) (numbers[i] / divisor);
    }
  }

  /// Copies the numbers as `[channel, row, col]`.
  void copyPlanesTo(float[] target, int offset) {
    for (int i = 0; i < numbers.length; i++) {
      target[offset + i] = (float) (numbers[i] / divisor);
    }
  }

  private int plane() {
    return shape.rows() * shape.cols();
  }

  private void spread(double low, double high) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = low + numbers[i] / divisor * (high - low) / 255;
    }
    divisor = 1;
  }

  private void standardise(Standardise step) {
    shape = step.after(shape);
    int plane = plane();
    for (int i = 0; i < numbers.length; i++) {
      int channel = i / plane;
      numbers[i] = (numbers[i] / divisor - step.mean(channel)) / step.deviation(channel);
    }
    divisor = 1;
  }

  private void rgb() {
    boolean grey = shape.channels() == 1;
    shape = new Rgb().after(shape);
    if (grey) {
      double[] equal = new double[shape.size()];
      for (int channel = 0; channel < shape.channels(); channel++) {
        System.arraycopy(numbers, 0, equal, channel * plane(), plane());
      }
      numbers = equal;
    }
  }

  private void bgr() {
    shape = new Bgr().after(shape);
    int plane = plane();
    double[] turned = new double[numbers.length];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(numbers, channel * plane, turned, (2 - channel) * plane, plane);
    }
    numbers = turned;
  }

  private void grey() {
    if (shape.channels() == 1) {
      return;
    }
    shape = new Grey().after(shape);
    double[] luminance = new double[shape.size()];
    for (int channel = 0; channel < LUMINANCE.length; channel++) {
      for (int i = 0; i < luminance.length; i++) {
        luminance[i] += LUMINANCE[channel] * numbers[channel * luminance.length + i];
      }
    }
    numbers = luminance;
    divisor *= 1000;
  }

  private void sobel() {
    double[] magnitude = new double[numbers.length];
    int plane = plane();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.rows(); row++) {
        for (int col = 0; col < shape.cols(); col++) {
          magnitude[channel * plane + row * shape.cols() + col] =
              gradient(channel * plane, row, col);
        }
      }
    }
    numbers = magnitude;
    divisor *= LARGEST_GRADIENT;
  }

  private double gradient(int start, int row, int col) {
    double nw = pixel(start, row - 1, col - 1);
    double ne = pixel(start, row - 1, col + 1);
    double sw = pixel(start, row + 1, col - 1);
    double se = pixel(start, row + 1, col + 1);
    double west = pixel(start, row, col - 1);
    double east = pixel(start, row, col + 1);
    double north = pixel(start, row - 1, col);
    double south = pixel(start, row + 1, col);
    double x = (ne - nw) + 2 * (east - west) + (se - sw);
    double y = (sw - nw) + 2 * (south - north) + (se - ne);
    return Math.sqrt(x * x + y * y);
  }

  /// A pixel, with the image mirrored at its borders (the border pixel comes twice).
  private double pixel(int start, int row, int col) {
    return numbers[start + mirror(row, shape.rows()) * shape.cols() + mirror(col, shape.cols())];
  }

  static int mirror(int index, int size) {
    int turn = Math.floorMod(index, 2 * size);
    return turn < size ? turn : 2 * size - 1 - turn;
  }

  private void blur(double sigma) {
    double[] kernel = kernel(sigma);
    numbers = blurred(kernel, 0, 1);
    numbers = blurred(kernel, 1, 0);
  }

  /// Half of a Gaussian: the weight at each distance from its centre, all weights of the whole
  /// summing to 1.
  private static double[] kernel(double sigma) {
    double[] kernel = new double[(int) (TRUNCATION * sigma + 0.5) + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += (i == 0 ? 1 : 2) * kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  private double[] blurred(double[] kernel, int rowStep, int colStep) {
    double[] result = new double[numbers.length];
    int plane = plane();
    for (int i = 0; i < result.length; i++) {
      int start = i / plane * plane;
      int row = (i - start) / shape.cols();
      int col = (i - start) % shape.cols();
      double sum = kernel[0] * numbers[i];
      for (int d = 1; d < kernel.length; d++) {
        double before = pixel(start, row - d * rowStep, col - d * colStep);
        double after = pixel(start, row + d * rowStep, col + d * colStep);
        sum += kernel[d] * (before + after);
      }
      result[i] = sum;
    }
    return result;
  }
}
