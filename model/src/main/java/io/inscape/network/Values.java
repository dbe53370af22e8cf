package io.inscape.network;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    return settings;
  }
}
