package io.inscape.activation;

import java.nio.ByteBuffer;
import java.util.Optional;

/// What the elements of a NumPy file are.
public enum NpyType {
  /// Truth value, one byte.
  BOOL("b1", 1),
  /// Signed 8-bit integer.
  INT8("i1", 1),
  /// Unsigned 8-bit integer.
  UINT8("u1", 1),
  /// Signed 16-bit integer.
  INT16("i2", 2),
  /// Unsigned 16-bit integer.
  UINT16("u2", 2),
  /// Signed 32-bit integer.
  INT32("i4", 4),
  /// Unsigned 32-bit integer.
  UINT32("u4", 4),
  /// Signed 64-bit integer.
  INT64("i8", 8),
  /// Unsigned 64-bit integer.
  UINT64("u8", 8),
  /// 16-bit floating point.
  FLOAT16("f2", 2),
  /// 32-bit floating point.
  FLOAT32("f4", 4),
  /// 64-bit floating point.
  FLOAT64("f8", 8);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  static Optional<NpyType> ofCode(String code) {
    for (NpyType type : values()) {
      if (type.code.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// NumPy's name in little-endian order.
  String descriptor() {
    return (bytes == 1 ? "|" : "<") + code;
  }

  /// {@return how many bytes an element takes}
  public int bytes() {
    return bytes;
  }

  /// {@return whether the elements are floating-point numbers}
  public boolean isReal() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  double number(ByteBuffer data, int index) {
    return switch (this) {
      case FLOAT16 -> Float.float16ToFloat(data.getShort(2 * index));
      case FLOAT32 -> data.getFloat(4 * index);
      case FLOAT64 -> data.getDouble(8 * index);
      case UINT64 -> unsigned(data.getLong(8 * index));
      default -> integer(data, index);
    };
  }

  /// Decodes elements to 32-bit floats; the usual types in one go.
  ///
  /// @param data the elements, from index 0; its byte order is that of the elements
  void floats(ByteBuffer data, int count, float[] target, int offset) {
    switch (this) {
      case FLOAT32 ->
          data.slice(0, 4 * count).order(data.order()).asFloatBuffer().get(target, offset, count);
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = (float) data.getDouble(8 * i);
        }
      }
      case BOOL, UINT8 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = data.get(i) & 0xff;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = (float) number(data, i);
        }
      }
    }
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  long integer(ByteBuffer data, int index) {
    return switch (this) {
      case BOOL, UINT8 -> data.get(index) & 0xffL;
      case INT8 -> data.get(index);
      case INT16 -> data.getShort(2 * index);
      case UINT16 -> Short.toUnsignedLong(data.getShort(2 * index));
      case INT32 -> data.getInt(4 * index);
      case UINT32 -> Integer.toUnsignedLong(data.getInt(4 * index));
      case INT64, UINT64 -> data.getLong(8 * index);
      case FLOAT16, FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is no integer");
    };
  }
}
