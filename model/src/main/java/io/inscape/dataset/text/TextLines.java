package io.inscape.dataset.text;

import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Texts as lines: the text, or its label, a tab and the text.
final class TextLines {
  private TextLines() {}

  static TextSets.Entries read(Path file) {
    List<String> lines = Lines.of(file);
    boolean labelled = !lines.isEmpty() && lines.stream().allMatch(line -> line.indexOf('\t') > 0);
    List<String> texts = new ArrayList<>(lines.size());
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int tab = labelled ? line.indexOf('\t') : -1;
      String text = line.substring(tab + 1).strip();
      String label = labelled ? line.substring(0, tab).strip() : "";
      if (text.isEmpty() || (labelled && label.isEmpty())) {
        throw InputException.malformed(
            file.toString(),
            "line " + (i + 1),
            text.isEmpty() ? "no text" : "no label",
            labelled ? "a label, a tab and a text" : "a text in each line",
            "take the line out");
      }
      texts.add(text);
      if (labelled) {
        labels.add(label);
      }
    }
    return new TextSets.Entries(texts, labels);
  }
}
