package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.network.layer.Quantisation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Small facts about the values of a graph.
final class Values {
  /// Inputs, by operator, that set an operation up rather than being learned.
  private static final Map<String, List<Integer>> SETTINGS =
      Map.of(
          "Dropout", List.of(1, 2),
          "Clip", List.of(1, 2),
          "Pad", List.of(1, 2, 3),
          "Resize", List.of(1, 2, 3),
          "Upsample", List.of(1),
          "BatchNormalization", List.of(3, 4));

  /// From this version of the format on, constants are not listed among the inputs.
  private static final int INPUTS_ARE_NO_CONSTANTS = 4;

  private Values() {}

  static ValueInfo describe(ValueInfoProto info) {
    if (!info.hasType() || !info.getType().hasTensorType()) {
      return new ValueInfo(info.getName(), Optional.empty(), Optional.empty());
    }
    TypeProto.Tensor tensor = info.getType().getTensorType();
    Optional<List<Dimension>> shape = Optional.empty();
    if (tensor.hasShape()) {
      List<Dimension> sizes = new ArrayList<>();
      for (TensorShapeProto.Dimension size : tensor.getShape().getDimList()) {
        sizes.add(
            size.hasDimValue()
                ? new Dimension.Fixed(size.getDimValue())
                : new Dimension.Free(size.getDimParam()));
      }
      shape = Optional.of(sizes);
    }
    return new ValueInfo(info.getName(), ElementType.ofCode(tensor.getElemType()), shape);
  }

  /// Sets the free axes of an input, but for the batch.
  ///
  /// @return whether there were any
  static boolean fit(ValueInfoProto.Builder info, Binding.Input input) {
    TensorShapeProto.Builder shape = info.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    boolean changed = false;
    if (shape.getDimCount() == 0) { // it said nothing
      changed = true;
      shape.addDimBuilder().setDimParam("batch");
      input.shape().forEach(_ -> shape.addDimBuilder());
    }
    int next = 0;
    for (int axis = 0; axis < shape.getDimCount(); axis++) {
      if (axis != input.batchAxis()) {
        int size = input.shape().get(next++);
        if (shape.getDim(axis).getDimValue() < 1) {
          shape.setDim(axis, TensorShapeProto.Dimension.newBuilder().setDimValue(size));
          changed = true;
        }
      }
    }
    return changed;
  }

  /// The same model with a constant of its own for each name that a constant goes by.
  ///
  /// Exporters that find equal constants, as the zeros and ones of an untrained network are, keep
  /// one of them and give it the names of the others by nodes that do nothing. After a step of
  /// training they differ, and the graph of the next checkpoint would be another. The bytes stay
  /// shared.
  static ModelProto unshared(ModelProto model) {
    if (model.getIrVersion() < INPUTS_ARE_NO_CONSTANTS) {
      return model;
    }
    GraphProto old = model.getGraph();
    Map<String, TensorProto> constants = new HashMap<>();
    old.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    Set<String> outputs = new HashSet<>();
    old.getOutputList().forEach(output -> outputs.add(output.getName()));
    GraphProto.Builder graph = old.toBuilder().clearNode();
    for (NodeProto node : old.getNodeList()) {
      TensorProto constant = renamed(node, constants);
      if (constant == null || outputs.contains(constant.getName())) {
        graph.addNode(node);
      } else {
        constants.put(constant.getName(), constant);
        graph.addInitializer(constant);
      }
    }
    boolean same = graph.getNodeCount() == old.getNodeCount();
    return same ? model : model.toBuilder().setGraph(graph).build();
  }

  /// What a node makes that does nothing but give a constant a name that is free.
  private static @Nullable TensorProto renamed(NodeProto node, Map<String, TensorProto> constants) {
    boolean gives =
        node.getOpType().equals("Identity")
            && node.getDomain().isEmpty()
            && node.getInputCount() == 1
            && node.getOutputCount() == 1
            && !constants.containsKey(node.getOutput(0));
    TensorProto constant = gives ? constants.get(node.getInput(0)) : null;
    return constant == null ? null : constant.toBuilder().setName(node.getOutput(0)).build();
  }

  /// The values that are used only to set operations up.
  static Set<String> settings(List<Node> nodes) {
    Set<String> settings = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (Node node : nodes) {
      List<Integer> positions = SETTINGS.getOrDefault(node.operator(), List.of());
      for (int i = 0; i < node.inputs().size(); i++) {
        (positions.contains(i) ? settings : others).add(node.inputs().get(i));
      }
    }
    settings.removeAll(others);
    settings.addAll(new Quantisation(LayerFinder.operations(nodes)).settings());
    return settings;
  }
}
