package io.inscape.web;

import io.inscape.cluster.ClusterParams;
import io.inscape.http.JsonBody;
import io.inscape.http.Schemas;
import io.inscape.neuron.NeuronMap;
import io.inscape.parameter.Parameters;
import io.inscape.study.ablation.AblationAnalysis;
import io.inscape.study.ablation.AblationParams;
import io.inscape.study.activity.ActivityAnalysis;
import io.inscape.study.activity.ActivityParams;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.cluster.ClusterAnalysis;
import io.inscape.study.finding.FindingParams;
import io.inscape.study.finding.FindingsAnalysis;
import io.inscape.study.probe.LayerProbeParams;
import io.inscape.study.probe.LayerProbes;
import io.inscape.study.probe.ProbeAnalysis;
import io.inscape.study.sequence.SequenceSource;
import io.inscape.study.unit.ScoreAnalysis;
import io.inscape.study.unit.ScoreParams;
import io.inscape.study.unit.UnitMapAnalysis;
import io.inscape.study.unit.UnitMapParams;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import io.inscape.study.unit.UnitTrailAnalysis;
import io.inscape.study.unit.UnitTrailParams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  private static final Map<String, Object> POOLING =
      Map.of(
          "enum",
          Stream.of(UnitPooling.values()).map(UnitPooling::label).toList(),
          "description",
          "What counts as a unit; left out, mean for layers of maps and none for others");

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
    return List.of(
        probe(), clusters(), findings(), units(), unitTrails(), scores(), ablation(), activity());
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

  private static ComputedKind units() {
    return new ComputedKind(
        UnitMapAnalysis.KIND,
        NeuronMap.METHODS,
        UnitMapParams.class,
        unitSource(),
        (method, source, parameters) -> UnitMapAnalysis.of(unitSource(source), method, parameters));
  }

  private static ComputedKind scores() {
    return new ComputedKind(
        ScoreAnalysis.KIND,
        List.of(ScoreAnalysis.METHOD),
        ScoreParams.class,
        unitSource(),
        (_, source, parameters) ->
            new ScoreAnalysis(
                unitSource(source), Parameters.fromMap(ScoreParams.class, parameters)));
  }

  private static ComputedKind unitTrails() {
    return new ComputedKind(
        UnitTrailAnalysis.KIND,
        List.of(UnitTrailAnalysis.METHOD),
        UnitTrailParams.class,
        layerSource(),
        (_, source, parameters) -> {
          source.only("run", "layer", "epochs", "pooling");
          return new UnitTrailAnalysis(
              new SequenceSource.ByEpoch(
                  source.text("run"), source.text("layer"), source.integers("epochs")),
              pooling(source),
              Parameters.fromMap(UnitTrailParams.class, parameters));
        });
  }

  private static ComputedKind ablation() {
    return new ComputedKind(
        AblationAnalysis.KIND,
        List.of(AblationAnalysis.METHOD),
        AblationParams.class,
        unitSource(),
        (_, source, parameters) ->
            new AblationAnalysis(
                unitSource(source), Parameters.fromMap(AblationParams.class, parameters)));
  }

  private static ComputedKind activity() {
    return new ComputedKind(
        ActivityAnalysis.KIND,
        List.of(ActivityAnalysis.METHOD),
        ActivityParams.class,
        layerSource(),
        (_, source, parameters) -> {
          source.only("run", "layer", "epochs", "pooling");
          return new ActivityAnalysis(
              new ActivityAnalysis.Target(
                  source.text("run"),
                  source.text("layer"),
                  pooling(source),
                  source.integers("epochs")),
              Parameters.fromMap(ActivityParams.class, parameters));
        });
  }

  /// The schema of the units of a layer at several epochs.
  private static Map<String, Object> layerSource() {
    Map<String, Object> fields = fields("run", TEXT, "layer", TEXT);
    fields.put("epochs", Schemas.array(EPOCH));
    fields.put("pooling", POOLING);
    return AnalysisRequests.object(fields, "run", "layer");
  }

  /// The schema of the units of a layer.
  static Map<String, Object> unitSource() {
    Map<String, Object> fields = fields("run", TEXT, "epoch", EPOCH);
    fields.put("layer", TEXT);
    fields.put("pooling", POOLING);
    return AnalysisRequests.object(fields, "run", "epoch", "layer");
  }

  /// The units of a layer, as a request names them.
  static UnitSource unitSource(JsonBody source) {
    source.only("run", "epoch", "layer", "pooling");
    return new UnitSource(
        source.text("run"), source.integer("epoch"), source.text("layer"), pooling(source));
  }

  private static Optional<UnitPooling> pooling(JsonBody source) {
    return Optional.ofNullable(source.textOrNull("pooling")).map(UnitPooling::named);
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
