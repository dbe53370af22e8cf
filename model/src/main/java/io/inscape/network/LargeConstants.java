package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.inscape.network.runtime.OnnxSessions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hands the large constants of a model to ONNX Runtime where they lie, so that they are not copied
/// through the bytes of a file.
final class LargeConstants implements AutoCloseable {
  private static final int LARGE = 1 << 20; // bytes

  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private final List<ByteBuffer> memory = new ArrayList<>(); // ONNX Runtime reads it

  /// Opens a model; what it reads stays until [#close()], which comes after the session's.
  OrtSession open(ModelProto model, String origin, int threads) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    try {
      for (int i = 0; i < graph.getInitializerCount(); i++) {
        TensorProto tensor = graph.getInitializer(i);
        Optional<OnnxJavaType> type = type(tensor);
        if (tensor.getRawData().size() >= LARGE && type.isPresent()) {
          ByteBuffer data = direct(tensor);
          memory.add(data);
          long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
          tensors.put(
              tensor.getName(),
              OnnxTensor.createTensor(OnnxSessions.environment(), data, shape, type.get()));
          graph.setInitializer(i, elsewhere(tensor));
        }
      }
    } catch (OrtException e) {
      close();
      throw OnnxSessions.explain(e, origin);
    }
    byte[] rest = model.toBuilder().setGraph(graph).build().toByteArray();
    return OnnxSessions.open(rest, tensors, origin, threads, OptLevel.ALL_OPT);
  }

  private static ByteBuffer direct(TensorProto tensor) {
    ByteBuffer data = tensor.getRawData().asReadOnlyByteBuffer().slice();
    if (!data.isDirect()) {
      data = ByteBuffer.allocateDirect(data.remaining()).put(data).flip();
    }
    return data.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto elsewhere(TensorProto tensor) {
    return tensor.toBuilder()
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", "handed over"))
        .addExternalData(entry("offset", "0"))
        .addExternalData(entry("length", Integer.toString(tensor.getRawData().size())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static Optional<OnnxJavaType> type(TensorProto tensor) {
    return ElementType.ofCode(tensor.getDataType())
        .flatMap(type ->
            switch (type) {
              case FLOAT -> Optional.of(OnnxJavaType.FLOAT);
              case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
              case INT8 -> Optional.of(OnnxJavaType.INT8);
              case UINT8 -> Optional.of(OnnxJavaType.UINT8);
              default -> Optional.empty();
            });
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
    memory.clear();
  }
}
