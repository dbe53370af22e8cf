package io.inscape.http;

import io.inscape.study.file.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Sets answers: JSON, or raw little-endian arrays, which a page reads without parsing.
public final class Answers {
  private Answers() {}

  /// Answers with JSON.
  ///
  /// @param context the request
  /// @param value a record, map or list
  public static void json(Context context, Object value) {
    context.contentType("application/json").result(Json.write(value));
  }

  /// Answers with a column of floats.
  ///
  /// @param context the request
  /// @param values the column, row by row
  /// @param shape its axes' sizes
  public static void float32(Context context, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    raw(context, "float32", bytes.array(), shape);
  }

  /// Answers with a column of whole numbers.
  ///
  /// @param context the request
  /// @param values the column, row by row
  /// @param shape its axes' sizes
  public static void int32(Context context, int[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    raw(context, "int32", bytes.array(), shape);
  }

  /// Answers with a column of small whole numbers.
  ///
  /// @param context the request
  /// @param values each from 0 to 65535, row by row
  /// @param shape the axes' sizes
  public static void uint16(Context context, int[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 2)).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    raw(context, "uint16", bytes.array(), shape);
  }

  /// Writes an answer piece by piece.
  @FunctionalInterface
  public interface Body {
    /// Writes all of it.
    ///
    /// @param out where to
    /// @throws IOException if whoever asked went away
    void writeTo(OutputStream out) throws IOException;
  }

  /// A large column, sent as it is made. What is wrong with the request must be said before.
  ///
  /// @param context the request
  /// @param type `uint8`, `float32` or `int32`
  /// @param shape the axes' sizes
  /// @param body writes as many bytes as type and shape say
  public static void stream(Context context, String type, int[] shape, Body body) {
    long bytes = type.equals("uint8") ? 1 : 4;
    for (int size : shape) {
      bytes *= size;
    }
    head(context, type, shape);
    context.res().setContentType("application/octet-stream");
    context.res().setContentLengthLong(bytes);
    try {
      OutputStream out = context.res().getOutputStream();
      body.writeTo(out);
      out.flush();
    } catch (IOException _) {
      // whoever asked went away
    }
  }

  /// Writes floats as a column has them.
  ///
  /// @param out where to
  /// @param values holds them; not modified
  /// @param count how many of them, from the first
  /// @throws IOException if whoever asked went away
  public static void write(OutputStream out, float[] values, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, 0, count);
    out.write(bytes.array());
  }

  /// Answers with a column that is bytes already.
  ///
  /// @param context the request
  /// @param type `uint8`, `uint16`, `float32` or `int32`
  /// @param littleEndian the bytes
  /// @param shape the axes' sizes
  public static void raw(Context context, String type, byte[] littleEndian, int... shape) {
    head(context, type, shape);
    context.contentType("application/octet-stream").result(littleEndian);
  }

  private static void head(Context context, String type, int... shape) {
    context.header("Inscape-Type", type);
    context.header(
        "Inscape-Shape",
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(",")));
  }
}
