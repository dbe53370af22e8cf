package io.inscape.study.unit;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neuron.NeuronDissimilarity;
import io.inscape.neuron.NeuronMap;
import io.inscape.parameter.Parameters;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// The units of a layer in the plane, by how alike they are.
///
/// @param source which units
/// @param params how they are compared
/// @param layout how they are laid out, by one of [NeuronMap#METHODS], in two dimensions
public record UnitMapAnalysis(UnitSource source, UnitMapParams params, ProjectionParams layout)
    implements ComputedAnalysis {
  /// The name of the kind.
  public static final String KIND = "units";

  private static final String MEASURE = "measure";
  private static final String DIMENSIONS = "dimensions";

  /// Checks the method.
  ///
  /// @throws IllegalArgumentException if units cannot be laid out so
  public UnitMapAnalysis {
    NeuronMap.method(layout.method());
    Object dimensions = Parameters.toMap((Record) layout).get(DIMENSIONS);
    if (!Integer.valueOf(2).equals(dimensions)) {
      throw new IllegalArgumentException(
          "units are laid out in 2 dimensions, got " + dimensions + "; leave dimensions out");
    }
  }

  /// The analysis that a method's name and options ask for.
  ///
  /// @param source which units
  /// @param method one of [NeuronMap#METHODS]
  /// @param parameters `measure` and the method's own; those left out have their defaults
  /// @return the analysis
  /// @throws IllegalArgumentException if the method or an option is not there or out of range
  public static UnitMapAnalysis of(UnitSource source, String method, Map<String, ?> parameters) {
    Map<String, Object> own = new LinkedHashMap<>(parameters);
    Map<String, Object> shared = new LinkedHashMap<>();
    if (own.containsKey(MEASURE)) {
      shared.put(MEASURE, own.remove(MEASURE));
    }
    return new UnitMapAnalysis(
        source,
        Parameters.fromMap(UnitMapParams.class, shared),
        NeuronMap.method(method).params(own));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    return source.describe();
  }

  @Override
  public String method() {
    return layout.method();
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>(Parameters.toMap(params));
    parameters.putAll(Parameters.toMap((Record) layout));
    return parameters;
  }

  @Override
  public boolean asks(Map<String, Object> kept) {
    UnitMapAnalysis asked = of(source, method(), kept);
    return asked.params().equals(params) && asked.layout().equals(layout);
  }

  @Override
  public UnitMapAnalysis resolve(Results results) {
    UnitSource resolved = source.resolve(results.study());
    UnitChecks.requireSeveral(resolved, results.study());
    return new UnitMapAnalysis(resolved, params, layout);
  }

  @Override
  public String inputs(Results results) {
    return source.inputsDigest(results.study());
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    progress.report("activations", 0);
    Matrix activations = UnitActivations.read(results.study(), source, workers, progress);
    int live = UnitFigures.of(activations).live().length;
    UnitChecks.requireLive(source, live, activations.cols(), activations.rows());
    UnitChecks.requireFew(source, live);
    NeuronMap map =
        NeuronMap.of(
            NeuronDissimilarity.of(activations, params.measure(), workers, progress),
            layout,
            workers,
            progress);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("units", map.units().units());
    report.put("dead", numbers(map.units().dead()));
    report.put(MEASURE, params.measure().name().toLowerCase(Locale.ROOT));
    report.put("stress", map.stress());
    report.put("pooling", source.chosen().label());
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("unit", Column.int32(map.units().live(), live));
    columns.put("layout", Column.float32(map.layout().toArray(), live, 2));
    return new Outcome(report, columns);
  }

  private static List<Integer> numbers(int[] units) {
    return IntStream.of(units).boxed().toList();
  }
}
