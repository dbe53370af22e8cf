package io.inscape.snapshot;

import io.inscape.parameter.Parameters;
import io.inscape.vectors.TextTable;
import io.inscape.weight.DistributionParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What is said about the weights of one or more networks.
///
/// Made by [WeightSurvey]; the histograms of a tensor have the same bins in all snapshots.
public final class WeightReport {
  private final DistributionParams params;
  private final List<Snapshot> snapshots;
  private final List<TensorRow> rows;
  private final List<Comparison> comparisons;
  private final List<String> sentences;

  WeightReport(
      DistributionParams params,
      List<Snapshot> snapshots,
      List<TensorRow> rows,
      List<Comparison> comparisons,
      List<String> notCompared) {
    this.params = params;
    this.snapshots = List.copyOf(snapshots);
    this.rows = List.copyOf(rows);
    this.comparisons = List.copyOf(comparisons);
    this.sentences = new ArrayList<>(diverged(rows));
    this.sentences.addAll(notCompared);
  }

  List<TensorRow> rows() {
    return rows;
  }

  /// {@return what has to be said in words: weights that are not finite, tensors that cannot be
  /// compared}
  public List<String> sentences() {
    return List.copyOf(sentences);
  }

  /// {@return the report for programs}
  ///
  /// @param version of Inscape
  public Map<String, Object> toMap(String version) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", version);
    map.put("parameters", Parameters.toMap(params));
    List<Map<String, Object>> models = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("title", snapshot.title());
      model.put("file", snapshot.file().toString());
      model.put("run", snapshot.run());
      model.put("epoch", snapshot.epoch());
      model.put("tensors", of(snapshot).stream().map(TensorRow::toMap).toList());
      models.add(model);
    }
    map.put("models", models);
    map.put("comparisons", comparisons.stream().map(Comparison::toMap).toList());
    map.put("notes", sentences);
    return map;
  }

  /// {@return the report for a person}
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      lines.add(snapshot.title());
      lines.add("");
      TextTable table =
          new TextTable(
              "layer",
              "count",
              "mean",
              "sd",
              "min",
              "25 %",
              "median",
              "75 %",
              "max",
              "near 0",
              "not finite",
              "tensor");
      of(snapshot).forEach(row -> table.add(row.cells()));
      lines.addAll(table.lines());
      lines.add("");
    }
    if (!comparisons.isEmpty()) {
      lines.addAll(comparisonTable());
      lines.add("");
    }
    lines.addAll(sentences);
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private List<String> comparisonTable() {
    TextTable table =
        new TextTable("tensor", "Kolmogorov-Smirnov", "Wasserstein", "compared with " + first());
    for (Comparison comparison : comparisons) {
      table.add(
          comparison.tensor().title(),
          String.format(Locale.ROOT, "%.4f", comparison.distance().kolmogorovSmirnov()),
          String.format(Locale.ROOT, "%.4g", comparison.distance().wasserstein()),
          comparison.other().title());
    }
    return table.lines();
  }

  private String first() {
    return snapshots.getFirst().title();
  }

  private List<TensorRow> of(Snapshot snapshot) {
    return rows.stream().filter(row -> row.snapshot().equals(snapshot)).toList();
  }

  /// The first snapshot of each run, or each file, with weights that are not finite.
  private static List<String> diverged(List<TensorRow> rows) {
    List<String> sentences = new ArrayList<>();
    Set<String> said = new LinkedHashSet<>();
    for (TensorRow row : rows) {
      String where = row.snapshot().run() == null ? row.snapshot().title() : row.snapshot().run();
      if (!row.distribution().sound() && said.add(where + " " + row.key())) {
        sentences.add(
            row.snapshot().title()
                + ": "
                + TextTable.count(row.distribution().nan() + row.distribution().infinite())
                + " of the "
                + TextTable.count(row.distribution().count())
                + " "
                + row.tensor().title()
                + " are NaN or infinite"
                + (row.snapshot().epoch() == null
                    ? "; the training has diverged."
                    : "; the training has diverged, and this is the first of the epochs looked at to"
                        + " show it."));
      }
    }
    return sentences;
  }
}
