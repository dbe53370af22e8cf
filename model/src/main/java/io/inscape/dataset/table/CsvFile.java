package io.inscape.dataset.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// A table as text, by RFC 4180: fields between commas, semicolons or tabs (found out from the
/// first line), quoted where they hold such a character or the end of a line, a header, UTF-8 with
/// or without its mark.
///
/// The file passes through a buffer; a field may have a million characters.
final class CsvFile implements TableFile {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_FIELD = 1 << 20;

  private final Path path;
  private final char separator;
  private final List<String> names;

  private CsvFile(Path path, char separator, List<String> names) {
    this.path = path;
    this.separator = separator;
    this.names = names;
  }

  static CsvFile open(Path path) {
    char separator = separator(path);
    List<String> header = new ArrayList<>();
    pass(
        path,
        separator,
        row -> {
          for (int i = 0; i < row.count(); i++) {
            header.add(row.text(i));
          }
          return false;
        });
    if (header.isEmpty()) {
      throw InputException.malformed(
          path.toString(),
          "line 1",
          "the end of the file",
          "the names of the columns",
          "is the file empty?");
    }
    return new CsvFile(path, separator, ColumnNames.require(path, header));
  }

  @Override
  public Path file() {
    return path;
  }

  @Override
  public List<String> columns() {
    return names;
  }

  @Override
  public void read(Consumer<Row> taker) {
    boolean[] header = {true};
    pass(
        path,
        separator,
        row -> {
          if (header[0]) {
            header[0] = false;
          } else {
            requireWidth(row);
            taker.accept(row);
          }
          return true;
        });
  }

  private void requireWidth(CsvRow row) {
    if (row.count() != names.size()) {
      throw InputException.malformed(
          path.toString(),
          row.place(),
          row.count() + (row.count() == 1 ? " field" : " fields"),
          names.size() + ", one for each column of the header",
          "a field with a separator in it needs quotes");
    }
  }

  /// Takes rows, the header too, until it has enough.
  private interface Taker {
    boolean goesOnAfter(CsvRow row);
  }

  private static void pass(Path path, char separator, Taker taker) {
    CsvRow row = new CsvRow(path);
    try (QuoteReader counted = new QuoteReader(reader(path));
        CsvReader<CsvRow> csv =
            CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraCharsAfterClosingQuote(false)
                .allowExtraFields(true) // counted by us, with a sentence
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .build(row, counted)) {
      boolean more = true;
      Iterator<CsvRow> rows = csv.iterator();
      while (more && rows.hasNext()) {
        more = goesOn(taker, rows, counted);
      }
      if (more && (counted.quotes() - row.plainQuotes()) % 2 != 0) {
        throw unclosed(path, row.place());
      }
    } catch (CsvParseException e) {
      throw refused(path, row, e);
    } catch (UncheckedIOException e) {
      throw refused(path, e.getCause() == null ? new IOException(e) : e.getCause());
    } catch (IOException e) {
      throw refused(path, e);
    }
  }

  /// A row with a line's end in it that is wrong may be wrong for a quote that nothing closes.
  private static boolean goesOn(Taker taker, Iterator<CsvRow> rows, QuoteReader counted) {
    CsvRow row = rows.next();
    try {
      return taker.goesOnAfter(row);
    } catch (InputException e) {
      String place = row.place();
      boolean suspect = row.hasLines();
      while (suspect && rows.hasNext()) {
        rows.next();
      }
      throw suspect && (counted.quotes() - row.plainQuotes()) % 2 != 0
          ? unclosed(Path.of(e.path()), place)
          : e;
    }
  }

  private static InputException refused(Path path, CsvRow row, CsvParseException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof InputException known) {
      return known;
    }
    if (cause instanceof IOException io) {
      return refused(path, io);
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("buffer")) {
      return unclosed(path, row.place());
    }
    return InputException.malformed(
        path.toString(),
        row.place(),
        "something else than the end of a field after a closing quote",
        "a separator or the end of the line",
        "write a quote within quotes twice");
  }

  private static InputException refused(Path path, IOException e) {
    return e instanceof CharacterCodingException
        ? Bytes.noUtf8(path)
        : InputException.refused(path.toString(), "read", e);
  }

  private static InputException unclosed(Path path, String place) {
    return InputException.malformed(
        path.toString(),
        place,
        "a quote that nothing closes",
        "a closing quote within " + LONGEST_FIELD + " characters",
        "close it, write a quote within quotes twice, or fetch the file again if it is cut");
  }

  /// The text without the mark that some programs put before UTF-8.
  private static Reader reader(Path path) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(Files.newInputStream(path), 3);
    byte[] start = bytes.readNBytes(3);
    boolean marked =
        start.length == 3
            && start[0] == (byte) 0xef
            && start[1] == (byte) 0xbb
            && start[2] == (byte) 0xbf;
    if (!marked) {
      bytes.unread(start);
    }
    return new InputStreamReader(
        bytes,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /// The separator that the first line with anything in it has most often outside quotes.
  private static char separator(Path path) {
    String candidates = ",;\t";
    int[] counts = new int[candidates.length()];
    try (Reader reader = new java.io.BufferedReader(reader(path), BUFFER)) {
      boolean quoted = false;
      boolean started = false;
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (!quoted && started && (c == '\n' || c == '\r')) {
          break;
        }
        started |= c != '\n' && c != '\r';
        quoted ^= c == '"';
        int candidate = quoted ? -1 : candidates.indexOf(c);
        if (candidate >= 0) {
          counts[candidate]++;
        }
      }
    } catch (IOException e) {
      throw refused(path, e);
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return candidates.charAt(most);
  }
}
