package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/// A NumPy matrix of any type of number, byte order and axis order, mapped into memory and read row
/// by row as 32-bit floats; the file may be larger than memory. Safe for any number of threads
/// until it is closed.
public final class NpyRows implements AutoCloseable {
  private final Arena arena;
  private final MemorySegment data;
  private final NpyHeader header;
  private final int rows;
  private final int cols;
  private final ValueLayout.OfShort shorts;
  private final ValueLayout.OfInt ints;
  private final ValueLayout.OfLong longs;

  private NpyRows(Arena arena, MemorySegment data, NpyHeader header) {
    this.arena = arena;
    this.data = data;
    this.header = header;
    this.rows = Math.toIntExact(header.shape().getFirst());
    this.cols = Math.toIntExact(header.shape().get(1));
    this.shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(header.order());
    this.ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(header.order());
    this.longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(header.order());
  }

  /// Maps a file.
  ///
  /// @param file a `.npy` file of numbers with two axes
  /// @return the rows, to be closed
  /// @throws InputException when the file is not there, damaged, or of another kind
  public static NpyRows open(Path file) {
    NpyFile.requireFile(file);
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(file)) {
      NpyHeader header = NpyHeader.read(channel, file.toString());
      requireMatrix(header, file);
      MemorySegment data =
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              header.dataOffset(),
              channel.size() - header.dataOffset(),
              arena);
      NpyRows result = new NpyRows(arena, data, header);
      opened = true;
      return result;
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  private static void requireMatrix(NpyHeader header, Path file) {
    if (header.shape().size() != 2
        || header.shape().stream().anyMatch(size -> size < 1 || size > Integer.MAX_VALUE)) {
      throw InputException.unsupported(
          file.toString(),
          "the header",
          "an array of shape " + header.shape(),
          "a matrix with two axes, observation and feature, with at least one of each",
          "reshape it with reshape(len(a), -1)");
    }
  }

  /// {@return how many rows there are}
  public int rows() {
    return rows;
  }

  /// {@return how many columns there are}
  public int cols() {
    return cols;
  }

  /// Copies a part of one row.
  ///
  /// @param row which one, in `[0, rows)`
  /// @param from the first column
  /// @param to one past the last column, at most [#cols()]
  /// @param target where the numbers go, 64-bit ones rounded to 32 bits
  /// @param offset the index of the first number in the target
  public void copy(int row, int from, int to, float[] target, int offset) {
    Objects.checkIndex(row, rows);
    Objects.checkFromToIndex(from, to, cols);
    boolean plain =
        header.type() == NpyType.FLOAT32
            && header.order() == ByteOrder.LITTLE_ENDIAN
            && !header.fortran();
    if (plain) {
      long start = 4 * ((long) row * cols + from);
      MemorySegment.copy(
          data,
          ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
          start,
          target,
          offset,
          to - from);
      return;
    }
    long step = header.fortran() ? rows : 1;
    long at = header.fortran() ? (long) from * rows + row : (long) row * cols + from;
    for (int i = 0; i < to - from; i++) {
      target[offset + i] = number(at + i * step);
    }
  }

  private float number(long index) {
    return switch (header.type()) {
      case BOOL, UINT8 -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
      case INT8 -> data.get(ValueLayout.JAVA_BYTE, index);
      case INT16 -> data.get(shorts, 2 * index);
      case UINT16 -> Short.toUnsignedInt(data.get(shorts, 2 * index));
      case INT32 -> data.get(ints, 4 * index);
      case UINT32 -> Integer.toUnsignedLong(data.get(ints, 4 * index));
      case INT64 -> data.get(longs, 8 * index);
      case UINT64 -> (float) unsigned(data.get(longs, 8 * index));
      case FLOAT16 -> Float.float16ToFloat(data.get(shorts, 2 * index));
      case FLOAT32 -> Float.intBitsToFloat(data.get(ints, 4 * index));
      case FLOAT64 -> (float) Double.longBitsToDouble(data.get(longs, 8 * index));
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  /// Gives the mapping back; reading afterwards fails.
  @Override
  public void close() {
    arena.close();
  }
}
