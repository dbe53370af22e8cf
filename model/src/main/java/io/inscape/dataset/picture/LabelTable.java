package io.inscape.dataset.picture;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads `labels.csv`: a line for each image with its file, a comma, and its class or number.
///
/// A first line of names is known by its first field, which then is no image's file; a second field
/// `class` or `value` says what the labels are. Else they are classes, unless all are numbers and
/// one is not whole. Fields may stand in double quotes.
///
/// @param labels of each file, by file
/// @param numbers whether the labels are numbers to be predicted
record LabelTable(Map<String, String> labels, boolean numbers) {
  static final String NAME = "labels.csv";
  private static final long MOST_BYTES = 256L << 20;

  static LabelTable read(Path file) {
    List<String> lines = lines(file);
    Map<String, String> labels = new TreeMap<>();
    String kind = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      List<String> fields = fields(file, i, line);
      if (i == 0 && !FolderListing.isImageName(fields.get(0))) {
        kind = fields.get(1).toLowerCase(Locale.ROOT);
        continue;
      }
      requireInside(file, i, fields.get(0));
      if (fields.get(1).isEmpty()) {
        throw malformed(file, i, "no label for " + fields.get(0), "a class or a number", "");
      }
      if (labels.put(fields.get(0), fields.get(1)) != null) {
        throw malformed(
            file, i, fields.get(0) + " a second time", "one line for each image", "take one away");
      }
    }
    return new LabelTable(labels, areNumbers(file, kind, labels));
  }

  private static List<String> lines(Path file) {
    try {
      long bytes = Files.size(file);
      long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8);
      if (bytes > most) {
        throw InputException.unsupported(
            file.toString(), "its size", bytes + " bytes", "at most " + most + " bytes", "");
      }
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.getFirst().startsWith("\ufeff")) {
        lines.set(0, lines.getFirst().substring(1)); // what spreadsheets put before UTF-8
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw InputException.malformed(
          file.toString(), "the text", "bytes that are no UTF-8", "UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private static List<String> fields(Path file, int line, String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(letter);
      }
    }
    fields.add(field.toString().strip());
    if (quoted || fields.size() != 2) {
      throw malformed(
          file,
          line,
          quoted ? "a quote that does not end" : fields.size() + " fields",
          "two, the image's file and its label",
          "");
    }
    return fields;
  }

  private static void requireInside(Path file, int line, String name) {
    boolean leadsOut =
        name.isEmpty()
            || name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf(':') >= 0
            || name.indexOf('\0') >= 0
            || List.of(name.split("/", -1)).contains("..");
    if (leadsOut) {
      throw malformed(
          file, line, "the file '" + name + "'", "a file in the folder or below it", "");
    }
  }

  private static boolean areNumbers(Path file, String kind, Map<String, String> labels) {
    boolean fractional = false;
    for (Map.Entry<String, String> entry : labels.entrySet()) {
      double value = number(entry.getValue());
      if (!Float.isFinite((float) value)) {
        if (kind.equals("value")) {
          throw InputException.malformed(
              file.toString(),
              entry.getKey(),
              "the label '" + entry.getValue() + "'",
              "a finite number, for the column is called value",
              "call it class if these are classes");
        }
        return false;
      }
      fractional |= value != Math.rint(value);
    }
    return kind.equals("value") || (fractional && !kind.equals("class"));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static InputException malformed(
      Path file, int line, String found, String expected, String hint) {
    return InputException.malformed(file.toString(), "line " + (line + 1), found, expected, hint);
  }
}
