package io.inscape.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rows as text for people and for programs.
public final class ResultTable {
  private static final List<String> HEADER =
      List.of(
          "what",
          "NH in 2-D",
          "NH own space",
          "trustworthiness",
          "accuracy shown",
          "accuracy test");

  private ResultTable() {}

  /// {@return a table of fixed columns, for a terminal}
  ///
  /// @param rows of the table
  public static List<String> text(List<Row> rows) {
    List<List<String>> cells = cells(rows);
    int[] widths = new int[HEADER.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder(line.getFirst());
      text.repeat(' ', widths[0] - line.getFirst().length());
      for (int i = 1; i < widths.length; i++) {
        text.repeat(' ', 2 + widths[i] - line.get(i).length()).append(line.get(i));
      }
      lines.add(text.toString());
    }
    return lines;
  }

  /// {@return a table in Markdown}
  ///
  /// @param rows of the table
  public static String markdown(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    List<List<String>> cells = cells(rows);
    for (int i = 0; i < cells.size(); i++) {
      text.append("| ").append(String.join(" | ", cells.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---").repeat("|--:", HEADER.size() - 1).append("|\n");
      }
    }
    return text.toString();
  }

  /// {@return a table of comma-separated values, numbers as they are}
  ///
  /// @param rows of the table
  public static String csv(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            "what,neighborhood_hit,neighborhood_hit_own_space,trustworthiness,accuracy_shown,accuracy_test,digest\n");
    for (Row row : rows) {
      text.append('"').append(row.what().replace("\"", "\"\"")).append("\",");
      text.append(row.neighborhoodHit())
          .append(',')
          .append(row.neighborhoodHitOwnSpace())
          .append(',');
      text.append(row.trustworthiness())
          .append(',')
          .append(plain(row.sampleAccuracy()))
          .append(',');
      text.append(plain(row.testAccuracy())).append(',').append(row.digest()).append('\n');
    }
    return text.toString();
  }

  private static List<List<String>> cells(List<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADER);
    for (Row row : rows) {
      cells.add(
          List.of(
              row.what(),
              Projector.percent(row.neighborhoodHit()),
              Projector.percent(row.neighborhoodHitOwnSpace()),
              String.format(Locale.ROOT, "%.4f", row.trustworthiness()),
              percent(row.sampleAccuracy()),
              percent(row.testAccuracy())));
    }
    return cells;
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : Projector.percent(share);
  }

  private static String plain(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
