package io.inscape.vectors;

import io.inscape.parameter.Parameters;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is said about a projection of a file.
///
/// @param input what was projected
/// @param params how
/// @param output the file that holds the layout; null if there is none
/// @param keeping where it is kept in a study; null if it is not
/// @param projection what came out
/// @param seconds how long each stage took
/// @param cpuSeconds the processor seconds of each stage; empty for what was computed before
/// @param quality what was measured; null if nothing was
public record ProjectionReport(
    VectorFile input,
    ProjectionParams params,
    @Nullable String output,
    @Nullable Keeping keeping,
    FileProjection projection,
    Map<String, Double> seconds,
    Map<String, Double> cpuSeconds,
    @Nullable QualityBlock quality) {
  /// Copies the maps.
  public ProjectionReport {
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    cpuSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(cpuSeconds));
  }

  /// The same report of a layout that was written to a file too.
  ///
  /// @param file the output, or null
  /// @return a new report
  public ProjectionReport writtenTo(@Nullable String file) {
    return new ProjectionReport(
        input, params, file, keeping, projection, seconds, cpuSeconds, quality);
  }

  /// The same report of what was not there before.
  ///
  /// @param stages how long each stage took
  /// @return a new report
  public ProjectionReport justMade(Stages stages) {
    return new ProjectionReport(
        input,
        params,
        output,
        keeping == null ? null : new Keeping(keeping.study(), keeping.digest(), false),
        projection,
        stages.seconds(),
        stages.cpuSeconds(),
        quality);
  }

  /// Where a projection is kept.
  ///
  /// @param study the study's folder
  /// @param digest of the result
  /// @param before whether it was there already, so that nothing was computed
  public record Keeping(String study, String digest, boolean before) {}

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
    map.put("study", keeping == null ? null : keeping.study());
    map.put("digest", keeping == null ? null : keeping.digest());
    map.put("keptBefore", keeping != null && keeping.before());
    map.put("stopped", projection.stopped());
    map.put("iteration", projection.iteration());
    map.put("iterations", projection.iterations());
    map.put("energy", energy());
    map.put("details", new TreeMap<>(projection.details()));
    map.put("seconds", seconds);
    map.put("cpuSeconds", cpuSeconds);
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
        place()
            + ": "
            + Words.count(observations)
            + (observations == 1 ? " observation in " : " observations in ")
            + projection.layout().dimensions()
            + " dimensions");
    lines.add("");
    TextTable table = new TextTable("method", Projections.method(params.method()).title());
    table.add("parameters", Words.options(Parameters.toMap((Record) params)));
    if (projection.iterations() > 0) {
      table.add(
          "iterations",
          Words.count(projection.iteration())
              + (projection.stopped()
                  ? " of " + Words.count(projection.iterations()) + ", stopped"
                  : ""));
    }
    Double energy = energy();
    if (energy != null) {
      table.add("energy", String.format(Locale.ROOT, "%.5g", energy));
    }
    new TreeMap<>(projection.details())
        .forEach((name, value) -> table.add(Words.spaced(name), Words.value(value)));
    table.add("seconds", Words.seconds(seconds));
    if (!cpuSeconds.isEmpty()) {
      table.add("CPU seconds", Words.seconds(cpuSeconds));
    }
    lines.addAll(table.lines());
    if (quality != null) {
      lines.add("");
      lines.addAll(quality.lines());
    }
    return lines;
  }

  private String place() {
    return output != null ? output : keeping != null ? keeping.study() : input.file().name();
  }
}
