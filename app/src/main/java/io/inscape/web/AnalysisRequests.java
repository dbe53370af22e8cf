package io.inscape.web;

import io.inscape.evolution.AlignmentMethod;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.trails.BundleParams;
import io.inscape.http.JsonBody;
import io.inscape.http.Schemas;
import io.inscape.parameter.Parameters;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.study.ActivationSource;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.BundleAnalysis;
import io.inscape.study.analysis.FieldAnalysis;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.SequenceAnalysis;
import io.inscape.study.sequence.SequenceSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads which analysis `POST /api/jobs` asks for, and refuses what it cannot mean.
final class AnalysisRequests {
  private AnalysisRequests() {}

  /// The analysis that a body asks for.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static Analysis analysis(byte[] body) {
    JsonBody request = JsonBody.of(body);
    String kind = request.only("kind", "source", "method", "of", "parameters").text("kind");
    return switch (kind) {
      case "projection" -> projection(request.only("kind", "source", "method", "parameters"));
      case "sequence" -> sequence(request.only("kind", "source", "method", "parameters"));
      case "bundle" ->
          BundleAnalysis.of(
              trails(request, BundleAnalysis.METHOD),
              Parameters.fromMap(BundleParams.class, request.map("parameters")));
      case "field" ->
          FieldAnalysis.of(
              trails(request, FieldAnalysis.METHOD),
              Parameters.fromMap(FieldParams.class, request.map("parameters")));
      default ->
          ComputedKind.find(kind)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "kind must be one of "
                          + String.join(", ", Analysis.KINDS)
                          + ", got \""
                          + kind
                          + "\""))
              .analysis(request);
    };
  }

  /// The digest of the sequence whose trails are looked at; there is one method only.
  private static String trails(JsonBody request, String method) {
    request.only("kind", "of", "method", "parameters");
    requireMethod(request, method);
    return request.text("of");
  }

  private static void requireMethod(JsonBody request, String method) {
    String asked = request.textOrNull("method");
    if (asked != null && !asked.equals(method)) {
      throw new IllegalArgumentException(
          "method must be \"" + method + "\" or left out, got \"" + asked + "\"");
    }
  }

  private static Analysis projection(JsonBody request) {
    JsonBody source = request.object("source").only("run", "epoch", "layer");
    return ProjectionAnalysis.of(
        ActivationSource.of(
            source.textOrNull("run"),
            source.has("epoch") ? (Integer) source.integer("epoch") : null,
            source.text("layer")),
        Projections.method(request.text("method")).params(request.map("parameters")));
  }

  private static Analysis sequence(JsonBody request) {
    return SequenceAnalysis.of(
        source(request.object("source")),
        Alignments.method(request.text("method")).params(request.map("parameters")));
  }

  private static SequenceSource source(JsonBody source) {
    String by = source.text("by");
    return switch (by) {
      case "epoch" -> {
        source.only("by", "run", "layer", "epochs");
        yield new SequenceSource.ByEpoch(
            source.text("run"), source.text("layer"), source.integers("epochs"));
      }
      case "layer" -> {
        source.only("by", "run", "epoch", "layers");
        yield new SequenceSource.ByLayer(
            source.text("run"), source.integer("epoch"), source.texts("layers"));
      }
      case "run" -> {
        source.only("by", "runs", "epoch", "layer");
        yield new SequenceSource.ByRun(
            source.texts("runs"), source.integer("epoch"), source.text("layer"));
      }
      default ->
          throw new IllegalArgumentException(
              "source.by must be epoch, layer or run, got \"" + by + "\"");
    };
  }

  /// The schema of the body of `POST /api/jobs`.
  static Map<String, Object> schema(Schemas schemas) {
    Map<String, Object> request = new LinkedHashMap<>();
    List<Map<String, Object>> kinds = new ArrayList<>();
    kinds.add(
        kind(
            "projection",
            projectionSource(),
            Projections.methods().stream().map(ProjectionMethod::name).toList()));
    kinds.add(
        kind(
            "sequence",
            sequenceSource(),
            Alignments.methods().stream().map(AlignmentMethod::name).toList()));
    kinds.add(trailKind(BundleAnalysis.METHOD, "bundle"));
    kinds.add(trailKind(FieldAnalysis.METHOD, "field"));
    ComputedKind.all().forEach(computed -> kinds.add(computed.schema()));
    request.put("oneOf", kinds);
    return schemas.add("AnalysisRequest", request);
  }

  private static Map<String, Object> kind(
      String kind, Map<String, Object> source, List<String> methods) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("kind", Map.of("const", kind));
    properties.put("source", source);
    properties.put("method", Map.of("enum", methods));
    properties.put("parameters", parameters());
    return object(properties, "kind", "source", "method");
  }

  private static Map<String, Object> trailKind(String method, String kind) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("kind", Map.of("const", kind));
    properties.put(
        "of", Map.of("type", "string", "description", "Digest of a result of kind sequence"));
    properties.put("method", Map.of("const", method));
    properties.put("parameters", parameters());
    return object(properties, "kind", "of");
  }

  static Map<String, Object> parameters() {
    return Map.of(
        "type",
        "object",
        "description",
        "Options of the method, as GET /api/study lists them; those left out have their defaults");
  }

  private static Map<String, Object> projectionSource() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("run", Map.of("type", "string"));
    properties.put("epoch", Map.of("type", "integer", "minimum", 0));
    properties.put("layer", Map.of("type", "string"));
    Map<String, Object> source = object(properties, "layer");
    source.put(
        "description",
        "Activations of one layer of one snapshot; layer \"input\" alone is the data set itself");
    return source;
  }

  private static Map<String, Object> sequenceSource() {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> epoch = Map.of("type", "integer", "minimum", 0);
    Map<String, Object> byEpoch = new LinkedHashMap<>();
    byEpoch.put("by", Map.of("const", "epoch"));
    byEpoch.put("run", text);
    byEpoch.put("layer", text);
    byEpoch.put("epochs", Schemas.array(epoch));
    Map<String, Object> byLayer = new LinkedHashMap<>();
    byLayer.put("by", Map.of("const", "layer"));
    byLayer.put("run", text);
    byLayer.put("epoch", epoch);
    byLayer.put("layers", Schemas.array(text));
    Map<String, Object> byRun = new LinkedHashMap<>();
    byRun.put("by", Map.of("const", "run"));
    byRun.put("runs", Schemas.array(text));
    byRun.put("epoch", epoch);
    byRun.put("layer", text);
    Map<String, Object> source = new LinkedHashMap<>();
    source.put(
        "description",
        "At least two steps of the same observations; epochs left out are all kept ones, layers left"
            + " out the input and all hidden ones");
    source.put(
        "oneOf",
        List.of(
            object(byEpoch, "by", "run", "layer"),
            object(byLayer, "by", "run", "epoch"),
            object(byRun, "by", "runs", "epoch", "layer")));
    return source;
  }

  static Map<String, Object> object(Map<String, Object> properties, String... required) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    object.put("required", Stream.of(required).toList());
    object.put("additionalProperties", false);
    return object;
  }
}
