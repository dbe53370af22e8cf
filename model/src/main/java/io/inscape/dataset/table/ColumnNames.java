package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks the header of a table.
final class ColumnNames {
  private static final int LONGEST = 1000;

  private ColumnNames() {}

  static List<String> require(Path file, List<String> names) {
    List<String> stripped = new ArrayList<>(names.size());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip();
      if (name.isEmpty() || name.length() > LONGEST) {
        throw InputException.malformed(
            file.toString(),
            "the header, column " + (i + 1),
            name.isEmpty() ? "no name" : "a name of " + name.length() + " characters",
            "a name of 1 to " + LONGEST + " characters",
            i == 0
                ? "if it counts the rows, leave it out: pandas does with to_csv(..., index=False)"
                : "name the column or take it out");
      }
      if (!seen.add(name)) {
        throw InputException.malformed(
            file.toString(),
            "the header, column " + (i + 1),
            "the name '" + name + "' again",
            "a name of its own for each column",
            "rename one of the two");
      }
      stripped.add(name);
    }
    requireWords(file, stripped);
    return List.copyOf(stripped);
  }

  /// Numbers alone are a first row of data, unless they count the columns as pandas does.
  private static void requireWords(Path file, List<String> names) {
    boolean counted = true;
    for (int i = 0; i < names.size(); i++) {
      if (Double.isNaN(Numbers.parse(names.get(i)))) {
        return;
      }
      counted &= names.get(i).equals(Integer.toString(i));
    }
    if (!counted) {
      throw InputException.malformed(
          file.toString(),
          "line 1",
          "numbers only (" + names.getFirst() + ", ...)",
          "the names of the columns",
          "put a line of names before the first row");
    }
  }

  static InputException tooMany(Path file, String found) {
    return InputException.unsupported(
        file.toString(),
        "the header",
        found + " columns",
        "at most " + TableFile.MOST_COLUMNS,
        "save so many numbers as arrays: vectors.npy and labels.npy in a folder");
  }
}
