package io.inscape.vectors;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a report has, as a person reads it.
public final class Words {
  private Words() {}

  /// {@return `perplexity 30.0, iterations 1000`, groups flattened}
  ///
  /// @param parameters by name
  public static String options(Map<?, ?> parameters) {
    return parameters.entrySet().stream()
        .map(entry ->
            entry.getValue() instanceof Map<?, ?> group
                ? options(group)
                : spaced(String.valueOf(entry.getKey())) + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /// {@return `2.51: reading 0.01, layout 2.50`}
  ///
  /// @param seconds of each stage
  public static String seconds(Map<String, Double> seconds) {
    double total = seconds.values().stream().mapToDouble(value -> value).sum();
    return String.format(Locale.ROOT, "%.2f: ", total)
        + seconds.entrySet().stream()
            .map(stage -> String.format(Locale.ROOT, "%s %.2f", stage.getKey(), stage.getValue()))
            .collect(Collectors.joining(", "));
  }

  /// {@return a value, numbers to five digits}
  ///
  /// @param value any
  public static String value(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.5g", number)
        : String.valueOf(value);
  }

  /// {@return `neighbor recall` for `neighborRecall`}
  ///
  /// @param name in camel case
  public static String spaced(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  /// {@return `70,000`}
  ///
  /// @param value any
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
