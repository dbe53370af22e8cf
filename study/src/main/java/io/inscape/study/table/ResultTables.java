package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import io.inscape.study.analysis.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables of one kept result.
///
/// The columns of a result are arrays whose axes are observations, steps, classes, units and so on.
/// Columns over the same axes stand beside each other in one table, with a row for each place on
/// these axes; the two or three dimensions of the plane, and what else is one thing in several
/// parts, become columns. A column over fewer axes, such as the length of each trail, is repeated.
public final class ResultTables {
  /// The axes of every column, outermost first; `*` marks those that become columns.
  private static final Map<String, List<String>> AXES =
      Map.ofEntries(
          axes("projection.layout", "observation", "dim*"),
          axes("sequence.layouts", "step", "observation", "dim*"),
          axes("sequence.unaligned", "step", "observation", "dim*"),
          axes("sequence.neighborhoodHit", "step", "observation"),
          axes("sequence.length", "observation"),
          axes("sequence.stepLength", "move", "observation"),
          axes("bundle.bundled", "observation", "sample", "dim*"),
          axes("field.field", "field", "cell_row", "cell_col", "dim*"),
          axes("field.coverage", "field", "cell_row", "cell_col"),
          axes("units.unit", "live"),
          axes("units.layout", "live", "dim*"),
          axes("trails-of-units.unit", "live"),
          axes("trails-of-units.layouts", "step", "live", "dim*"),
          axes("trails-of-units.length", "live"),
          axes("scores.scores", "class", "unit"),
          axes("scores.second", "class", "unit"),
          axes("scores.mean", "class", "unit"),
          axes("scores.overall", "unit"),
          axes("scores.deviation", "unit"),
          axes("ablation.predictionsAfter", "observation", "class*"),
          axes("ablation.layout", "state*", "observation", "dim*"),
          axes("activity.perplexity", "epoch", "observation"));

  /// The list of a report that is a table, where a result has no columns or it says more.
  private static final Map<String, String> REPORTS =
      Map.of("probe", "layers", "findings", "findings", "clusters", "classes", "sequence", "steps");

  private final Study study;
  private final Results results;

  /// The tables of a study's results.
  ///
  /// @param study stays open as long as this is used
  public ResultTables(Study study) {
    this.study = study;
    this.results = new Results(study);
  }

  private static Map.Entry<String, List<String>> axes(String column, String... axes) {
    return Map.entry(column, List.of(axes));
  }

  /// All tables of a result, the main one first.
  ///
  /// @param result a kept result of the study
  /// @param rows which observations, where its rows are observations
  /// @return at least one
  /// @throws io.inscape.study.file.StudyException if a column is damaged
  public List<Table> of(AnalysisResult result, RowChoice rows) {
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    for (Map.Entry<String, ColumnInfo> column : result.columns().entrySet()) {
      List<String> keys =
          axes(result, column.getKey()).stream().filter(axis -> !axis.endsWith("*")).toList();
      if (!keys.isEmpty()) {
        groups.computeIfAbsent(keys, _ -> new ArrayList<>()).add(column.getKey());
      }
    }
    List<Table> tables = new ArrayList<>();
    Map<String, String> provenance = Provenance.of(study, result);
    for (Map.Entry<List<String>, List<String>> group : merged(groups).entrySet()) {
      AxisTable table = new AxisTable(study, result, group.getKey(), rows);
      for (String column : group.getValue()) {
        table.add(column, results.column(result.digest(), column), axes(result, column));
      }
      tables.add(table.table(provenance));
    }
    report(result, provenance, tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException(
          "result "
              + result.digest()
              + " is a "
              + result.kind()
              + " without rows; nothing to save");
    }
    return tables;
  }

  private static void report(
      AnalysisResult result, Map<String, String> provenance, List<Table> tables) {
    String list = REPORTS.getOrDefault(result.kind(), "");
    Object holder = result.report();
    if (result.report().get("quality") instanceof Map<?, ?> quality && quality.containsKey(list)) {
      holder = quality;
    }
    if (holder instanceof Map<?, ?> map && map.get(list) instanceof List<?> entries) {
      List<Map<?, ?>> records = new ArrayList<>();
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> record) {
          records.add(record);
        }
      }
      if (!records.isEmpty()) {
        tables.add(Records.table(list, records, provenance));
      }
    }
  }

  /// Puts what stands on fewer axes into the table of those that have them all.
  private static Map<List<String>, List<String>> merged(Map<List<String>, List<String>> groups) {
    Map<List<String>, List<String>> tables = new LinkedHashMap<>();
    groups.forEach((keys, columns) -> {
      List<String> home =
          groups.keySet().stream()
              .filter(other -> other.size() > keys.size() && other.containsAll(keys))
              .findFirst()
              .orElse(keys);
      tables.computeIfAbsent(home, _ -> new ArrayList<>()).addAll(columns);
    });
    return tables;
  }

  private List<String> axes(AnalysisResult result, String column) {
    List<String> known = AXES.get(result.kind() + "." + column);
    if (known != null) {
      return known;
    }
    ColumnInfo info = result.columns().get(column);
    List<Integer> shape = info == null ? List.of() : info.shape();
    boolean observations = !shape.isEmpty() && shape.getFirst() == study.count();
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      axes.add(axis == 0 && observations ? "observation" : "axis" + axis);
    }
    return axes;
  }
}
