package io.inscape.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of text: the first and the last column to the left, the others to the right.
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /// A table with a header.
  ///
  /// @param header one word for each column
  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /// Adds a row.
  ///
  /// @param cells one for each column
  /// @throws IllegalArgumentException when there are not so many
  public void add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells in a table of " + rows.getFirst().size());
    }
    rows.add(List.of(cells));
  }

  /// {@return the rows, header first, columns below each other}
  public List<String> lines() {
    int columns = rows.getFirst().size();
    int[] width = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        width[column] = Math.max(width[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        boolean left = column == 0 || column == columns - 1;
        String space = " ".repeat(width[column] - row.get(column).length());
        line.append("  ").append(left ? row.get(column) + space : space + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /// A number as a person reads it: `70,000`.
  ///
  /// @param value any
  /// @return the text
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
