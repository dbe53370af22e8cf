package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Makes chosen values the outputs of a model.
final class Exposure {
  private Exposure() {}

  /// The model with exactly these values as outputs, in this order.
  ///
  /// A value that was no output gets a name-only entry: ONNX Runtime finds its type and shape by
  /// itself.
  static ModelProto expose(ModelProto model, Collection<String> values) {
    Map<String, ValueInfoProto> stated = new HashMap<>();
    model.getGraph().getOutputList().forEach(output -> stated.put(output.getName(), output));
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    for (String value : values) {
      ValueInfoProto known = stated.get(value);
      graph.addOutput(known != null ? known : ValueInfoProto.newBuilder().setName(value).build());
    }
    return model.toBuilder().setGraph(graph).build();
  }
}
