package io.inscape.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a pipeline's text.
final class PipelineParser {
  private static final Pattern STEP =
      Pattern.compile("\\s*([a-z]+)\\s*(?:\\(([^()]*)\\))?\\s*(,|$)");
  private static final String STEPS =
      "resize(shorter), resize(rows,cols), crop(size), crop(rows,cols), scale, range(low,high), "
          + "standardise(mean,deviation), standardise(m1,m2,m3,s1,s2,s3), grey, rgb, bgr, sobel, "
          + "blur(sigma), hwc";

  private PipelineParser() {}

  static List<Preprocessing> parse(String text) {
    List<Preprocessing> steps = new ArrayList<>();
    if (text.strip().equals("none")) {
      return steps;
    }
    Matcher matcher = STEP.matcher(text);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "cannot read the preprocessing '"
                + text
                + "' from '"
                + text.substring(at)
                + "'; write it like resize(256),crop(224),scale,standardise(0.13,0.31), or none");
      }
      steps.add(step(matcher.group(1), numbers(matcher.group(2))));
      more = matcher.group(3).equals(",");
      at = matcher.end();
    }
    return steps;
  }

  private static double[] numbers(@Nullable String arguments) {
    if (arguments == null || arguments.isBlank()) {
      return new double[0];
    }
    String[] parts = arguments.split(",", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        numbers[i] = Double.parseDouble(parts[i].strip());
      } catch (NumberFormatException _) {
        throw new IllegalArgumentException(
            "a setting of a preprocessing step must be a number, got '" + parts[i].strip() + "'");
      }
    }
    return numbers;
  }

  private static Preprocessing step(String name, double[] numbers) {
    return switch (name) {
      case "resize" -> {
        requireOneOrTwo(name, numbers);
        yield numbers.length == 1
            ? new Preprocessing.Resize(whole(name, numbers[0]))
            : new Preprocessing.Stretch(whole(name, numbers[0]), whole(name, numbers[1]));
      }
      case "crop" -> {
        requireOneOrTwo(name, numbers);
        yield new Preprocessing.Crop(
            whole(name, numbers[0]), whole(name, numbers[numbers.length - 1]));
      }
      case "range" -> {
        requireCount(name, numbers, 2);
        yield new Preprocessing.Range(numbers[0], numbers[1]);
      }
      case "standardise" -> standardise(numbers);
      case "blur" -> {
        requireCount(name, numbers, 1);
        yield new Preprocessing.Blur(numbers[0]);
      }
      default -> {
        Preprocessing step = withoutSettings(name);
        requireCount(name, numbers, 0);
        yield step;
      }
    };
  }

  private static Preprocessing withoutSettings(String name) {
    return switch (name) {
      case "scale" -> new Preprocessing.Scale();
      case "grey" -> new Preprocessing.Grey();
      case "rgb" -> new Preprocessing.Rgb();
      case "bgr" -> new Preprocessing.Bgr();
      case "hwc" -> new Preprocessing.Hwc();
      case "sobel" -> new Preprocessing.Sobel();
      default ->
          throw new IllegalArgumentException(
              "no preprocessing step is called '" + name + "'; there are " + STEPS);
    };
  }

  private static Preprocessing standardise(double[] numbers) {
    if (numbers.length == 0 || numbers.length % 2 != 0) {
      throw new IllegalArgumentException(
          "the preprocessing step standardise takes a mean and a deviation, or the means of all "
              + "channels and then their deviations, got "
              + numbers.length
              + " numbers");
    }
    int channels = numbers.length / 2;
    List<Double> all = Arrays.stream(numbers).boxed().toList();
    return new Preprocessing.Standardise(
        all.subList(0, channels), all.subList(channels, all.size()));
  }

  private static int whole(String name, double number) {
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the preprocessing step " + name + " takes whole numbers of pixels, got " + number);
    }
    return (int) number;
  }

  private static void requireOneOrTwo(String name, double[] numbers) {
    if (numbers.length < 1 || numbers.length > 2) {
      throw new IllegalArgumentException(
          "the preprocessing step " + name + " takes 1 or 2 numbers, got " + numbers.length);
    }
  }

  private static void requireCount(String name, double[] numbers, int count) {
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          "the preprocessing step " + name + " takes " + count + " numbers, got " + numbers.length);
    }
  }
}
