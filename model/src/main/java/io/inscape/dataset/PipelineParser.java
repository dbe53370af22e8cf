package io.inscape.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a pipeline's text.
final class PipelineParser {
  private static final Pattern STEP =
      Pattern.compile("\\s*([a-z]+)\\s*(?:\\(([^()]*)\\))?\\s*(,|$)");

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
                + "'; write it like scale,standardise(0.13,0.31),grey,sobel,blur(1), or none");
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
      case "scale" -> {
        requireCount(name, numbers, 0);
        yield new Preprocessing.Scale();
      }
      case "standardise" -> {
        requireCount(name, numbers, 2);
        yield new Preprocessing.Standardise(numbers[0], numbers[1]);
      }
      case "grey" -> {
        requireCount(name, numbers, 0);
        yield new Preprocessing.Grey();
      }
      case "sobel" -> {
        requireCount(name, numbers, 0);
        yield new Preprocessing.Sobel();
      }
      case "blur" -> {
        requireCount(name, numbers, 1);
        yield new Preprocessing.Blur(numbers[0]);
      }
      default ->
          throw new IllegalArgumentException(
              "no preprocessing step is called '"
                  + name
                  + "'; there are scale, standardise(mean,deviation), grey, sobel, blur(sigma)");
    };
  }

  private static void requireCount(String name, double[] numbers, int count) {
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          "the preprocessing step " + name + " takes " + count + " numbers, got " + numbers.length);
    }
  }
}
