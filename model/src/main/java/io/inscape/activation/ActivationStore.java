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

/// Activations on the disk, `[observation, unit]`, mapped into memory and read in blocks of rows.
/// Safe for any number of threads until it is closed.
public final class ActivationStore implements AutoCloseable {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment data;
  private final int rows;
  private final int cols;

  private ActivationStore(Arena arena, MemorySegment data, int rows, int cols) {
    this.arena = arena;
    this.data = data;
    this.rows = rows;
    this.cols = cols;
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
      return new ActivationStore(arena, data, rows, cols);
    } catch (IOException e) {
      arena.close();
      throw InputException.refused(file.toString(), "read", e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
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
    return Matrix.filled(
        to - from,
        cols,
        values -> MemorySegment.copy(data, FLOAT, 4L * from * cols, values, 0, values.length));
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
    int width = to - from;
    return Matrix.filled(
        rows,
        width,
        values -> {
          for (int row = 0; row < rows; row++) {
            long at = 4 * ((long) row * cols + from);
            MemorySegment.copy(data, FLOAT, at, values, row * width, width);
          }
        });
  }

  /// {@return all rows}
  public Matrix readAll() {
    return read(0, rows);
  }

  /// Gives the mapping back; reading afterwards fails.
  @Override
  public void close() {
    arena.close();
  }
}
