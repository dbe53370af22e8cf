package io.inscape.activation;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of a NumPy array of any type of number, byte order and axis order, as 32-bit floats:
/// the first axis is the rows, all others together are the columns.
///
/// A `.npy` file is mapped and may be larger than memory; an array of an archive is unpacked into
/// memory. Safe for any number of threads until it is closed.
public final class NpyRows implements RowReader {
  private final Arena arena;
  private final NpyHeader header;
  private final MemorySegment data; // the mapped file; empty if unpacked
  private final @Nullable Matrix unpacked;
  private final int[] placeOf; // of each column among those of one row in Fortran order
  private final int rows;
  private final int cols;

  private NpyRows(Arena arena, NpyHeader header, MemorySegment data, @Nullable Matrix unpacked) {
    this.arena = arena;
    this.header = header;
    this.data = data;
    this.unpacked = unpacked;
    this.rows = Math.toIntExact(header.shape().getFirst());
    this.cols = Math.toIntExact(header.count() / rows);
    this.placeOf = new int[header.fortran() ? cols : 0];
    int[] colOf = header.fortran() ? MatrixFiller.columns(header) : placeOf;
    for (int place = 0; place < placeOf.length; place++) {
      placeOf[colOf[place]] = place;
    }
  }

  /// Opens an array.
  ///
  /// @param file a `.npy` file or an archive, as [ArrayFile#open] takes it
  /// @return the rows, to be closed
  /// @throws InputException when the file is not there, damaged, or holds no numbers in two or more
  ///   axes
  public static NpyRows open(Path file) {
    return ArrayFile.open(file.toString()).rows();
  }

  static NpyRows unpacked(NpyHeader header, Matrix matrix) {
    return new NpyRows(Arena.ofShared(), header, MemorySegment.NULL, matrix);
  }

  static NpyRows mapped(NpyHeader header, Path file) throws IOException {
    return mapped(header, header.dataOffset(), file);
  }

  /// As [#mapped(NpyHeader, Path)] where the elements lie elsewhere than the header says.
  static NpyRows mapped(NpyHeader header, long offset, Path file) throws IOException {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment data =
          channel.map(
              FileChannel.MapMode.READ_ONLY, offset, header.count() * header.type().bytes(), arena);
      NpyRows result = new NpyRows(arena, header, data, null);
      opened = true;
      return result;
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public void copy(int row, int from, int to, float[] target, int offset) {
    Objects.checkIndex(row, rows);
    Objects.checkFromToIndex(from, to, cols);
    if (unpacked != null) {
      for (int col = from; col < to; col++) {
        target[offset + col - from] = unpacked.get(row, col);
      }
    } else if (header.fortran()) {
      for (int col = from; col < to; col++) {
        ByteBuffer element = elements((long) placeOf[col] * rows + row, 1);
        header.type().floats(element, 1, target, offset + col - from);
      }
    } else {
      ByteBuffer elements = elements((long) row * cols + from, to - from);
      header.type().floats(elements, to - from, target, offset);
    }
  }

  private ByteBuffer elements(long from, int count) {
    long bytes = header.type().bytes();
    return data.asSlice(from * bytes, count * bytes).asByteBuffer().order(header.order());
  }

  @Override
  public void close() {
    arena.close();
  }
}
