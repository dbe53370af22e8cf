package io.inscape.activation;

import io.inscape.dataset.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;

/// Where the elements of an array lie plainly in a file, so that they can be mapped: a NumPy file,
/// a stored member of an archive, a tensor of a `.safetensors` file, a contiguous HDF5 data set.
///
/// @param file the file
/// @param member the array in it; empty where the file is one array
/// @param offset of the first element from the beginning of the file, at least 0
/// @param type what the elements are
/// @param bigEndian whether the highest byte of an element comes first
/// @param fortran whether the first axis runs fastest
/// @param shape the size of each axis
public record ArrayPlace(
    Path file,
    String member,
    long offset,
    NpyType type,
    boolean bigEndian,
    boolean fortran,
    List<Long> shape) {
  private static final long MOST = Integer.MAX_VALUE - 8L;

  /// One row of so many, and reading ahead from one to the next is in vain.
  private static final int SPARSE = 8;

  /// Copies the shape and checks the offset.
  ///
  /// @throws IllegalArgumentException if the offset or a size is below 0
  public ArrayPlace {
    shape = List.copyOf(shape);
    if (offset < 0 || shape.stream().anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "an array needs an offset and sizes of at least 0, got " + offset + " and " + shape);
    }
  }

  /// The array whose NumPy header lies in a file.
  ///
  /// @param file the file
  /// @param member for messages; empty where the file is one array
  /// @param start where the header begins
  /// @param size how many bytes header and elements have together
  /// @return where the elements are
  /// @throws InputException if there is no such header, or it tells of another size
  public static ArrayPlace ofNumpy(Path file, String member, long start, long size) {
    String name = name(file, member);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(start);
      NpyHeader header = NpyHeader.read((ReadableByteChannel) channel, size, name);
      return new ArrayPlace(
          file,
          member,
          start + header.dataOffset(),
          header.type(),
          header.order() == ByteOrder.BIG_ENDIAN,
          header.fortran(),
          header.shape());
    } catch (IOException e) {
      throw InputException.refused(name, "read", e);
    }
  }

  private static String name(Path file, String member) {
    return member.isEmpty() ? file.toString() : file + ":" + member;
  }

  /// {@return what a person calls it, such as `epoch-5.npz:fc1`}
  public String name() {
    return name(file, member);
  }

  /// {@return how many elements there are}
  ///
  /// @throws ArithmeticException if no file could hold so many
  public long count() {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /// Opens the array: the first axis is the rows, all others together are the columns. Nothing is
  /// read yet. It is mapped, or read row by row where only few rows of it are wanted.
  ///
  /// @param wanted about how many rows will be read
  /// @return the rows, to be closed
  /// @throws InputException when there is no axis, no row or no column, more rows or columns than
  ///   an index counts, or the file is shorter than the array
  public RowReader open(int wanted) {
    requireRows();
    try (FileChannel channel = FileChannel.open(file)) {
      long end = Math.addExact(offset, Math.multiplyExact(count(), (long) type.bytes()));
      if (channel.size() < end) {
        throw InputException.malformed(
            name(),
            "byte " + channel.size(),
            "the end of the file",
            end + " bytes or more",
            "the file is cut or was changed, save the array again");
      }
      return fortran || wanted > shape.getFirst() / SPARSE
          ? NpyRows.mapped(header(), offset, file)
          : new FileRows(this);
    } catch (IOException e) {
      throw InputException.refused(name(), "read", e);
    }
  }

  /// Refuses what has no rows and columns that can be counted.
  ///
  /// @throws InputException as [#open(int)] has it
  public void requireRows() {
    long rows = shape.isEmpty() ? 0 : shape.getFirst();
    long cols = 1;
    try {
      for (long size : shape.subList(Math.min(1, shape.size()), shape.size())) {
        cols = Math.multiplyExact(cols, size);
      }
      Math.multiplyExact(Math.multiplyExact(rows, cols), (long) type.bytes());
    } catch (ArithmeticException _) {
      cols = Long.MAX_VALUE;
    }
    if (rows < 1 || cols < 1) {
      throw InputException.unsupported(
          name(),
          "the header",
          "an array of shape " + shape,
          "observations on the first axis, and at least one number for each",
          "save the layer's output of all observations as one array");
    }
    if (rows > MOST || cols > MOST) {
      throw InputException.unsupported(
          name(),
          "the header",
          "an array of shape " + shape,
          "at most " + MOST + " rows and as many columns",
          "take fewer");
    }
  }

  private NpyHeader header() {
    ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    List<Long> axes = shape.size() == 1 ? List.of(shape.getFirst(), 1L) : shape;
    return new NpyHeader(type, order, fortran, axes, 0);
  }

  /// Turns elements into 32-bit floats.
  ///
  /// @param elements their bytes, from index 0, in their own byte order
  /// @param count how many
  /// @param target where the numbers go
  /// @param offset the index of the first number in the target
  public void decode(ByteBuffer elements, int count, float[] target, int offset) {
    type.floats(elements, count, target, offset);
  }
}
