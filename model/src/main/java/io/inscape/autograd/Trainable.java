package io.inscape.autograd;

import io.inscape.network.ElementType;
import io.inscape.network.Network;
import io.inscape.network.Node;
import io.inscape.network.Tensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which constants of a network learn: those that act as weights, scales or biases.
///
/// | operator | inputs that learn |
/// |---|---|
/// | Gemm, MatMul | factors, and Gemm's addend |
/// | Conv, BatchNormalization, LayerNormalization | weight or scale, and bias |
/// | PRelu | slope |
/// | Add | a constant of more than one number |
///
/// A constant counts also where it is only turned or reshaped first. All others (a step's length, a
/// running mean, the number in a hand-written formula) stay as they are.
final class Trainable {
  private static final Map<String, List<Integer>> LEARNING =
      Map.of(
          "Gemm", List.of(0, 1, 2),
          "MatMul", List.of(0, 1),
          "Conv", List.of(1, 2),
          "BatchNormalization", List.of(1, 2),
          "LayerNormalization", List.of(1, 2),
          "PRelu", List.of(1),
          "Add", List.of(0, 1));

  private Trainable() {}

  /// The names of the constants that learn, in file order.
  static Set<String> of(Network network) {
    Map<String, String> constantOf = new HashMap<>(); // by value: the constant that it is
    Set<String> used = new LinkedHashSet<>();
    network.parameters().forEach((name, _) -> constantOf.put(name, name));
    for (Node node : network.nodes()) {
      if (node.is("Identity", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze")) {
        String constant = constantOf.get(node.inputs().getFirst());
        if (constant != null) {
          constantOf.put(node.outputs().getFirst(), constant);
        }
      }
      for (int position : LEARNING.getOrDefault(node.operator(), List.of())) {
        node.input(position)
            .map(constantOf::get)
            .filter(constant -> learns(node, network, constant))
            .ifPresent(used::add);
      }
    }
    Set<String> ordered = new LinkedHashSet<>(network.parameters().keySet());
    ordered.retainAll(used);
    return ordered;
  }

  private static boolean learns(Node node, Network network, String name) {
    Tensor constant = network.parameters().get(name);
    return constant != null
        && constant.type() == ElementType.FLOAT
        && (!node.is("Add") || constant.count() > 1);
  }
}
