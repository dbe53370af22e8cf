package io.inscape.dataset.table;

import io.inscape.dataset.InputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which columns of a table are what.
///
/// @param label the column of the labels, -1 for none
/// @param guessed whether nobody named it
/// @param split the column that tells the parts apart, -1 for none
/// @param features the columns of the vectors
@SuppressWarnings("ArrayRecordComponent") // never leaves the package
record TablePlan(int label, boolean guessed, int split, int[] features) {
  /// Decides.
  ///
  /// @param sources one file or two, the training part first
  /// @param wanted the name of the column of labels, if somebody said it
  static TablePlan of(List<TableSource> sources, Optional<String> wanted) {
    TableFile table = sources.getFirst().file();
    int split = table.indexOf("split");
    int label = wanted.map(name -> named(table, name)).orElseGet(() -> usual(sources, split));
    int[] features =
        IntStream.range(0, table.columns().size())
            .filter(column -> column != label && column != split)
            .toArray();
    TablePlan plan =
        new TablePlan(label, wanted.isEmpty(), sources.size() == 1 ? split : -1, features);
    plan.requireFeatures(table);
    for (TableSource source : sources) {
      plan.requireNumbers(source);
    }
    return plan;
  }

  private static int named(TableFile table, String name) {
    int index = table.indexOf(name);
    if (index < 0) {
      List<String> all = table.columns();
      throw InputException.unsupported(
          table.file().toString(),
          "the header",
          "the columns " + String.join(", ", all.subList(0, Math.min(20, all.size()))),
          "a column called " + name,
          "name the column of the labels as the header does");
    }
    return index;
  }

  private static int usual(List<TableSource> sources, int split) {
    TableFile table = sources.getFirst().file();
    for (String name : LabelCollector.USUAL) {
      int index = table.indexOf(name);
      if (index >= 0) {
        return index;
      }
    }
    for (int column = table.columns().size() - 1; column >= 0; column--) {
      int at = column;
      if (column != split && sources.stream().anyMatch(source -> source.isText(at))) {
        return column;
      }
    }
    return -1;
  }

  private void requireFeatures(TableFile table) {
    if (features.length == 0 || table.columns().size() == 1) {
      throw InputException.unsupported(
          table.file().toString(),
          "the header",
          table.columns().size() == 1
              ? "one column only, '" + table.columns().getFirst() + "'"
              : "no column but " + String.join(" and ", table.columns()),
          "at least two columns, between commas, semicolons or tabs",
          "a vector needs numbers to be made of");
    }
  }

  private void requireNumbers(TableSource source) {
    if (source.scan().rows() == 0) {
      throw InputException.unsupported(
          source.path(), "the rows", "a header only", "at least one row", "");
    }
    for (int column : features) {
      int at = source.at(column);
      if (source.scan().isText(at)) {
        throw text(source, column);
      }
      if (source.scan().hasMissing(at)) {
        String found = source.scan().missing(at);
        throw InputException.malformed(
            source.path(),
            source.scan().missingPlace(at) + ", column '" + source.name(column) + "'",
            found.isEmpty() ? "nothing" : "'" + found + "'",
            "a number in every row",
            "fill in what is missing, or take the row or the column out");
      }
    }
  }

  private InputException text(TableSource source, int column) {
    int at = source.at(column);
    String name = source.name(column);
    String text = source.scan().text(at);
    boolean comma = text.matches("[-+]?\\d+,\\d+");
    return InputException.unsupported(
        source.path(),
        source.scan().textPlace(at) + ", column '" + name + "'",
        "the text '" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'",
        "a number",
        comma
            ? "write numbers with a point"
            : "take the column out, make numbers of its texts (a column of 0 and 1 for each), or say"
                + " --label "
                + name
                + " if these are the labels");
  }
}
