package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What every kept network makes of every observation: a block of rows for each, read as it is
/// written.
final class PredictionRows {
  private final Study study;
  private final List<String> names;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final int[] rows;
  private final Map<String, String> provenance;
  private final ObservationCells observations;

  private record Snapshot(Run run, int epoch) {}

  PredictionRows(Study study, StudyTables.Choice choice, Map<String, String> provenance) {
    this.study = study;
    this.names = study.info().dataset().classNames();
    this.rows = choice.rows().rows();
    this.provenance = provenance;
    this.observations = new ObservationCells(study);
    for (Run run : study.runs()) {
      for (int epoch : run.info().snapshots()) {
        if (!names.isEmpty() && choice.takes(run.name(), epoch)) {
          snapshots.add(new Snapshot(run, epoch));
        }
      }
    }
  }

  Table table() {
    List<TableField> fields =
        new ArrayList<>(
            List.of(
                new TableField("run", TableType.TEXT), new TableField("epoch", TableType.INT32)));
    fields.addAll(observations.fields());
    fields.add(new TableField("predicted_class", TableType.INT32));
    fields.add(new TableField("prediction", TableType.TEXT));
    fields.add(new TableField("score", TableType.FLOAT32));
    fields.add(new TableField("correct", TableType.INT32));
    names.forEach(name -> fields.add(new TableField("probability_" + name, TableType.FLOAT32)));
    long count = (long) rows.length * snapshots.size();
    return new Table("predictions", fields, count, provenance, this::each);
  }

  private void each(Consumer<List<Cells>> block) {
    for (Snapshot snapshot : snapshots) {
      block.accept(rows(snapshot));
    }
  }

  private List<Cells> rows(Snapshot snapshot) {
    float[] probabilities = snapshot.run().predictions(snapshot.epoch());
    int classes = probabilities.length / study.count();
    int[] predicted = new int[rows.length];
    int[] correct = new int[rows.length];
    float[] score = new float[rows.length];
    float[][] columns = new float[names.size()][rows.length];
    for (int i = 0; i < rows.length; i++) {
      int at = rows[i] * classes;
      for (int target = 0; target < columns.length; target++) {
        columns[target][i] = target < classes ? probabilities[at + target] : Float.NaN;
        if (columns[target][i] > columns[predicted[i]][i]) {
          predicted[i] = target;
        }
      }
      score[i] = columns[predicted[i]][i];
      correct[i] = predicted[i] == observations.label(rows[i]) ? 1 : 0;
    }
    List<Cells> cells = new ArrayList<>();
    cells.add(Cells.Texts.same(snapshot.run().name(), rows.length));
    cells.add(Cells.Ints.same(snapshot.epoch(), rows.length));
    cells.addAll(observations.cells(rows));
    cells.add(new Cells.Ints(predicted));
    cells.add(new Cells.Texts(names, predicted));
    cells.add(new Cells.Floats(score));
    cells.add(new Cells.Ints(correct));
    for (float[] column : columns) {
      cells.add(new Cells.Floats(column));
    }
    return cells;
  }
}
