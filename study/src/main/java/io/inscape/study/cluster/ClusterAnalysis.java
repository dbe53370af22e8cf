package io.inscape.study.cluster;

import io.inscape.cluster.ClusterParams;
import io.inscape.cluster.VisualClusters;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.parameter.Parameters;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.ComputedAnalysis;
import io.inscape.study.analysis.Results;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The visual clusters of each class in a kept projection, and the statistic of the input that
/// explains them.
///
/// @param of digest of the projection
/// @param projection the source of that projection, filled in from its result when it is asked for;
///   not part of what the result is addressed by, since the digest is
/// @param params when a gap counts
public record ClusterAnalysis(String of, Map<String, Object> projection, ClusterParams params)
    implements ComputedAnalysis {
  /// The kind.
  public static final String KIND = "clusters";

  /// What the method is called.
  public static final String METHOD = "gaps";

  /// Copies the source.
  public ClusterAnalysis {
    projection = Collections.unmodifiableMap(new LinkedHashMap<>(projection));
  }

  /// The clusters of a kept projection.
  ///
  /// @param of digest of its result
  /// @param params when a gap counts
  /// @return the analysis
  public static ClusterAnalysis of(String of, ClusterParams params) {
    return new ClusterAnalysis(of, Map.of(), params);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>(projection);
    about.put("of", of);
    return about;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind());
    fields.put("of", of);
    fields.put("method", method());
    fields.put("parameters", Parameters.toMap(params));
    return fields;
  }

  @Override
  public ClusterAnalysis resolve(Results results) {
    AnalysisResult kept = results.get(of);
    if (!kept.kind().equals("projection")) {
      throw new IllegalArgumentException(
          "clusters are those of a projection, but result " + of + " is a " + kept.kind());
    }
    results.study().labels(); // says where there are none
    return new ClusterAnalysis(of, kept.source(), params);
  }

  @Override
  public String inputs(Results results) {
    return of;
  }

  @Override
  public Outcome compute(Results results, Workers workers, Progress progress) {
    Column layout = results.column(of, "layout");
    Matrix positions = Matrix.of(layout.shape()[0], layout.shape()[1], layout.floats());
    List<ClassSplit> splits =
        ClassSplits.find(results.study(), positions, params, workers, progress);
    int[] column = column(splits, results.study().labels());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("classes", splits.stream().map(ClassSplit::toMap).toList());
    report.put("split", splits.stream().filter(ClassSplit::split).count());
    report.put("summary", SplitWords.sentence(splits));
    report.put("effectIs", "probability of superiority, .5 to 1");
    results.get(of).source().forEach(report::put);
    report.put("projection", results.get(of).method());
    return new Outcome(report, Map.of("cluster", Column.int32(column, column.length)));
  }

  private static int[] column(List<ClassSplit> splits, int[] labels) {
    int[] column = new int[labels.length];
    Arrays.fill(column, -1);
    for (ClassSplit split : splits) {
      VisualClusters clusters = split.clusters();
      if (clusters != null) {
        int[] rows = ClassSplits.members(labels, split.label());
        int[] cluster = clusters.cluster();
        for (int at = 0; at < rows.length; at++) {
          column[rows[at]] = cluster[at];
        }
      }
    }
    return column;
  }
}
