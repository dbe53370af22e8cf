package io.inscape.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A constant of a network: an initializer or an attribute's value. Immutable; every access gives a
/// fresh copy.
public final class Tensor {
  private final TensorProto proto;
  private final ElementType type;
  private final int count;

  /// Wraps a tensor that [TensorCheck] has let through.
  Tensor(TensorProto proto) {
    this.proto = proto;
    this.type = ElementType.ofCode(proto.getDataType()).orElseThrow();
    this.count = Math.toIntExact(elements(proto));
  }

  static long elements(TensorProto proto) {
    long elements = 1;
    for (long size : proto.getDimsList()) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  /// {@return what the elements are}
  public ElementType type() {
    return type;
  }

  /// {@return the size of each axis; empty for a single number}
  public long[] shape() {
    return proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /// {@return how many elements there are}
  public int count() {
    return count;
  }

  /// {@return the elements of a real type, row-major, as 32-bit floats}
  ///
  /// @throws IllegalArgumentException when the elements are not real numbers
  public float[] floats() {
    float[] values = new float[count];
    ByteBuffer raw = raw();
    if (type == ElementType.FLOAT && proto.hasRawData()) {
      raw.asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> proto.getFloatData(i);
            case DOUBLE ->
                (float) (proto.hasRawData() ? raw.getDouble(8 * i) : proto.getDoubleData(i));
            case FLOAT16 -> Float.float16ToFloat(half(raw, i));
            case BFLOAT16 -> Float.intBitsToFloat(half(raw, i) << 16);
            default -> throw wrongType("real numbers");
          };
    }
    return values;
  }

  /// {@return the elements of an integer type, row-major}
  ///
  /// @throws IllegalArgumentException when the elements are not integers of 8 bits or more
  public long[] longs() {
    long[] values = new long[count];
    ByteBuffer raw = raw();
    for (int i = 0; i < count; i++) {
      values[i] = proto.hasRawData() ? rawLong(raw, i) : typedLong(i);
    }
    return values;
  }

  /// {@return the truth values, row-major}
  ///
  /// @throws IllegalArgumentException when the elements are not truth values
  public boolean[] booleans() {
    if (type != ElementType.BOOL) {
      throw wrongType("truth values");
    }
    boolean[] values = new boolean[count];
    ByteBuffer raw = raw();
    for (int i = 0; i < count; i++) {
      values[i] = (proto.hasRawData() ? raw.get(i) : proto.getInt32Data(i)) != 0;
    }
    return values;
  }

  private ByteBuffer raw() {
    return proto.getRawData().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private short half(ByteBuffer raw, int i) {
    return proto.hasRawData() ? raw.getShort(2 * i) : (short) proto.getInt32Data(i);
  }

  private long rawLong(ByteBuffer raw, int i) {
    return switch (type) {
      case INT64, UINT64 -> raw.getLong(8 * i);
      case INT32 -> raw.getInt(4 * i);
      case UINT32 -> Integer.toUnsignedLong(raw.getInt(4 * i));
      case INT16 -> raw.getShort(2 * i);
      case UINT16 -> Short.toUnsignedInt(raw.getShort(2 * i));
      case INT8 -> raw.get(i);
      case UINT8 -> Byte.toUnsignedInt(raw.get(i));
      default -> throw wrongType("integers");
    };
  }

  private long typedLong(int i) {
    return switch (type) {
      case INT64 -> proto.getInt64Data(i);
      case UINT64, UINT32 -> proto.getUint64Data(i);
      case INT32, INT16, UINT16, INT8, UINT8 -> proto.getInt32Data(i);
      default -> throw wrongType("integers");
    };
  }

  private IllegalArgumentException wrongType(String asked) {
    return new IllegalArgumentException(
        "tensor '" + proto.getName() + "' has elements of type " + type + ", not " + asked);
  }

  TensorProto proto() {
    return proto;
  }

  static TensorProto ofFloats(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.FLOAT.code())
            .setRawData(ByteString.copyFrom(raw));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor.build();
  }

  static TensorProto ofBoolean(String name, boolean value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementType.BOOL.code())
        .setRawData(ByteString.copyFrom(new byte[] {(byte) (value ? 1 : 0)}))
        .build();
  }

  /// {@return type and shape, such as `FLOAT [1000, 784]`}
  @Override
  public String toString() {
    List<Long> shape = proto.getDimsList();
    return type + " " + shape;
  }
}
