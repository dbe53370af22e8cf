package io.inscape.activation;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// One NumPy file (`.npy`): reads every type of number in either byte order and either axis order,
/// writes little-endian C order. The content is read whole; [ActivationStore] maps large matrices
/// instead.
public final class NpyFile {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private final String path;
  private final NpyHeader header;
  private final ByteBuffer data;

  private NpyFile(String path, NpyHeader header, ByteBuffer data) {
    this.path = path;
    this.header = header;
    this.data = data;
  }

  /// Reads a file.
  ///
  /// @param file the `.npy` file
  /// @return its content
  /// @throws InputException when it is not there, damaged, or no array of numbers
  public static NpyFile read(Path file) {
    requireFile(file);
    try (FileChannel channel = FileChannel.open(file)) {
      NpyHeader header = NpyHeader.read(channel, file.toString());
      long bytes = channel.size() - header.dataOffset();
      if (bytes > MOST_BYTES) {
        throw InputException.unsupported(
            file.toString(),
            "the header",
            bytes + " bytes",
            "less than 2 GiB",
            "save a part of it");
      }
      ByteBuffer data = ByteBuffer.allocate((int) bytes).order(header.order());
      while (data.hasRemaining()
          && channel.read(data, header.dataOffset() + (long) data.position()) >= 0) {
        // goes on until the buffer is full
      }
      return new NpyFile(file.toString(), header, data.flip());
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(file.toString(), "a .npy file", "check the path");
    }
  }

  /// Reads a matrix, rows = observations.
  ///
  /// @param file a `.npy` file with two axes
  /// @return its numbers, 64-bit ones rounded to 32 bits
  /// @throws InputException when the file is damaged, has another number of axes, or holds NaN or
  ///   infinity
  public static Matrix readMatrix(Path file) {
    NpyFile array = read(file);
    if (array.header.shape().size() != 2) {
      throw InputException.unsupported(
          array.path,
          "the header",
          "an array of shape " + array.header.shape(),
          "a matrix with two axes, observation and unit",
          "reshape it with reshape(len(a), -1)");
    }
    float[] values = array.floats();
    int cols = Math.toIntExact(array.header.shape().get(1));
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw InputException.malformed(
            array.path,
            "row " + i / cols + ", column " + i % cols,
            Float.toString(values[i]),
            "finite numbers",
            "remove or replace what is missing first");
      }
    }
    return Matrix.of(Math.toIntExact(array.header.shape().getFirst()), cols, values);
  }

  /// {@return what the elements are}
  public NpyType type() {
    return header.type();
  }

  /// {@return the size of each axis}
  public long[] shape() {
    return header.shape().stream().mapToLong(size -> size).toArray();
  }

  /// {@return the elements as 32-bit floats, in C order; whole numbers are rounded where they need
  /// more than 24 bits}
  public float[] floats() {
    float[] values = new float[count()];
    int[] order = order();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) header.type().number(data, order.length == 0 ? i : order[i]);
    }
    return values;
  }

  /// {@return the elements as 64-bit floats, in C order}
  public double[] doubles() {
    double[] values = new double[count()];
    int[] order = order();
    for (int i = 0; i < values.length; i++) {
      values[i] = header.type().number(data, order.length == 0 ? i : order[i]);
    }
    return values;
  }

  /// {@return the elements of an integer type, in C order}
  ///
  /// @throws InputException when the elements are floating-point numbers
  public long[] longs() {
    if (header.type().isReal()) {
      throw InputException.unsupported(
          path,
          "the header",
          "elements of type " + header.type(),
          "whole numbers",
          "convert the array with astype('i4') first");
    }
    long[] values = new long[count()];
    int[] order = order();
    for (int i = 0; i < values.length; i++) {
      values[i] = header.type().integer(data, order.length == 0 ? i : order[i]);
    }
    return values;
  }

  private int count() {
    return Math.toIntExact(header.count());
  }

  /// For each element in C order its place in the file; empty where the file is in C order itself.
  private int[] order() {
    if (!header.fortran() || header.shape().size() < 2 || header.count() == 0) {
      return new int[0];
    }
    int axes = header.shape().size();
    int[] stride = new int[axes];
    int[] size = new int[axes];
    int step = 1;
    for (int axis = 0; axis < axes; axis++) {
      stride[axis] = step;
      size[axis] = Math.toIntExact(header.shape().get(axis));
      step *= size[axis];
    }
    int[] order = new int[step];
    int[] index = new int[axes];
    int place = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = place;
      for (int axis = axes - 1; axis >= 0; axis--) {
        place += stride[axis];
        if (++index[axis] < size[axis]) {
          break;
        }
        place -= stride[axis] * size[axis];
        index[axis] = 0;
      }
    }
    return order;
  }

  /// Writes a matrix as 32-bit floats.
  ///
  /// @param file the target; replaced at once when all is on the disk
  /// @param matrix rows = observations
  public static void write(Path file, Matrix matrix) {
    writeFloats(file, matrix.toArray(), matrix.rows(), matrix.cols());
  }

  /// Writes 32-bit floats.
  ///
  /// @param file the target; replaced at once when all is on the disk
  /// @param values the elements in C order; not modified
  /// @param shape the size of each axis
  public static void writeFloats(Path file, float[] values, long... shape) {
    ByteBuffer bytes = buffer(NpyType.FLOAT32, values.length);
    bytes.asFloatBuffer().put(values);
    write(file, NpyType.FLOAT32, bytes, shape);
  }

  /// Writes 32-bit integers.
  ///
  /// @param file the target; replaced at once when all is on the disk
  /// @param values the elements in C order; not modified
  /// @param shape the size of each axis
  public static void writeInts(Path file, int[] values, long... shape) {
    ByteBuffer bytes = buffer(NpyType.INT32, values.length);
    bytes.asIntBuffer().put(values);
    write(file, NpyType.INT32, bytes, shape);
  }

  /// Writes unsigned 8-bit integers.
  ///
  /// @param file the target; replaced at once when all is on the disk
  /// @param values the elements in C order; not modified
  /// @param shape the size of each axis
  public static void writeBytes(Path file, byte[] values, long... shape) {
    write(file, NpyType.UINT8, ByteBuffer.wrap(values), shape);
  }

  private static ByteBuffer buffer(NpyType type, int count) {
    int bytes = Math.multiplyExact(type.bytes(), count);
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(Path file, NpyType type, ByteBuffer bytes, long... shape) {
    long expected = Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
    if (expected != bytes.remaining()) {
      throw new IllegalArgumentException(
          bytes.remaining() / type.bytes()
              + " elements do not fill the shape "
              + Arrays.toString(shape));
    }
    try (NpyWriter writer = NpyWriter.create(file, type, shape)) {
      writer.write(bytes);
      writer.commit();
    }
  }
}
