package io.inscape.study.analysis;

import io.inscape.evolution.Alignments;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.parameter.Parameters;
import io.inscape.projection.Projections;
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
/// @param details what the method chose or found on its way, such as which neighbour search
/// @param energyHistory energies on the way, at most a few hundred
/// @param seconds of each stage
/// @param quality of the layout; null for a kind that has no single layout
/// @param report what a kind says besides, such as the quality of each step; empty for a projection
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
    Map<String, Object> details,
    List<EnergyHistory.Point> energyHistory,
    Map<String, Double> seconds,
    @Nullable Quality quality,
    Map<String, Object> report,
    Map<String, ColumnInfo> columns) {
  /// Copies the maps.
  public AnalysisResult {
    source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    energyHistory = List.copyOf(energyHistory);
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    Objects.requireNonNull(digest, "digest is missing");
    if (kind.equals(ProjectionAnalysis.KIND)) {
      Objects.requireNonNull(quality, "quality is missing");
    }
  }

  /// A column of a result.
  ///
  /// @param type `float32` or `int32`
  /// @param shape size of each axis
  public record ColumnInfo(String type, List<Integer> shape) {
    /// Copies the shape.
    public ColumnInfo {
      shape = List.copyOf(shape);
    }
  }

  AnalysisResult withMeasured(Map<String, Double> measured, List<EnergyHistory.Point> energies) {
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
        details,
        energies,
        measured,
        quality,
        report,
        columns);
  }

  /// The quality of a result that has one.
  ///
  /// @return of the layout
  /// @throws IllegalStateException for a kind without
  public Quality layoutQuality() {
    if (quality == null) {
      throw new IllegalStateException("a " + kind + " has no single layout, and so no quality");
    }
    return quality;
  }

  /// Whether this is what an analysis asks for, apart from its inputs, once the options that this
  /// result does not know have their defaults.
  boolean asks(Analysis analysis) {
    if (!kind.equals(analysis.kind())
        || !method.equals(analysis.method())
        || !source.equals(analysis.about())) {
      return false;
    }
    try {
      return switch (analysis) {
        case ProjectionAnalysis projection ->
            Projections.method(method).params(parameters).equals(projection.params());
        case SequenceAnalysis sequence ->
            Alignments.method(method).params(parameters).equals(sequence.params());
        case BundleAnalysis bundle ->
            Parameters.fromMap(BundleParams.class, parameters).equals(bundle.params());
        case FieldAnalysis field ->
            Parameters.fromMap(FieldParams.class, parameters).equals(field.params());
        case ComputedAnalysis computed -> computed.asks(parameters);
      };
    } catch (IllegalArgumentException _) { // an option that the method has no more
      return false;
    }
  }

  /// What an analysis says of itself, with the parameters that this result was made with.
  Map<String, Object> askedLike(Analysis analysis) {
    Map<String, Object> description = new LinkedHashMap<>(analysis.describe());
    description.put("parameters", parameters);
    return description;
  }

  ResultSummary summary() {
    return new ResultSummary(digest, kind, source, method, parameters, quality);
  }
}
