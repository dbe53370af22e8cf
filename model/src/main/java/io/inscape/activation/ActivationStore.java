package io.inscape.activation;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Activations on the disk, `[observation, unit]`, mapped into memory and read in blocks of rows:
/// those that were captured, or chosen rows of an array that somebody gave, of any type. Safe for
/// any number of threads until it is closed.
public final class ActivationStore implements AutoCloseable {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Blocks blocks;
  private final int rows;
  private final int cols;

  private ActivationStore(Blocks blocks, int rows, int cols) {
    this.blocks = blocks;
    this.rows = rows;
    this.cols = cols;
  }

  /// Reads rectangles.
  private interface Blocks extends AutoCloseable {
    /// The columns `[fromCol, toCol)` of the rows from one on, as many as the values have room for.
    void copy(int fromRow, int fromCol, int toCol, float[] values);

    @Override
    void close();
  }

  /// Maps a file.
  ///
  /// @param file a `.npy` file of little-endian 32-bit floats in C order with two axes, as
  ///   [Capture] writes them
  /// @return the store, to be closed
  /// @throws InputException when the file is not there, damaged, or of another kind
  public static ActivationStore open(Path file) {
    NpyFile.requireFile(file);
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file)) {
      NpyHeader header = NpyHeader.read(channel, file.toString());
      requireKind(header, file);
      int rows = Math.toIntExact(header.shape().getFirst());
      int cols = Math.toIntExact(header.shape().get(1));
      MemorySegment data =
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              header.dataOffset(),
              channel.size() - header.dataOffset(),
              arena);
      return new ActivationStore(new Mapped(arena, data, cols), rows, cols);
    } catch (IOException e) {
      arena.close();
      throw InputException.refused(file.toString(), "read", e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /// Chosen rows of an array that somebody gave.
  ///
  /// @param reader its rows; closed with the store
  /// @param observations which rows, in the order in which the store has them; copied
  /// @param layer what the columns are the units of, for messages
  /// @return the store, to be closed; reading from it throws [InputException] where a number is NaN
  ///   or infinite, with layer, observation and unit
  /// @throws IllegalArgumentException when the array has no such row
  public static ActivationStore of(RowReader reader, int[] observations, String layer) {
    int[] chosen = observations.clone();
    for (int observation : chosen) {
      if (observation < 0 || observation >= reader.rows()) {
        throw new IllegalArgumentException(
            "layer "
                + layer
                + " has "
                + reader.rows()
                + " rows, so there is no observation "
                + observation);
      }
    }
    return new ActivationStore(new Chosen(reader, chosen, layer), chosen.length, reader.cols());
  }

  private static void requireKind(NpyHeader header, Path file) {
    boolean fits =
        header.type() == NpyType.FLOAT32
            && header.order() == ByteOrder.LITTLE_ENDIAN
            && !header.fortran()
            && header.shape().size() == 2
            && header.shape().stream().allMatch(size -> size <= Integer.MAX_VALUE);
    if (!fits) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          header.type() + " " + header.shape() + (header.fortran() ? " in Fortran order" : ""),
          "a matrix of little-endian 32-bit floats in C order",
          "capture the activations again");
    }
  }

  /// {@return how many observations there are}
  public int rows() {
    return rows;
  }

  /// {@return how many units there are}
  public int cols() {
    return cols;
  }

  /// Reads a block of rows.
  ///
  /// @param from the first observation
  /// @param to one past the last, at most [#rows()]
  /// @return the rows `[from, to)`
  public Matrix read(int from, int to) {
    if (from < 0 || from > to || to > rows) {
      throw new IllegalArgumentException(
          "rows must lie in [0, " + rows + "), got [" + from + ", " + to + ")");
    }
    return Matrix.filled(to - from, cols, values -> blocks.copy(from, 0, cols, values));
  }

  /// Reads a block of columns of all rows.
  ///
  /// @param from the first unit
  /// @param to one past the last, at most [#cols()]
  /// @return the columns `[from, to)`
  public Matrix readColumns(int from, int to) {
    if (from < 0 || from > to || to > cols) {
      throw new IllegalArgumentException(
          "columns must lie in [0, " + cols + "), got [" + from + ", " + to + ")");
    }
    return Matrix.filled(rows, to - from, values -> blocks.copy(0, from, to, values));
  }

  /// {@return all rows}
  public Matrix readAll() {
    return read(0, rows);
  }

  /// Gives the mapping back; reading afterwards fails.
  @Override
  public void close() {
    blocks.close();
  }

  /// A file of little-endian floats.
  private record Mapped(Arena arena, MemorySegment data, int cols) implements Blocks {
    @Override
    public void copy(int fromRow, int fromCol, int toCol, float[] values) {
      int width = toCol - fromCol;
      if (width == cols) {
        MemorySegment.copy(data, FLOAT, 4L * fromRow * cols, values, 0, values.length);
        return;
      }
      for (int at = 0, row = fromRow; at < values.length; at += width, row++) {
        MemorySegment.copy(data, FLOAT, 4 * ((long) row * cols + fromCol), values, at, width);
      }
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  /// Rows of an array that somebody gave.
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Chosen(RowReader reader, int[] observations, String layer) implements Blocks {
    @Override
    public void copy(int fromRow, int fromCol, int toCol, float[] values) {
      int width = toCol - fromCol;
      for (int at = 0, row = fromRow; at < values.length; at += width, row++) {
        reader.copy(observations[row], fromCol, toCol, values, at);
        for (int i = at; i < at + width; i++) {
          if (!Float.isFinite(values[i])) {
            throw InputException.malformed(
                layer,
                "observation " + observations[row] + ", unit " + (fromCol + i - at),
                Float.toString(values[i]),
                "finite numbers",
                "did the training diverge? Leave this epoch out, or find where it comes from");
          }
        }
      }
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
