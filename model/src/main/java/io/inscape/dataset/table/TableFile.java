package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// A file of rows and named columns: CSV, or Parquet. It may be larger than memory, for its rows
/// pass by one after the other.
public sealed interface TableFile permits CsvFile, ParquetFile {
  /// How many columns a table may have.
  int MOST_COLUMNS = 100_000;

  /// The endings of the names of such files.
  List<String> ENDINGS = List.of(".csv", ".tsv", ".parquet");

  /// Opens a file far enough to know its columns.
  ///
  /// @param file with one of the [endings][#ENDINGS]
  /// @return the table
  /// @throws InputException when it is not there, is damaged, or has no header
  static TableFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(file.toString(), "a table", "check the path");
    }
    return name(file).endsWith(".parquet") ? ParquetFile.open(file) : CsvFile.open(file);
  }

  /// {@return whether a file's name tells that it is a table}
  ///
  /// @param file any path
  static boolean isOne(Path file) {
    return ENDINGS.stream().anyMatch(name(file)::endsWith);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /// {@return the file}
  Path file();

  /// {@return the names of the columns, in the order of the file, each different}
  List<String> columns();

  /// Lets all rows pass by.
  ///
  /// @param taker gets each row; what it throws ends the reading
  /// @throws InputException when the file is damaged
  void read(Consumer<Row> taker);

  /// Adds the bytes of the file to a digest.
  ///
  /// @param digest gets them
  /// @throws InputException when the file cannot be read
  default void digest(MessageDigest digest) {
    Bytes.digest(file(), digest);
  }

  /// Where a name stands among the columns, whatever its capitals.
  ///
  /// @param name any
  /// @return its index, or -1
  default int indexOf(String name) {
    int exact = columns().indexOf(name);
    for (int i = 0; exact < 0 && i < columns().size(); i++) {
      if (columns().get(i).equalsIgnoreCase(name)) {
        exact = i;
      }
    }
    return exact;
  }

  /// Checks the names of columns.
  ///
  /// @param file where they stand
  /// @param names as they stand there
  /// @return the names without spaces around them
  /// @throws InputException when one is empty, there twice, or there are none or too many
  static List<String> requireNames(Path file, List<String> names) {
    return ColumnNames.require(file, names);
  }
}
