package io.inscape.dataset.table;

import java.util.function.Consumer;

/// What each column of a table holds: found out in a first pass, in which nothing is kept.
final class ColumnScan implements Consumer<Row> {
  private final String[]
      text; // the first one that is no number, by column; null where there is none
  private final String[] textPlace;
  private final String[] missing; // what stands where nothing is known, by column
  private final String[] missingPlace;
  private long rows;

  private ColumnScan(int columns) {
    text = new String[columns];
    textPlace = new String[columns];
    missing = new String[columns];
    missingPlace = new String[columns];
  }

  static ColumnScan of(TableFile file) {
    ColumnScan scan = new ColumnScan(file.columns().size());
    file.read(scan);
    return scan;
  }

  @Override
  public void accept(Row row) {
    rows++;
    for (int column = 0; column < text.length; column++) {
      if ((text[column] != null && missing[column] != null) || !Double.isNaN(row.number(column))) {
        continue;
      }
      if (row.missing(column)) {
        if (missing[column] == null) {
          missing[column] = row.text(column);
          missingPlace[column] = row.place();
        }
      } else if (text[column] == null) {
        text[column] = row.text(column);
        textPlace[column] = row.place();
      }
    }
  }

  long rows() {
    return rows;
  }

  boolean isText(int column) {
    return text[column] != null;
  }

  String text(int column) {
    return text[column];
  }

  String textPlace(int column) {
    return textPlace[column];
  }

  boolean hasMissing(int column) {
    return missing[column] != null;
  }

  String missing(int column) {
    return missing[column];
  }

  String missingPlace(int column) {
    return missingPlace[column];
  }
}
