package io.inscape.network;

import java.util.Optional;

/// What the elements of a tensor are: ONNX's own list.
public enum ElementType {
  /// 32-bit floating point.
  FLOAT(1, 32),
  /// Unsigned 8-bit integer.
  UINT8(2, 8),
  /// Signed 8-bit integer.
  INT8(3, 8),
  /// Unsigned 16-bit integer.
  UINT16(4, 16),
  /// Signed 16-bit integer.
  INT16(5, 16),
  /// Signed 32-bit integer.
  INT32(6, 32),
  /// Signed 64-bit integer.
  INT64(7, 64),
  /// Text.
  STRING(8, 0),
  /// Truth value, one byte each.
  BOOL(9, 8),
  /// 16-bit floating point.
  FLOAT16(10, 16),
  /// 64-bit floating point.
  DOUBLE(11, 64),
  /// Unsigned 32-bit integer.
  UINT32(12, 32),
  /// Unsigned 64-bit integer.
  UINT64(13, 64),
  /// Pair of 32-bit floating point numbers.
  COMPLEX64(14, 64),
  /// Pair of 64-bit floating point numbers.
  COMPLEX128(15, 128),
  /// 16-bit floating point with the exponent of 32 bits.
  BFLOAT16(16, 16),
  /// 8-bit floating point, 4 bits of exponent.
  FLOAT8E4M3FN(17, 8),
  /// 8-bit floating point, 4 bits of exponent, no negative zero.
  FLOAT8E4M3FNUZ(18, 8),
  /// 8-bit floating point, 5 bits of exponent.
  FLOAT8E5M2(19, 8),
  /// 8-bit floating point, 5 bits of exponent, no negative zero.
  FLOAT8E5M2FNUZ(20, 8),
  /// Unsigned 4-bit integer, two per byte.
  UINT4(21, 4),
  /// Signed 4-bit integer, two per byte.
  INT4(22, 4),
  /// 4-bit floating point, two per byte.
  FLOAT4E2M1(23, 4);

  private final int code;
  private final int bits;

  ElementType(int code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /// The type with a number of ONNX's `TensorProto.DataType`.
  static Optional<ElementType> ofCode(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int code() {
    return code;
  }

  /// How many bytes that many elements take in a file.
  long bytes(long elements) {
    return Math.addExact(Math.multiplyExact(elements, bits), 7) / 8;
  }

  /// {@return whether the elements are whole numbers}
  public boolean isInteger() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64, UINT4, INT4 -> true;
      default -> false;
    };
  }

  /// {@return whether the elements are real numbers}
  public boolean isReal() {
    return switch (this) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
      default -> false;
    };
  }
}
