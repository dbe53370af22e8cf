package io.inscape.study.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One column of a table as a NumPy file. Texts become NumPy's texts of one length; whole numbers
/// some of which are not known become floats.
final class NpyColumn {
  private static final int ALIGNMENT = 64;
  private static final int BYTES_OF_A_LETTER = 4; // UTF-32

  private final int column;
  private int letters = 1;
  private boolean gaps;

  private NpyColumn(int column) {
    this.column = column;
  }

  /// @param out stays open
  static void write(Table table, int column, OutputStream out) throws IOException {
    NpyColumn written = new NpyColumn(column);
    TableType type = table.fields().get(column).type();
    if (type == TableType.TEXT || type == TableType.INT64) {
      table.blocks().each(written::look);
    }
    boolean floats = type == TableType.INT64 && written.gaps;
    String descriptor =
        switch (type) {
          case TEXT -> type.numpy() + written.letters;
          default -> floats ? TableType.FLOAT64.numpy() : type.numpy();
        };
    out.write(header(descriptor, table.rows()));
    try {
      table
          .blocks()
          .each(block -> {
            try {
              out.write(written.bytes(block.get(column)));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void look(List<Cells> block) {
    switch (block.get(column)) {
      case Cells.Texts texts -> {
        for (int row = 0; row < texts.count(); row++) {
          letters = Math.max(letters, codePoints(texts.text(row)).length);
        }
      }
      case Cells.Longs longs -> gaps |= !longs.missing().isEmpty();
      case Cells.Ints _, Cells.Floats _, Cells.Doubles _ -> {}
    }
  }

  private static int[] codePoints(@Nullable String text) {
    return text == null ? new int[0] : text.codePoints().toArray();
  }

  private byte[] bytes(Cells cells) {
    int width =
        switch (cells) {
          case Cells.Ints _, Cells.Floats _ -> Integer.BYTES;
          case Cells.Longs _, Cells.Doubles _ -> Long.BYTES;
          case Cells.Texts _ -> BYTES_OF_A_LETTER * letters;
        };
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(cells.count(), width))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (cells) {
      case Cells.Ints(var values) -> bytes.asIntBuffer().put(values);
      case Cells.Floats(var values) -> bytes.asFloatBuffer().put(values);
      case Cells.Doubles(var values) -> bytes.asDoubleBuffer().put(values);
      case Cells.Longs(var values, var missing) -> {
        for (int row = 0; row < values.length; row++) {
          if (gaps) {
            bytes.putDouble(missing.get(row) ? Double.NaN : values[row]);
          } else {
            bytes.putLong(values[row]);
          }
        }
      }
      case Cells.Texts texts -> {
        for (int row = 0; row < texts.count(); row++) {
          bytes.position(row * width);
          for (int letter : codePoints(texts.text(row))) {
            bytes.putInt(letter);
          }
        }
      }
    }
    return bytes.array();
  }

  /// Version 1.0, data aligned to 64 bytes, as `numpy.save` writes it.
  private static byte[] header(String descriptor, long rows) {
    String text =
        "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': (" + rows + ",), }";
    int length = Math.ceilDiv(10 + text.length() + 1, ALIGNMENT) * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - 10));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
