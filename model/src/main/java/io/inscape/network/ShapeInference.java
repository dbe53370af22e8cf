package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import io.inscape.dataset.InputException;
import io.inscape.network.runtime.DeepStack;
import io.inscape.network.runtime.OnnxSessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Asks ONNX's own shape rules for the size of every value, for two sizes of the batch: what
/// differs between them is the batch.
final class ShapeInference {
  /// Constants of more elements than this say nothing about shapes but their own.
  private static final int LARGE = 4096;

  private static final int[] BATCHES = {2, 3};

  private final Network network;

  private ShapeInference(Network network) {
    this.network = network;
  }

  /// What is known of the values.
  ///
  /// @param axes the size of each axis; -1 for the batch's and for what only a run knows
  /// @param batchAxes of the values that have one: which axis is the batch, 0 or 1
  /// @param types what their elements are, where it is a number
  record Sizes(
      Map<String, List<Long>> axes,
      Map<String, Integer> batchAxes,
      Map<String, ElementType> types) {}

  private record Pass(Map<String, long[]> shapes, Map<String, ElementType> types) {
    boolean hasUnknown() {
      return shapes.values().stream().anyMatch(shape -> Arrays.stream(shape).anyMatch(s -> s < 0));
    }
  }

  /// The sizes of each tensor that a node makes, and of the inputs.
  static Sizes infer(Network network) {
    return DeepStack.call(() -> new ShapeInference(network).infer());
  }

  private Sizes infer() {
    int fixed = fixedBatch();
    if (fixed > 0) {
      Pass pass = pass(fixed);
      return sizes(pass, pass, fixed, fixed);
    }
    Pass first = pass(BATCHES[0]);
    return sizes(first, pass(BATCHES[1]), BATCHES[0], BATCHES[1]);
  }

  private Sizes sizes(Pass first, Pass second, int one, int two) {
    Map<String, List<Long>> axes = new HashMap<>();
    Map<String, Integer> batchAxes = new HashMap<>();
    first
        .shapes()
        .forEach((value, shape) -> {
          long[] other = second.shapes().getOrDefault(value, shape);
          List<Long> sizes = new ArrayList<>();
          for (int axis = 0; axis < shape.length; axis++) {
            boolean varies = other.length != shape.length || other[axis] != shape[axis];
            sizes.add(varies ? -1 : shape[axis]);
          }
          int most = shape.length == 3 ? 1 : 0;
          for (int axis = most; axis >= 0 && other.length == shape.length; axis--) {
            if (axis < shape.length && shape[axis] == one && other[axis] == two) {
              batchAxes.put(value, axis);
            }
          }
          axes.put(value, Collections.unmodifiableList(sizes));
        });
    return new Sizes(Map.copyOf(axes), Map.copyOf(batchAxes), Map.copyOf(first.types()));
  }

  private void requireSane(String value, long[] shape) {
    double elements = 1;
    for (long size : shape) {
      elements *= Math.max(1, size);
    }
    if (elements > (double) Integer.MAX_VALUE * BATCHES[0]) {
      throw InputException.unsupported(
          network.origin(),
          "value '" + value + "'",
          "the shape " + Arrays.toString(shape) + " for a batch of " + BATCHES[0],
          "less than 2^31 numbers for each observation",
          "the file is damaged or was not made to be run");
    }
  }

  private Pass pass(int batch) {
    ModelProto exposed = withBatch(Exposure.expose(network.model(), network.values()), batch);
    ModelProto light = withoutLargeConstants(exposed);
    Pass stated;
    try {
      stated = pass(light, OptLevel.NO_OPT);
    } catch (InputException _) { // an operator may insist on constant weights
      light = exposed;
      stated = pass(light, OptLevel.NO_OPT);
    }
    stated.shapes().forEach(this::requireSane);
    if (!stated.hasUnknown()) {
      return stated;
    }
    try { // sizes that the graph computes from sizes are known once that is done
      return pass(light, OptLevel.BASIC_OPT);
    } catch (InputException _) {
      return stated;
    }
  }

  private Pass pass(ModelProto model, OptLevel level) {
    String origin = network.origin();
    try (OrtSession session = OnnxSessions.open(model.toByteArray(), origin, 1, level)) {
      Map<String, long[]> shapes = new HashMap<>();
      Map<String, ElementType> types = new HashMap<>();
      Map<String, NodeInfo> infos = new HashMap<>(session.getInputInfo());
      infos.keySet().retainAll(network.inputs().stream().map(ValueInfo::name).toList());
      infos.putAll(session.getOutputInfo());
      for (Map.Entry<String, NodeInfo> value : infos.entrySet()) {
        if (value.getValue().getInfo() instanceof TensorInfo tensor) {
          shapes.put(value.getKey(), tensor.getShape());
          type(tensor.type).ifPresent(type -> types.put(value.getKey(), type));
        }
      }
      return new Pass(shapes, types);
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    }
  }

  private static Optional<ElementType> type(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> Optional.of(ElementType.FLOAT);
      case DOUBLE -> Optional.of(ElementType.DOUBLE);
      case FLOAT16 -> Optional.of(ElementType.FLOAT16);
      case BFLOAT16 -> Optional.of(ElementType.BFLOAT16);
      case INT8 -> Optional.of(ElementType.INT8);
      case UINT8 -> Optional.of(ElementType.UINT8);
      case INT16 -> Optional.of(ElementType.INT16);
      case INT32 -> Optional.of(ElementType.INT32);
      case INT64 -> Optional.of(ElementType.INT64);
      case BOOL -> Optional.of(ElementType.BOOL);
      case STRING, UNKNOWN -> Optional.empty();
    };
  }

  /// The batch size that the inputs take; 0 when it is free.
  private int fixedBatch() {
    int fixed = 0;
    for (ValueInfo input : network.inputs()) {
      List<Dimension> axes = input.shape().orElse(List.of());
      int axis = BindingFinder.batchAxis(input);
      if (axis < axes.size() && axes.get(axis) instanceof Dimension.Fixed(long size) && size > 0) {
        fixed = (int) Math.min(size, Integer.MAX_VALUE);
      }
    }
    return fixed;
  }

  private ModelProto withBatch(ModelProto model, int batch) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < graph.getInputCount(); i++) {
      places.put(graph.getInput(i).getName(), i);
    }
    for (ValueInfo input : network.inputs()) {
      List<Dimension> axes = input.shape().orElse(List.of());
      int axis = BindingFinder.batchAxis(input);
      if (axis < axes.size()) {
        graph
            .getInputBuilder(Objects.requireNonNull(places.get(input.name())))
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder()
            .setDim(axis, TensorShapeProto.Dimension.newBuilder().setDimValue(batch));
      }
    }
    for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      forgetFreeAxes(output);
    }
    graph.getValueInfoBuilderList().forEach(ShapeInference::forgetFreeAxes);
    return model.toBuilder().setGraph(graph).build();
  }

  /// Names of free axes would stand against the sizes that are put in.
  private static void forgetFreeAxes(ValueInfoProto.Builder info) {
    if (info.getType().getTensorType().hasShape()) {
      for (TensorShapeProto.Dimension.Builder size :
          info.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
        if (!size.hasDimValue()) {
          size.clear();
        }
      }
    }
  }

  /// Turns large weights into inputs of the same size, so that nothing heavy is loaded for a
  /// question about shapes.
  private static ModelProto withoutLargeConstants(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      boolean declared =
          graph.getInputList().stream().anyMatch(in -> in.getName().equals(tensor.getName()));
      if (declared || Tensor.elements(tensor) <= LARGE) {
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
