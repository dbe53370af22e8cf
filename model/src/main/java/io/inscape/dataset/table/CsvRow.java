package io.inscape.dataset.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.Arrays;

/// The row of a CSV file that is passing by: its characters, and where each field ends.
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> implements Row {
  private static final int MOST_CHARS = 1 << 25;

  private final Path path;
  private char[] chars = new char[1 << 12];
  private int[] ends = new int[64];
  private int count;
  private long line = 1;
  private long plainQuotes;

  CsvRow(Path path) {
    this.path = path;
  }

  int count() {
    return count;
  }

  /// Quotes seen so far in fields that are not quoted, where they mean themselves.
  long plainQuotes() {
    return plainQuotes;
  }

  /// {@return whether a field has the end of a line in it}
  boolean hasLines() {
    for (int i = 0; i < (count == 0 ? 0 : ends[count - 1]); i++) {
      if (chars[i] == '\n' || chars[i] == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    count = 0;
  }

  @Override
  protected void handleField(
      int fieldIndex, char[] buffer, int offset, int length, boolean quoted) {
    int from = count == 0 ? 0 : ends[count - 1];
    if (count == TableFile.MOST_COLUMNS) {
      throw ColumnNames.tooMany(path, "more than " + TableFile.MOST_COLUMNS);
    }
    if (length > MOST_CHARS - from) {
      throw InputException.unsupported(
          path.toString(), place(), "a row of more than " + MOST_CHARS + " characters", "less", "");
    }
    if (from + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(from + length, 2 * chars.length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    System.arraycopy(buffer, offset, chars, from, length);
    ends[count++] = from + length;
    for (int i = from; !quoted && i < from + length; i++) {
      plainQuotes += chars[i] == '"' ? 1 : 0;
    }
  }

  @Override
  protected CsvRow buildRecord() {
    return this;
  }

  @Override
  public String place() {
    return "line " + line;
  }

  @Override
  public double number(int column) {
    return Numbers.parse(chars, start(column), ends[column]);
  }

  @Override
  public String text(int column) {
    return new String(chars, start(column), ends[column] - start(column)).strip();
  }

  private int start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }
}
