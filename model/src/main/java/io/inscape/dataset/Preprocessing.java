package io.inscape.dataset;

/// One thing that is done to the pixels of an image before a network sees them.
///
/// Pixels start as the numbers 0 to 255. Formulas, borders and rounding are described in
/// `docs/methods/preprocessing.md`.
public sealed interface Preprocessing {
  /// {@return the step as [Pipeline#parse(String)] reads it, such as `blur(1)`}
  String text();

  /// Divides by 255, so that pixels become numbers in `[0, 1]`.
  record Scale() implements Preprocessing {
    @Override
    public String text() {
      return "scale";
    }
  }

  /// Subtracts a mean and divides by a standard deviation.
  ///
  /// @param mean what becomes 0; finite
  /// @param deviation what becomes 1; finite and above 0
  record Standardise(double mean, double deviation) implements Preprocessing {
    /// Checks the ranges.
    public Standardise {
      if (!Double.isFinite(mean)) {
        throw new IllegalArgumentException("the mean of standardise must be finite, got " + mean);
      }
      if (!(deviation > 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException(
            "the deviation of standardise must be finite and above 0, got " + deviation);
      }
    }

    @Override
    public String text() {
      return "standardise(" + number(mean) + "," + number(deviation) + ")";
    }
  }

  /// Turns red, green, blue into their luminance `.299 R + .587 G + .114 B`; grey images stay as
  /// they are.
  record Grey() implements Preprocessing {
    @Override
    public String text() {
      return "grey";
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

  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
