package io.inscape.dataset;

import io.inscape.dataset.Preprocessing.Blur;
import io.inscape.dataset.Preprocessing.Grey;
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

  Pixels(Images images, int observation) {
    shape = images.shape();
    numbers = new double[shape.size()];
    byte[] pixels = images.shared(observation);
    int start = images.start(observation);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = pixels[start + i] & 0xff;
    }
  }

  void apply(Preprocessing step) {
    switch (step) {
      case Scale _ -> divisor *= 255;
      case Standardise(double mean, double deviation) -> standardise(mean, deviation);
      case Grey _ -> grey();
      case Sobel _ -> sobel();
      case Blur(double sigma) -> blur(sigma);
    }
  }

  void copyTo(float[] target, int offset) {
    for (int i = 0; i < numbers.length; i++) {
      target[offset + i] = (float) (numbers[i] / divisor);
    }
  }

  private void standardise(double mean, double deviation) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (numbers[i] / divisor - mean) / deviation;
    }
    divisor = 1;
  }

  private void grey() {
    if (shape.channels() == 1) {
      return;
    }
    shape = Pipeline.greyShape(shape);
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
    int plane = shape.rows() * shape.cols();
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
    int plane = shape.rows() * shape.cols();
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
