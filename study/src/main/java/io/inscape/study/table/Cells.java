package io.inscape.study.table;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cells of one column in some rows. NaN stands for a number that is not known.
@SuppressWarnings("ArrayRecordComponent") // handed on to a file, compared by nobody
public sealed interface Cells {
  /// {@return how many there are}
  int count();

  /// {@return what they are}
  TableType type();

  /// A cell as text, with a dot before decimals.
  ///
  /// @param row in [0, count)
  /// @return null where nothing is known
  @Nullable String text(int row);

  /// Whole numbers of 32 bits.
  ///
  /// @param values not modified
  record Ints(int[] values) implements Cells {
    /// The same number in all rows.
    static Ints same(int value, int count) {
      int[] values = new int[count];
      Arrays.fill(values, value);
      return new Ints(values);
    }

    @Override
    public int count() {
      return values.length;
    }

    @Override
    public TableType type() {
      return TableType.INT32;
    }

    @Override
    public String text(int row) {
      return Integer.toString(values[row]);
    }
  }

  /// Whole numbers of 64 bits.
  ///
  /// @param values not modified
  /// @param missing the rows where nothing is known
  record Longs(long[] values, BitSet missing) implements Cells {
    @Override
    public int count() {
      return values.length;
    }

    @Override
    public TableType type() {
      return TableType.INT64;
    }

    @Override
    public @Nullable String text(int row) {
      return missing.get(row) ? null : Long.toString(values[row]);
    }
  }

  /// Floats of 32 bits.
  ///
  /// @param values not modified
  record Floats(float[] values) implements Cells {
    @Override
    public int count() {
      return values.length;
    }

    @Override
    public TableType type() {
      return TableType.FLOAT32;
    }

    @Override
    public @Nullable String text(int row) {
      return Float.isNaN(values[row]) ? null : Float.toString(values[row]);
    }
  }

  /// Floats of 64 bits.
  ///
  /// @param values not modified
  record Doubles(double[] values) implements Cells {
    @Override
    public int count() {
      return values.length;
    }

    @Override
    public TableType type() {
      return TableType.FLOAT64;
    }

    @Override
    public @Nullable String text(int row) {
      return Double.isNaN(values[row]) ? null : Double.toString(values[row]);
    }
  }

  /// Texts, few of which differ.
  ///
  /// @param words the different ones
  /// @param codes which word each row has; -1 for none; not modified
  record Texts(List<String> words, int[] codes) implements Cells {
    /// Copies the words.
    public Texts {
      words = List.copyOf(words);
    }

    /// The same text in all rows.
    static Texts same(String word, int count) {
      return new Texts(List.of(word), new int[count]);
    }

    /// Texts that all may differ.
    static Texts of(List<@Nullable String> texts) {
      int[] codes = new int[texts.size()];
      Arrays.setAll(codes, row -> texts.get(row) == null ? -1 : row);
      return new Texts(texts.stream().map(text -> text == null ? "" : text).toList(), codes);
    }

    @Override
    public int count() {
      return codes.length;
    }

    @Override
    public TableType type() {
      return TableType.TEXT;
    }

    @Override
    public @Nullable String text(int row) {
      return codes[row] < 0 ? null : words.get(codes[row]);
    }
  }
}
