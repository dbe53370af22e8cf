package io.inscape.study.analysis;

import io.inscape.activation.NpyType;
import io.inscape.activation.NpyWriter;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/// An array of numbers of a result, or of a layout on the way.
///
/// @param type `float32` or `int32`
/// @param shape size of each axis; of most columns the first is the observations
/// @param littleEndian the values in C order; not modified
@SuppressWarnings("ArrayRecordComponent") // handed on to a socket, compared by nobody
public record Column(String type, int[] shape, byte[] littleEndian) {
  static final String FLOAT32 = "float32";
  static final String INT32 = "int32";

  /// A column of 32-bit floats.
  ///
  /// @param values in C order; copied
  /// @param shape size of each axis
  /// @return the column
  /// @throws IllegalArgumentException if the values do not fill the shape
  public static Column float32(float[] values, int... shape) {
    byte[] bytes = room(values.length, shape);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Column(FLOAT32, shape.clone(), bytes);
  }

  /// A column of 32-bit integers.
  ///
  /// @param values in C order; copied
  /// @param shape size of each axis
  /// @return the column
  /// @throws IllegalArgumentException if the values do not fill the shape
  public static Column int32(int[] values, int... shape) {
    byte[] bytes = room(values.length, shape);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
    return new Column(INT32, shape.clone(), bytes);
  }

  private static byte[] room(int count, int... shape) {
    long expected = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    if (expected != count) {
      throw new IllegalArgumentException(
          count + " values do not fill the shape " + Arrays.toString(shape));
    }
    return new byte[Math.multiplyExact(4, count)];
  }

  /// The values.
  ///
  /// @return a copy, in C order
  /// @throws IllegalArgumentException if they are no floats
  public float[] floats() {
    require(FLOAT32);
    float[] values = new float[littleEndian.length / 4];
    ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /// The values.
  ///
  /// @return a copy, in C order
  /// @throws IllegalArgumentException if they are no integers
  public int[] ints() {
    require(INT32);
    int[] values = new int[littleEndian.length / 4];
    ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }

  private void require(String wanted) {
    if (!type.equals(wanted)) {
      throw new IllegalArgumentException("the column holds " + type + ", not " + wanted);
    }
  }

  ColumnInfo info() {
    return new ColumnInfo(type, Arrays.stream(shape).boxed().toList());
  }

  /// Writes it as NumPy has it.
  void write(Path file) {
    NpyType elements = type.equals(INT32) ? NpyType.INT32 : NpyType.FLOAT32;
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    try (NpyWriter writer = NpyWriter.create(file, elements, sizes)) {
      writer.write(ByteBuffer.wrap(littleEndian));
      writer.commit();
    }
  }
}
