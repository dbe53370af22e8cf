package io.inscape.study.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is kept of an analysis: how it was made, how good it is, and which columns lie beside it.
///
/// @param digest identifies kind, parameters, inputs and version
/// @param kind of the analysis
/// @param source what it looked at
/// @param method within the kind
/// @param parameters of the method
/// @param version of Inscape that computed it
/// @param inputs SHA-256 over everything that determines the vectors
/// @param iterations done
/// @param energy what the method minimised, at the end; null where it minimises nothing
/// @param seconds of each stage
/// @param quality of the layout
/// @param columns by name
public record AnalysisResult(
    String digest,
    String kind,
    Map<String, Object> source,
    String method,
    Map<String, Object> parameters,
    String version,
    String inputs,
    int iterations,
    @Nullable Double energy,
    Map<String, Double> seconds,
    Quality quality,
    Map<String, ColumnInfo> columns) {
  /// Copies the maps.
  public AnalysisResult {
    source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    Objects.requireNonNull(digest, "digest is missing");
    Objects.requireNonNull(quality, "quality is missing");
  }

  /// A column of a result.
  ///
  /// @param type `float32`
  /// @param shape rows = observations
  public record ColumnInfo(String type, List<Integer> shape) {
    /// Copies the shape.
    public ColumnInfo {
      shape = List.copyOf(shape);
    }
  }

  AnalysisResult withSeconds(Map<String, Double> measured) {
    return new AnalysisResult(
        digest,
        kind,
        source,
        method,
        parameters,
        version,
        inputs,
        iterations,
        energy,
        measured,
        quality,
        columns);
  }

  ResultSummary summary() {
    return new ResultSummary(digest, kind, source, method, parameters, quality);
  }
}
