package io.inscape.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.dataset.InputException;

/// Decides whether a constant holds what its shape says.
final class TensorCheck {
  private TensorCheck() {}

  /// {@return the tensor itself}
  static TensorProto check(TensorProto tensor, String origin) {
    ElementType type = type(tensor, origin);
    long elements = elements(tensor, origin);
    if (type == ElementType.STRING) {
      requireCount(tensor, origin, tensor.getStringDataCount(), elements);
    } else if (tensor.hasRawData()) {
      long expected = type.bytes(elements);
      if (tensor.getRawData().size() != expected) {
        throw wrong(tensor, origin, tensor.getRawData().size() + " bytes", expected + " bytes");
      }
    } else {
      requireCount(tensor, origin, typedCount(tensor, type), typedExpected(type, elements));
    }
    return tensor;
  }

  static ElementType type(TensorProto tensor, String origin) {
    return ElementType.ofCode(tensor.getDataType())
        .orElseThrow(() ->
            InputException.unsupported(
                origin,
                "constant '" + tensor.getName() + "'",
                "element type number " + tensor.getDataType(),
                "1 to 23, the element types of ONNX",
                "export the network with 32-bit floats"));
  }

  static long elements(TensorProto tensor, String origin) {
    long elements = 1;
    for (long size : tensor.getDimsList()) {
      if (size < 0 || (size > 0 && elements > Integer.MAX_VALUE / size)) {
        throw wrong(tensor, origin, "the shape " + tensor.getDimsList(), "0 to 2^31 elements");
      }
      elements *= size;
    }
    return elements;
  }

  private static long typedCount(TensorProto tensor, ElementType type) {
    return switch (type) {
      case FLOAT, COMPLEX64 -> tensor.getFloatDataCount();
      case DOUBLE, COMPLEX128 -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  private static long typedExpected(ElementType type, long elements) {
    return switch (type) {
      case COMPLEX64, COMPLEX128 -> 2 * elements;
      case UINT4, INT4, FLOAT4E2M1 -> (elements + 1) / 2;
      default -> elements;
    };
  }

  private static void requireCount(TensorProto tensor, String origin, long found, long expected) {
    if (found != expected) {
      throw wrong(tensor, origin, found + " elements", expected + " elements");
    }
  }

  private static InputException wrong(
      TensorProto tensor, String origin, String found, String expected) {
    return InputException.malformed(
        origin,
        "constant '" + tensor.getName() + "'",
        found,
        expected + (expected.startsWith("0 to") ? "" : " for the shape " + tensor.getDimsList()),
        "the file is damaged, export the network again");
  }
}
