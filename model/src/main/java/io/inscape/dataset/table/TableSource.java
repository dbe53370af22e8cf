package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.util.Arrays;

/// A file of a data set with what is known of its columns, which may stand in another order than
/// those of the training part.
///
/// @param file the table
/// @param scan what its columns hold
/// @param places where each column of the training part stands in this file
@SuppressWarnings("ArrayRecordComponent") // never leaves the package
record TableSource(TableFile file, ColumnScan scan, int[] places) {
  static TableSource train(TableFile file) {
    int[] places = new int[file.columns().size()];
    Arrays.setAll(places, i -> i);
    return new TableSource(file, ColumnScan.of(file), places);
  }

  /// The test part, with the same columns as the training part.
  static TableSource test(TableFile file, TableFile train) {
    int[] places = new int[train.columns().size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = file.columns().indexOf(train.columns().get(i));
      if (places[i] < 0) {
        throw otherColumns(file, "no column '" + train.columns().get(i) + "'", train);
      }
    }
    for (String name : file.columns()) {
      if (!train.columns().contains(name)) {
        throw otherColumns(file, "a column '" + name + "'", train);
      }
    }
    return new TableSource(file, ColumnScan.of(file), places);
  }

  private static InputException otherColumns(TableFile file, String found, TableFile train) {
    return InputException.malformed(
        file.file().toString(),
        "the header",
        found,
        "the columns of " + train.file(),
        "are the two files of one data set? Without a test part every sixth row is held back");
  }

  int at(int column) {
    return places[column];
  }

  boolean isText(int column) {
    return scan.isText(places[column]);
  }

  String name(int column) {
    return file.columns().get(places[column]);
  }

  String path() {
    return file.file().toString();
  }
}
