package io.inscape.network;

import io.inscape.dataset.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out which constants are the weights and biases of which layer.
///
/// A constant is followed through nodes that only turn or name it until a node computes with it;
/// the layer is the first value from there on that is one.
final class LayerTensors {
  private static final int LONGEST_WAY = 16;

  private static final Set<String> PASSING =
      Set.of("Identity", "Transpose", "Reshape", "Cast", "Squeeze", "Unsqueeze", "Flatten");

  /// Inputs, by operator, that are added.
  private static final Map<String, Set<Integer>> ADDED =
      Map.ofEntries(
          Map.entry("Gemm", Set.of(2)),
          Map.entry("Conv", Set.of(2)),
          Map.entry("ConvTranspose", Set.of(2)),
          Map.entry("BatchNormalization", Set.of(2)),
          Map.entry("InstanceNormalization", Set.of(2)),
          Map.entry("LayerNormalization", Set.of(2)),
          Map.entry("GroupNormalization", Set.of(2)),
          Map.entry("LSTM", Set.of(3)),
          Map.entry("GRU", Set.of(3)),
          Map.entry("RNN", Set.of(3)),
          Map.entry("Add", Set.of(0, 1)),
          Map.entry("Sub", Set.of(0, 1)),
          Map.entry("Sum", Set.of(0, 1, 2, 3)));

  private final Map<String, List<Node>> users = new HashMap<>();
  private final Map<String, String> layers = new LinkedHashMap<>();

  private LayerTensors(Network network) {
    for (Node node : network.nodes()) {
      for (String input : new HashSet<>(node.inputs())) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
    }
    for (Layer layer : layers(network)) {
      layers.putIfAbsent(layer.value(), layer.name());
    }
  }

  /// Weights can be described even where a network has an operator that we cannot size.
  private static List<Layer> layers(Network network) {
    try {
      return network.layers();
    } catch (InputException _) {
      return List.of();
    }
  }

  static List<LayerTensor> find(Network network) {
    LayerTensors finder = new LayerTensors(network);
    Set<String> settings = Values.settings(network.nodes());
    List<LayerTensor> found = new ArrayList<>();
    network
        .parameters()
        .forEach((name, tensor) -> {
          if (tensor.type().isReal() && !settings.contains(name)) {
            found.add(finder.describe(name, tensor));
          }
        });
    return List.copyOf(found);
  }

  private LayerTensor describe(String name, Tensor tensor) {
    String value = name;
    boolean turned = false;
    Node user = firstUser(value);
    for (int step = 0; step < LONGEST_WAY && user != null && user.is(passing()); step++) {
      turned ^= user.is("Transpose");
      value = user.outputs().getFirst();
      user = firstUser(value);
    }
    List<Long> shape = java.util.Arrays.stream(tensor.shape()).boxed().toList();
    if (user == null) {
      LayerTensor.Kind kind = shape.size() > 1 ? LayerTensor.Kind.WEIGHTS : LayerTensor.Kind.BIASES;
      return new LayerTensor(name, prefix(name), kind, shape, false);
    }
    int position = user.inputs().indexOf(value);
    boolean added = ADDED.getOrDefault(user.operator(), Set.of()).contains(position);
    LayerTensor.Kind kind = added ? LayerTensor.Kind.BIASES : LayerTensor.Kind.WEIGHTS;
    return new LayerTensor(name, layer(user, name), kind, shape, turned ^ receiversFirst(user));
  }

  private static String[] passing() {
    return PASSING.toArray(String[]::new);
  }

  private static boolean receiversFirst(Node user) {
    return user.is("Conv") || (user.is("Gemm") && user.integer("transB", 0) != 0);
  }

  private @Nullable Node firstUser(String value) {
    List<Node> all = users.getOrDefault(value, List.of());
    return all.isEmpty() ? null : all.getFirst();
  }

  /// The first value after a node that is a layer; else the module of PyTorch's that the tensor or
  /// the node is of, or the name of the node where the way ends.
  private String layer(Node node, String tensor) {
    Node at = node;
    for (int step = 0; step < LONGEST_WAY; step++) {
      String value = at.outputs().getFirst();
      String layer = layers.get(value);
      if (layer != null) {
        return layer;
      }
      List<Node> next = users.getOrDefault(value, List.of());
      if (next.size() != 1) {
        break;
      }
      at = next.getFirst();
    }
    String end = at.name().isEmpty() ? prefix(tensor) : at.name();
    return module(node.name()).map(module -> isNamed(tensor) ? prefix(tensor) : module).orElse(end);
  }

  /// Whether a tensor has the name that PyTorch's module gives it, and no number by its exporter.
  private static boolean isNamed(String tensor) {
    return tensor.indexOf('.') > 0 && !tensor.contains("::");
  }

  /// The module that PyTorch made a node for, as PyTorch calls it: `encoder.mlp.0` of
  /// `/encoder/mlp/mlp.0/MatMul`, where parts of a sequence carry its name too.
  private static Optional<String> module(String node) {
    int last = node.lastIndexOf('/');
    if (last < 1 || node.charAt(0) != '/') {
      return Optional.empty();
    }
    List<String> parts = List.of(node.substring(1, last).split("/", -1));
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      boolean ofSequence = i + 1 < parts.size() && parts.get(i + 1).startsWith(parts.get(i) + ".");
      if (!ofSequence) {
        path.append(path.isEmpty() ? "" : ".").append(parts.get(i));
      }
    }
    return Optional.of(path.toString());
  }

  private static String prefix(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot > 0 ? tensor.substring(0, dot) : tensor;
  }
}
