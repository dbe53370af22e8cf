package io.inscape.dataset.table;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Counts the quotes that pass: the library takes a quote that is never closed for one that the end
/// of the file closes.
final class QuoteReader extends FilterReader {
  private long quotes;

  QuoteReader(Reader in) {
    super(in);
  }

  long quotes() {
    return quotes;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    quotes += next == '"' ? 1 : 0;
    return next;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (target[i] == '"') {
        quotes++;
      }
    }
    return read;
  }
}
