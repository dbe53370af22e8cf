package io.inscape.study.table;

import io.inscape.study.Study;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns that say which observation a row is of: its row in the study, its index in the data
/// set and, where there are labels, its class.
final class ObservationCells {
  private final int[] ids;
  private final int @Nullable [] labels;
  private final List<String> classNames;

  ObservationCells(Study study) {
    this.ids = study.sample();
    this.labels = study.labelled() ? study.labels() : null;
    this.classNames = study.info().dataset().classNames();
  }

  List<TableField> fields() {
    List<TableField> fields =
        new ArrayList<>(
            List.of(new TableField("row", TableType.INT32), new TableField("id", TableType.INT32)));
    if (labels != null) {
      fields.add(new TableField("class", TableType.INT32));
      fields.add(new TableField("label", TableType.TEXT));
    }
    return fields;
  }

  /// @param rows of the study; not modified
  List<Cells> cells(int[] rows) {
    List<Cells> cells = new ArrayList<>();
    cells.add(new Cells.Ints(rows));
    cells.add(new Cells.Ints(picked(ids, rows)));
    if (labels != null) {
      int[] classes = picked(labels, rows);
      cells.add(new Cells.Ints(classes));
      cells.add(new Cells.Texts(classNames, classes));
    }
    return cells;
  }

  /// The class of a row of the study; -1 where it has none.
  int label(int row) {
    return labels == null ? -1 : labels[row];
  }

  private static int[] picked(int[] values, int[] rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }
}
