package io.inscape.dataset;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One thing that is done to the pixels of an image before a network sees them.
///
/// Pixels start as the numbers 0 to 255. Formulas, borders and rounding are described in
/// `docs/methods/preprocessing.md`.
public sealed interface Preprocessing {
  /// {@return the step as [Pipeline#parse(String)] reads it, such as `blur(1)`}
  String text();

  /// The size of an image after the step.
  ///
  /// @param input its size before
  /// @return its size after; rows and columns in which the numbers are stored do not matter
  /// @throws IllegalArgumentException when the step cannot work on such images
  default ImageShape after(ImageShape input) {
    return input;
  }

  /// A step that gives an image another size. Such steps stand at the front of a pipeline and work
  /// on the 8-bit image when a data set is opened, so that its images have the size that comes out.
  sealed interface Fit extends Preprocessing {
    /// The most rows or columns of an image that is fitted.
    int MOST = 16_384;

    private static void require(String step, int pixels) {
      if (pixels < 1 || pixels > MOST) {
        throw new IllegalArgumentException(step + " takes 1 to " + MOST + " pixels, got " + pixels);
      }
    }
  }

  /// Scales an image until its shorter side has so many pixels, as torchvision does: the longer
  /// side is `floor(pixels * longer / shorter)`.
  ///
  /// @param pixels of the shorter side, 1 to 16,384
  record Resize(int pixels) implements Fit {
    /// Checks the range.
    public Resize {
      Fit.require("resize", pixels);
    }

    @Override
    public String text() {
      return "resize(" + pixels + ")";
    }

    @Override
    public ImageShape after(ImageShape input) {
      long shorter = Math.min(input.rows(), input.cols());
      long longer = Math.max(input.rows(), input.cols());
      long grown = pixels * longer / shorter;
      if (grown < 1 || grown > MOST) {
        throw new IllegalArgumentException(
            text()
                + " makes an image of "
                + input.rows()
                + " x "
                + input.cols()
                + " pixels "
                + grown
                + " long, at most "
                + MOST
                + " can be; use resize(rows,cols)");
      }
      boolean flat = input.rows() < input.cols();
      return new ImageShape(
          input.channels(), flat ? pixels : (int) grown, flat ? (int) grown : pixels);
    }
  }

  /// Scales an image to so many rows and columns, whatever its proportions were.
  ///
  /// @param rows the new height in pixels, 1 to 16,384
  /// @param cols the new width in pixels, 1 to 16,384
  record Stretch(int rows, int cols) implements Fit {
    /// Checks the ranges.
    public Stretch {
      Fit.require("resize", rows);
      Fit.require("resize", cols);
    }

    @Override
    public String text() {
      return "resize(" + rows + "," + cols + ")";
    }

    @Override
    public ImageShape after(ImageShape input) {
      return new ImageShape(input.channels(), rows, cols);
    }
  }

  /// Takes the middle of an image.
  ///
  /// @param rows its height in pixels, 1 to 16,384
  /// @param cols its width in pixels, 1 to 16,384
  record Crop(int rows, int cols) implements Fit {
    /// Checks the ranges.
    public Crop {
      Fit.require("crop", rows);
      Fit.require("crop", cols);
    }

    @Override
    public String text() {
      return rows == cols ? "crop(" + rows + ")" : "crop(" + rows + "," + cols + ")";
    }

    @Override
    public ImageShape after(ImageShape input) {
      if (input.rows() < rows || input.cols() < cols) {
        throw new IllegalArgumentException(
            text()
                + " takes images of at least "
                + rows
                + " x "
                + cols
                + " pixels, got "
                + input.rows()
                + " x "
                + input.cols()
                + "; put a resize before it");
      }
      return new ImageShape(input.channels(), rows, cols);
    }
  }

  /// Divides by 255, so that pixels become numbers in `[0, 1]`.
  record Scale() implements Preprocessing {
    @Override
    public String text() {
      return "scale";
    }
  }

  /// Spreads the numbers 0 to 255 over a range: `low + x (high - low) / 255`.
  ///
  /// @param low what 0 becomes; finite
  /// @param high what 255 becomes; finite and another number than low
  record Range(double low, double high) implements Preprocessing {
    /// Checks the ends.
    public Range {
      if (!Double.isFinite(low) || !Double.isFinite(high) || low == high) {
        throw new IllegalArgumentException(
            "range takes two different finite numbers, got " + low + " and " + high);
      }
    }

    @Override
    public String text() {
      return "range(" + number(low) + "," + number(high) + ")";
    }
  }

  /// Subtracts a mean and divides by a standard deviation: one pair for all channels, or one for
  /// each.
  ///
  /// @param means what becomes 0, at least one; finite
  /// @param deviations what becomes 1, as many; finite and above 0
  record Standardise(List<Double> means, List<Double> deviations) implements Preprocessing {
    /// Checks the ranges.
    public Standardise {
      means = List.copyOf(means);
      deviations = List.copyOf(deviations);
      if (means.isEmpty() || means.size() != deviations.size()) {
        throw new IllegalArgumentException(
            "standardise takes as many deviations as means, at least one of each, got "
                + means.size()
                + " means and "
                + deviations.size()
                + " deviations");
      }
      for (double mean : means) {
        if (!Double.isFinite(mean)) {
          throw new IllegalArgumentException("the mean of standardise must be finite, got " + mean);
        }
      }
      for (double deviation : deviations) {
        if (!(deviation > 0 && Double.isFinite(deviation))) {
          throw new IllegalArgumentException(
              "the deviation of standardise must be finite and above 0, got " + deviation);
        }
      }
    }

    /// One pair for all channels.
    ///
    /// @param mean what becomes 0; finite
    /// @param deviation what becomes 1; finite and above 0
    public Standardise(double mean, double deviation) {
      this(Collections.singletonList(mean), Collections.singletonList(deviation));
    }

    /// {@return the mean of a channel}
    ///
    /// @param channel which one, at least 0
    public double mean(int channel) {
      return means.get(means.size() == 1 ? 0 : channel);
    }

    /// {@return the standard deviation of a channel}
    ///
    /// @param channel which one, at least 0
    public double deviation(int channel) {
      return deviations.get(deviations.size() == 1 ? 0 : channel);
    }

    @Override
    public String text() {
      return Stream.concat(means.stream(), deviations.stream())
          .map(Preprocessing::number)
          .collect(Collectors.joining(",", "standardise(", ")"));
    }

    @Override
    public ImageShape after(ImageShape input) {
      if (means.size() != 1 && means.size() != input.channels()) {
        throw new IllegalArgumentException(
            "standardise has "
                + means.size()
                + " means, but the images have "
                + input.channels()
                + (input.channels() == 1
                    ? " channel; put rgb before it, or give one mean"
                    : " channels; give one for each, or one for all"));
      }
      return input;
    }
  }

  /// Turns red, green, blue into their luminance `.299 R + .587 G + .114 B`; grey images stay as
  /// they are.
  record Grey() implements Preprocessing {
    @Override
    public String text() {
      return "grey";
    }

    @Override
    public ImageShape after(ImageShape input) {
      requireGreyOrColours("grey", input);
      return new ImageShape(1, input.rows(), input.cols());
    }
  }

  /// Turns grey into three equal channels; images of three channels stay as they are.
  record Rgb() implements Preprocessing {
    @Override
    public String text() {
      return "rgb";
    }

    @Override
    public ImageShape after(ImageShape input) {
      requireGreyOrColours("rgb", input);
      return new ImageShape(3, input.rows(), input.cols());
    }
  }

  /// Turns the order of the three channels around: blue, green, red.
  record Bgr() implements Preprocessing {
    @Override
    public String text() {
      return "bgr";
    }

    @Override
    public ImageShape after(ImageShape input) {
      if (input.channels() != 3) {
        throw new IllegalArgumentException(
            "bgr takes images of 3 channels, got "
                + input.channels()
                + (input.channels() == 1 ? "; put rgb before it" : ""));
      }
      return input;
    }
  }

  /// Stores the numbers as `[row, col, channel]` instead of `[channel, row, col]`, as TensorFlow's
  /// networks take them; the last step of a pipeline.
  record Hwc() implements Preprocessing {
    @Override
    public String text() {
      return "hwc";
    }
  }

  /// The magnitude of the 3 x 3 Sobel gradient of each channel, divided by its largest possible
  /// value.
  record Sobel() implements Preprocessing {
    @Override
    public String text() {
      return "sobel";
    }
  }

  /// A Gaussian blur of each channel.
  ///
  /// @param sigma the standard deviation of the Gaussian in pixels, above 0 and at most 50
  record Blur(double sigma) implements Preprocessing {
    /// Checks the range.
    public Blur {
      if (!(sigma > 0 && sigma <= 50)) {
        throw new IllegalArgumentException(
            "the sigma of blur must be above 0 and at most 50 pixels, got " + sigma);
      }
    }

    @Override
    public String text() {
      return "blur(" + number(sigma) + ")";
    }
  }

  private static void requireGreyOrColours(String step, ImageShape input) {
    if (input.channels() != 1 && input.channels() != 3) {
      throw new IllegalArgumentException(
          step + " takes images of 1 or 3 channels, got " + input.channels());
    }
  }

  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
