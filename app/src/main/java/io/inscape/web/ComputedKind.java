package io.inscape.web;

import io.inscape.cluster.ClusterParams;
import io.inscape.parameter.Parameters;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.cluster.ClusterAnalysis;
import io.inscape.study.finding.FindingParams;
import io.inscape.study.finding.FindingsAnalysis;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of analysis that brings its own computation, as requests ask for it. A new kind is an
/// entry of the list.
///
/// @param name as the field `kind` has it
/// @param methods it can be asked for with; the first is meant where the field is left out
/// @param params its options; the page's controls follow from them
/// @param source the schema of the field `source`
/// @param reader makes the analysis of a request
record ComputedKind(
    String name,
    List<String> methods,
    Class<? extends Record> params,
    Map<String, Object> source,
    Reader reader) {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> EPOCH = Map.of("type", "integer", "minimum", 0);

  ComputedKind {
    methods = List.copyOf(methods);
  }

  /// Makes an analysis of what a request says.
  interface Reader {
    /// @param method one of the kind's
    /// @param source the field `source`
    /// @param parameters the field `parameters`; empty where it was left out
    ComputedAnalysis read(String method, JsonBody source, Map<String, Object> parameters);
  }

  /// {@return all kinds}
  static List<ComputedKind> all() {
    return List.of(probe(), clusters(), findings());
  }

  /// {@return the kind of that name, if there is one}
  static Optional<ComputedKind> find(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  private static ComputedKind probe() {
    return new ComputedKind(
        "probe",
        List.of(ProbeAnalysis.METHOD),
        LayerProbeParams.class,
        AnalysisRequests.object(fields("run", TEXT, "epoch", EPOCH), "run", "epoch"),
        (_, source, parameters) -> {
          source.only("run", "epoch");
          return new ProbeAnalysis(
              new LayerProbes.Target(source.text("run"), source.integer("epoch")),
              Parameters.fromMap(LayerProbeParams.class, parameters));
        });
  }

  private static ComputedKind clusters() {
    return new ComputedKind(
        ClusterAnalysis.KIND,
        List.of(ClusterAnalysis.METHOD),
        ClusterParams.class,
        AnalysisRequests.object(
            new LinkedHashMap<>(
                Map.of(
                    "of",
                    Map.of(
                        "type", "string", "description", "Digest of a result of kind projection"))),
            "of"),
        (_, source, parameters) -> {
          source.only("of");
          return ClusterAnalysis.of(
              source.text("of"), Parameters.fromMap(ClusterParams.class, parameters));
        });
  }

  private static ComputedKind findings() {
    return new ComputedKind(
        FindingsAnalysis.KIND,
        List.of(FindingsAnalysis.METHOD),
        FindingParams.class,
        AnalysisRequests.object(fields("run", TEXT, "epoch", EPOCH), "run", "epoch"),
        (_, source, parameters) -> {
          source.only("run", "epoch");
          return new FindingsAnalysis(
              source.text("run"),
              source.integer("epoch"),
              Parameters.fromMap(FindingParams.class, parameters));
        });
  }

  /// The analysis that a request asks for.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  ComputedAnalysis analysis(JsonBody request) {
    request.only("kind", "source", "method", "parameters");
    String asked = request.textOrNull("method");
    if (asked != null && !methods.contains(asked)) {
      throw new IllegalArgumentException(
          "method must be "
              + String.join(" or ", methods)
              + ", or left out for "
              + methods.getFirst()
              + ", got \""
              + asked
              + "\"");
    }
    return reader.read(
        asked == null ? methods.getFirst() : asked,
        request.object("source"),
        request.map("parameters"));
  }

  /// The schema of a request for it.
  Map<String, Object> schema() {
    Map<String, Object> properties = fields("kind", Map.of("const", name), "source", source);
    properties.put("method", Map.of("enum", methods));
    properties.put("parameters", AnalysisRequests.parameters());
    return AnalysisRequests.object(properties, "kind", "source");
  }

  private static Map<String, Object> fields(
      String first, Object firstSchema, String second, Object secondSchema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(first, firstSchema);
    fields.put(second, secondSchema);
    return fields;
  }
}
