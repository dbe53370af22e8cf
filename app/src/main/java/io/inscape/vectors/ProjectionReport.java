package io.inscape.vectors;

import io.inscape.parameter.Parameters;
import io.inscape.projection.ProjectionParams;
import io.inscape.projection.Projections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is said about a projection of a file.
///
/// @param input what was projected
/// @param params how
/// @param output the file that holds the layout
/// @param projection what came out
/// @param stages how long each stage took
/// @param quality what was measured; null if nothing was
public record ProjectionReport(
    VectorInput input,
    ProjectionParams params,
    String output,
    FileProjection projection,
    Stages stages,
    @Nullable QualityBlock quality) {

  /// {@return the report for programs}
  ///
  /// @param version of Inscape
  public Map<String, Object> toMap(String version) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("input", input.toMap());
    map.put("method", params.method());
    map.put("parameters", Parameters.toMap((Record) params));
    map.put("output", output);
    map.put("stopped", projection.stopped());
    map.put("iteration", projection.iteration());
    map.put("iterations", projection.iterations());
    map.put("energy", energy());
    map.put("details", new TreeMap<>(projection.details()));
    map.put("seconds", stages.seconds());
    map.put("cpuSeconds", stages.cpuSeconds());
    map.put("quality", quality == null ? null : quality.toMap());
    return map;
  }

  private @Nullable Double energy() {
    return projection.energy().isPresent() ? projection.energy().getAsDouble() : null;
  }

  /// {@return the report for a person}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int observations = projection.layout().observations();
    lines.add(
        output
            + ": "
            + TextTable.count(observations)
            + (observations == 1 ? " observation in " : " observations in ")
            + projection.layout().dimensions()
            + " dimensions");
    lines.add("");
    TextTable table = new TextTable("method", Projections.method(params.method()).title());
    table.add("parameters", options(Parameters.toMap((Record) params)));
    if (projection.iterations() > 0) {
      table.add(
          "iterations",
          TextTable.count(projection.iteration())
              + (projection.stopped()
                  ? " of " + TextTable.count(projection.iterations()) + ", stopped"
                  : ""));
    }
    Double energy = energy();
    if (energy != null) {
      table.add("energy", String.format(Locale.ROOT, "%.5g", energy));
    }
    new TreeMap<>(projection.details())
        .forEach((name, value) -> table.add(words(name), text(value)));
    table.add("seconds", stages(stages.seconds()));
    table.add("CPU seconds", stages(stages.cpuSeconds()));
    lines.addAll(table.lines());
    if (quality != null) {
      lines.add("");
      lines.addAll(quality.lines());
    }
    return lines;
  }

  static String options(Map<?, ?> parameters) {
    return parameters.entrySet().stream()
        .map(entry ->
            entry.getValue() instanceof Map<?, ?> group
                ? options(group)
                : words(String.valueOf(entry.getKey())) + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String stages(Map<String, Double> seconds) {
    double total = seconds.values().stream().mapToDouble(value -> value).sum();
    return String.format(Locale.ROOT, "%.2f: ", total)
        + seconds.entrySet().stream()
            .map(stage -> String.format(Locale.ROOT, "%s %.2f", stage.getKey(), stage.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.5g", number)
        : String.valueOf(value);
  }

  /// `neighborRecall` is `neighbor recall`.
  private static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
