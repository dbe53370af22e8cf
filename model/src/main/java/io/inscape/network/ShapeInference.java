package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.inscape.dataset.InputException;
import io.inscape.network.runtime.DeepStack;
import io.inscape.network.runtime.OnnxSessions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks ONNX's own shape rules for the size of every value.
final class ShapeInference {
  /// Constants of more elements than this say nothing about shapes but their own.
  private static final int LARGE = 4096;

  private ShapeInference() {}

  /// The sizes of each tensor that a node makes; -1 for an axis that is known only when the network
  /// runs.
  static Map<String, List<Long>> infer(Network network) {
    return DeepStack.call(() -> inferHere(network));
  }

  private static Map<String, List<Long>> inferHere(Network network) {
    ModelProto exposed = Exposure.expose(network.model(), network.values());
    ModelProto light = withoutLargeConstants(exposed);
    try {
      return infer(light, network.origin());
    } catch (InputException _) { // an operator may insist on constant weights
      return infer(exposed, network.origin());
    }
  }

  private static Map<String, List<Long>> infer(ModelProto model, String origin) {
    try (OrtSession session = OnnxSessions.open(model.toByteArray(), origin, 1, false)) {
      Map<String, List<Long>> shapes = new HashMap<>();
      for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
        if (output.getValue().getInfo() instanceof TensorInfo tensor) {
          shapes.put(output.getKey(), Arrays.stream(tensor.getShape()).boxed().toList());
        }
      }
      return shapes;
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    }
  }

  /// Turns large weights into inputs of the same size, so that nothing heavy is loaded for a
  /// question about shapes.
  private static ModelProto withoutLargeConstants(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      boolean declared =
          graph.getInputList().stream().anyMatch(in -> in.getName().equals(tensor.getName()));
      if (declared
          || tensor.getDataType() != ElementType.FLOAT.code()
          || Tensor.elements(tensor) <= LARGE) {
        graph.addInitializer(tensor);
      } else {
        graph.addInput(asInput(tensor));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static ValueInfoProto asInput(TensorProto tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    tensor.getDimsList().forEach(size -> shape.addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder()
        .setName(tensor.getName())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(tensor.getDataType())
                        .setShape(shape)))
        .build();
  }
}
