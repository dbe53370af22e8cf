package io.inscape.study.analysis;

import java.util.List;
import java.util.Map;

/// Something that can be computed from a study: a kind and its parameters.
public sealed interface Analysis
    permits ProjectionAnalysis, SequenceAnalysis, BundleAnalysis, FieldAnalysis, ComputedAnalysis {
  /// All kinds.
  List<String> KINDS =
      List.of(
          ProjectionAnalysis.KIND,
          SequenceAnalysis.KIND,
          BundleAnalysis.KIND,
          FieldAnalysis.KIND,
          "probe",
          "units",
          "trails-of-units",
          "scores",
          "activity",
          "ablation",
          "clusters",
          "findings");

  /// {@return the kind, which is also the folder of its results}
  String kind();

  /// {@return what it looks at, as JSON has it}
  Map<String, Object> about();

  /// {@return what it is called within its kind, such as `tsne`}
  String method();

  /// {@return its parameters as JSON has them}
  Map<String, Object> parameters();

  /// {@return everything that identifies it: kind, source, method and parameters}
  Map<String, Object> describe();
}
