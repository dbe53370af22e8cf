package io.inscape.dataset.picture;

import java.nio.ByteBuffer;

/// The types of number in a MATLAB file.
enum MatType {
  /// No number.
  NONE(0, 1),
  /// Signed 8-bit integer.
  INT8(1, 1),
  /// Unsigned 8-bit integer.
  UINT8(2, 1),
  /// Signed 16-bit integer.
  INT16(3, 2),
  /// Unsigned 16-bit integer.
  UINT16(4, 2),
  /// Signed 32-bit integer.
  INT32(5, 4),
  /// Unsigned 32-bit integer.
  UINT32(6, 4),
  /// 32-bit floating point.
  SINGLE(7, 4),
  /// 64-bit floating point.
  DOUBLE(9, 8),
  /// Signed 64-bit integer.
  INT64(12, 8),
  /// Unsigned 64-bit integer.
  UINT64(13, 8);

  private final int code;
  private final int bytes;

  MatType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  static MatType of(int code) {
    for (MatType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return NONE;
  }

  int bytes() {
    return bytes;
  }

  double number(ByteBuffer values, int index) {
    return switch (this) {
      case NONE -> throw new IllegalStateException("no number");
      case INT8 -> values.get(index);
      case UINT8 -> values.get(index) & 0xff;
      case INT16 -> values.getShort(2 * index);
      case UINT16 -> Short.toUnsignedInt(values.getShort(2 * index));
      case INT32 -> values.getInt(4 * index);
      case UINT32 -> Integer.toUnsignedLong(values.getInt(4 * index));
      case SINGLE -> values.getFloat(4 * index);
      case DOUBLE -> values.getDouble(8 * index);
      case INT64, UINT64 -> values.getLong(8 * index);
    };
  }
}
