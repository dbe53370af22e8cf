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
