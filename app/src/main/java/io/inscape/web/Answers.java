package io.inscape.web;

import io.inscape.study.file.Json;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Sets answers: JSON, or raw little-endian arrays, which a page reads without parsing.
final class Answers {
  private Answers() {}

  static void json(Context context, Object value) {
    context.contentType("application/json").result(Json.write(value));
  }

  static void float32(Context context, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    raw(context, "float32", bytes.array(), shape);
  }

  static void int32(Context context, int[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    raw(context, "int32", bytes.array(), shape);
  }

  /// @param values each from 0 to 65535
  static void uint16(Context context, int[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, 2)).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    raw(context, "uint16", bytes.array(), shape);
  }

  static void raw(Context context, String type, byte[] littleEndian, int... shape) {
    context.header("Inscape-Type", type);
    context.header(
        "Inscape-Shape",
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    context.contentType("application/octet-stream").result(littleEndian);
  }
}
