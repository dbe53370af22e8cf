package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The kept neuron scores, a block of rows for each result.
final class ScoreRows {
  private final List<String> names;
  private final Results results;
  private final List<AnalysisResult> kept = new ArrayList<>();
  private final Map<String, String> provenance;

  ScoreRows(
      Study study, Results results, StudyTables.Choice choice, Map<String, String> provenance) {
    this.names = study.info().dataset().classNames();
    this.results = results;
    this.provenance = provenance;
    for (ResultSummary summary : results.list("scores", null)) {
      if (choice.takes(summary.source().get("run"), summary.source().get("epoch"))) {
        kept.add(results.get(summary.digest()));
      }
    }
  }

  Table table() {
    List<TableField> fields =
        List.of(
            new TableField("result", TableType.TEXT),
            new TableField("run", TableType.TEXT),
            new TableField("epoch", TableType.INT32),
            new TableField("layer", TableType.TEXT),
            new TableField("pooling", TableType.TEXT),
            new TableField("class", TableType.INT32),
            new TableField("label", TableType.TEXT),
            new TableField("unit", TableType.INT32),
            new TableField("score", TableType.FLOAT32),
            new TableField("second", TableType.FLOAT32),
            new TableField("mean", TableType.FLOAT32),
            new TableField("overall", TableType.FLOAT32),
            new TableField("deviation", TableType.FLOAT32));
    long count = kept.stream().mapToLong(result -> (long) classes(result) * units(result)).sum();
    return new Table("scores", fields, count, provenance, this::each);
  }

  private static int classes(AnalysisResult result) {
    return size(result, 0);
  }

  private static int units(AnalysisResult result) {
    return size(result, 1);
  }

  private static int size(AnalysisResult result, int axis) {
    AnalysisResult.ColumnInfo info = result.columns().get("scores");
    return info == null ? 0 : info.shape().get(axis);
  }

  private void each(Consumer<List<Cells>> block) {
    kept.forEach(result -> block.accept(rows(result)));
  }

  private List<Cells> rows(AnalysisResult result) {
    int units = units(result);
    int count = classes(result) * units;
    int[] target = new int[count];
    int[] unit = new int[count];
    for (int i = 0; i < count; i++) {
      target[i] = i / units;
      unit[i] = i % units;
    }
    return List.of(
        Cells.Texts.same(result.digest(), count),
        Cells.Texts.same(said(result, "run"), count),
        Cells.Ints.same(
            result.source().get("epoch") instanceof Number epoch ? epoch.intValue() : -1, count),
        Cells.Texts.same(said(result, "layer"), count),
        Cells.Texts.same(said(result, "pooling"), count),
        new Cells.Ints(target),
        new Cells.Texts(names, target),
        new Cells.Ints(unit),
        column(result, "scores", count),
        column(result, "second", count),
        column(result, "mean", count),
        column(result, "overall", count),
        column(result, "deviation", count));
  }

  private static String said(AnalysisResult result, String key) {
    Object value = result.source().get(key);
    return value == null ? "" : String.valueOf(value);
  }

  /// A column of the result; one by unit is repeated for each class, one that is not there is not
  /// known.
  private Cells column(AnalysisResult result, String name, int count) {
    float[] values = new float[count];
    if (!result.columns().containsKey(name)) {
      Arrays.fill(values, Float.NaN);
      return new Cells.Floats(values);
    }
    float[] kept = results.column(result.digest(), name).floats();
    for (int i = 0; i < count; i++) {
      values[i] = kept[i % kept.length];
    }
    return new Cells.Floats(values);
  }
}
