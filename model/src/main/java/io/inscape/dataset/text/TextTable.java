package io.inscape.dataset.text;

import io.inscape.dataset.InputException;
import io.inscape.dataset.table.LabelCollector;
import io.inscape.dataset.table.TableFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Texts in the column `text` of a table.
final class TextTable {
  private static final String TEXT = "text";

  private TextTable() {}

  static boolean isOne(Path file) {
    return TableFile.isOne(file) && TableFile.open(file).indexOf(TEXT) >= 0;
  }

  static TextSets.Entries read(Path file, Optional<String> wanted) {
    TableFile table = TableFile.open(file);
    int column = table.indexOf(TEXT);
    if (column < 0) {
      throw InputException.malformed(
          file.toString(),
          "the header",
          "the columns " + String.join(", ", table.columns()),
          "a column called text, as in the other part",
          "");
    }
    int label = label(table, wanted);
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    table.read(row -> {
      String text = row.text(column);
      if (text.isEmpty() || (label >= 0 && row.missing(label))) {
        throw InputException.malformed(
            file.toString(),
            row.place(),
            text.isEmpty() ? "no text" : "no label",
            "a text" + (label < 0 ? "" : " and a label") + " in each row",
            "fill it in, or take the row out");
      }
      texts.add(text);
      if (label >= 0) {
        labels.add(row.text(label));
      }
    });
    return new TextSets.Entries(texts, labels);
  }

  private static int label(TableFile table, Optional<String> wanted) {
    if (wanted.isPresent() && table.indexOf(wanted.get()) < 0) {
      throw InputException.unsupported(
          table.file().toString(),
          "the header",
          "the columns " + String.join(", ", table.columns()),
          "a column called " + wanted.get(),
          "name the column of the labels as the header does");
    }
    return wanted
        .map(table::indexOf)
        .orElseGet(() ->
            LabelCollector.USUAL.stream()
                .map(table::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1));
  }
}
