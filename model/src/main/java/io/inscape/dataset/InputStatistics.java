package io.inscape.dataset;

import java.util.List;

/// Figures of each observation by itself.
///
/// Images count by their luminance in `[0, 1]` (`.299 R + .587 G + .114 B` where there are three
/// channels, the mean of the channels otherwise), as they are in the data set: no preprocessing.
///
/// | name | of | formula |
/// |---|---|---|
/// | `meanLuminance` | images | mean of the luminance |
/// | `contrast` | images | standard deviation of the luminance |
/// | `ink` | images | share of pixels whose luminance is above 0.5 |
/// | `strokeWidth` | images | `2 sum(v) / sum(abs(grad v))`: twice the ink over the length of its edge, in pixels; 0 without an edge |
/// | `polarity` | images | 1 where the mean luminance of the border's pixels is above that of the others (dark on bright), -1 where it is below (bright on dark), 0 where they are equal |
/// | `norm` | vectors | Euclidean length |
/// | `mean` | vectors | mean of the features |
/// | `sd` | vectors | standard deviation of the features |
///
/// The length of the edge is the total variation, which for a shape blurred a little is the length
/// of its outline, so that no threshold is needed: a bar of w pixels across the image has width w.
/// Differences go to the next pixel right and below, none beyond the border. Standard deviations
/// divide by the count. Sums are `double`. Cost: one pass.
public final class InputStatistics {
  private static final List<InputStatistic> OF_IMAGES =
      List.of(
          new InputStatistic(
              "meanLuminance", "mean luminance", "Mean brightness of the image's pixels.", ""),
          new InputStatistic(
              "contrast", "contrast", "Standard deviation of the brightness of its pixels.", ""),
          new InputStatistic("ink", "ink", "Share of pixels brighter than one half.", ""),
          new InputStatistic(
              "strokeWidth",
              "stroke width",
              "Twice the ink over the length of its edge: how thick the strokes are.",
              "pixels"),
          new InputStatistic(
              "polarity",
              "polarity",
              "1 where the border is brighter than the rest (dark on bright), -1 where it is darker (bright on dark).",
              ""));
  private static final List<InputStatistic> OF_VECTORS =
      List.of(
          new InputStatistic("norm", "norm", "Euclidean length of the vector.", ""),
          new InputStatistic("mean", "mean", "Mean of the vector's features.", ""),
          new InputStatistic(
              "sd", "standard deviation", "Standard deviation of the vector's features.", ""));

  private static final List<InputStatistic> OF_TEXTS =
      List.of(
          new InputStatistic("characters", "characters", "Length of the text.", "characters"),
          new InputStatistic("words", "words", "Words of the text, parted by spaces.", "words"));

  /// Below half a step of one pixel value in an image of 400 x 400.
  private static final double ROUNDING = 1e-8;

  private InputStatistics() {}

  /// {@return the statistics that there are}
  ///
  /// @param content the observations
  public static List<InputStatistic> of(Content content) {
    return switch (content) {
      case Images _ -> OF_IMAGES;
      case Vectors _ -> OF_VECTORS;
      case Texts _ -> OF_TEXTS;
    };
  }

  /// Computes one statistic.
  ///
  /// @param content the observations
  /// @param name of a statistic that [#of] lists
  /// @param observations which ones, each in `[0, count)`; not modified
  /// @return its value for each of them
  /// @throws IllegalArgumentException when there is no such statistic
  public static float[] compute(Content content, String name, int[] observations) {
    if (of(content).stream().noneMatch(statistic -> statistic.name().equals(name))) {
      throw new IllegalArgumentException(
          "no statistic of the input is called "
              + name
              + "; there are "
              + String.join(", ", of(content).stream().map(InputStatistic::name).toList()));
    }
    float[] values = new float[observations.length];
    switch (content) {
      case Images images -> {
        Luminance luminance = new Luminance(images);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ofImage(name, luminance.read(observations[i]), images.shape());
        }
      }
      case Vectors vectors -> {
        float[] row = new float[vectors.columns()];
        for (int i = 0; i < values.length; i++) {
          vectors.copy(observations[i], 0, row.length, row, 0);
          values[i] = (float) ofVector(name, row);
        }
      }
      case Texts texts -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = ofText(name, texts.text(observations[i]));
        }
      }
    }
    return values;
  }

  private static double ofImage(String name, float[] luminance, ImageShape shape) {
    return switch (name) {
      case "meanLuminance" -> mean(luminance);
      case "contrast" -> deviation(luminance);
      case "ink" -> ink(luminance);
      case "strokeWidth" -> strokeWidth(luminance, shape);
      default -> polarity(luminance, shape);
    };
  }

  private static double ofVector(String name, float[] row) {
    return switch (name) {
      case "norm" -> norm(row);
      case "mean" -> mean(row);
      default -> deviation(row);
    };
  }

  private static int ofText(String name, String text) {
    String stripped = text.strip();
    return switch (name) {
      case "words" -> stripped.isEmpty() ? 0 : stripped.split("\\s+").length;
      default -> text.codePointCount(0, text.length());
    };
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static double ink(float[] luminance) {
    int bright = 0;
    for (float value : luminance) {
      bright += value > 0.5f ? 1 : 0;
    }
    return (double) bright / luminance.length;
  }

  private static double strokeWidth(float[] luminance, ImageShape shape) {
    int rows = shape.rows();
    int cols = shape.cols();
    double ink = 0;
    double edge = 0;
    for (int row = 0; row < rows; row++) {
      for (int col = 0; col < cols; col++) {
        int at = row * cols + col;
        double here = luminance[at];
        double x = col + 1 < cols ? luminance[at + 1] - here : 0;
        double y = row + 1 < rows ? luminance[at + cols] - here : 0;
        ink += here;
        if (x != 0 || y != 0) {
          edge += Math.sqrt(x * x + y * y);
        }
      }
    }
    return edge == 0 ? 0 : 2 * ink / edge;
  }

  /// Both means are sums of the same size for an image and its negative, so that the negative has
  /// exactly the opposite polarity wherever they differ by more than rounding.
  private static double polarity(float[] luminance, ImageShape shape) {
    double border = 0;
    double inside = 0;
    int edge = 0;
    for (int at = 0; at < luminance.length; at++) {
      int row = at / shape.cols();
      int col = at % shape.cols();
      if (row == 0 || col == 0 || row == shape.rows() - 1 || col == shape.cols() - 1) {
        border += luminance[at];
        edge++;
      } else {
        inside += luminance[at];
      }
    }
    if (edge == luminance.length) {
      return 0; // nothing but border
    }
    double difference = border / edge - inside / (luminance.length - edge);
    return Math.abs(difference) < ROUNDING ? 0 : Math.signum(difference);
  }

  /// The luminance of one image after another, in one array.
  private static final class Luminance {
    private static final float[] OF_COLOURS = {.299f, .587f, .114f};

    private final Images images;
    private final byte[] pixels;
    private final float[] values;

    Luminance(Images images) {
      this.images = images;
      this.pixels = new byte[images.shape().size()];
      this.values = new float[images.shape().rows() * images.shape().cols()];
    }

    float[] read(int observation) {
      int channels = images.shape().channels();
      images.copy(observation, pixels, 0);
      for (int i = 0; i < values.length; i++) {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          float weight = channels == OF_COLOURS.length ? OF_COLOURS[channel] : 1f / channels;
          sum += weight * (pixels[channel * values.length + i] & 0xff);
        }
        values[i] = sum / 255;
      }
      return values;
    }
  }
}
