package io.inscape.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Picks the values that a person would call layers, and names them.
///
/// Walking from the inputs, every fully connected operation, convolution, pool, recurrent cell,
/// normalisation that stands alone and residual sum starts a layer. The layer then swallows what
/// belongs to it as long as nothing else looks at the value in between: a bias, a batch
/// normalisation, and one activation function, after which it ends.
final class LayerFinder {
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "Gelu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Swish",
          "Mish",
          "Tanh",
          "Softplus",
          "Softsign",
          "ThresholdedRelu",
          "Clip");

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("Gemm", "fc"),
          Map.entry("MatMul", "fc"),
          Map.entry("Conv", "conv"),
          Map.entry("ConvTranspose", "deconv"),
          Map.entry("MaxPool", "pool"),
          Map.entry("AveragePool", "pool"),
          Map.entry("GlobalAveragePool", "pool"),
          Map.entry("GlobalMaxPool", "pool"),
          Map.entry("LayerNormalization", "norm"),
          Map.entry("LSTM", "lstm"),
          Map.entry("GRU", "gru"),
          Map.entry("RNN", "rnn"),
          Map.entry("Add", "sum"));

  private final Network network;
  private final Map<String, List<Node>> users = new HashMap<>();
  private final Map<String, List<Long>> shapes;
  private final Map<String, Integer> counters = new HashMap<>();
  private final Set<Node> swallowed = new HashSet<>();

  private LayerFinder(Network network) {
    this.network = network;
    this.shapes = ShapeInference.infer(network);
    for (Node node : network.nodes()) {
      for (String input : node.inputs()) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
    }
  }

  static List<Layer> find(Network network) {
    return new LayerFinder(network).find();
  }

  private List<Layer> find() {
    List<Layer> layers = new ArrayList<>();
    String logits = network.logits().orElse("");
    for (Node node : network.nodes()) {
      Optional<String> kind = swallowed.contains(node) ? Optional.empty() : kind(node);
      if (kind.isPresent()) {
        String value = grow(node);
        boolean scores = value.equals(logits) && !endsActivated(value);
        units(value)
            .ifPresent(shape ->
                layers.add(layer(scores ? "logits" : numbered(kind.get()), value, shape, node)));
      } else if (node.is("Softmax", "LogSoftmax") && isOutput(node)) {
        String name = node.is("Softmax") ? "probabilities" : "log-probabilities";
        String value = node.outputs().getFirst();
        units(value).ifPresent(shape -> layers.add(layer(name, value, shape, node)));
      }
    }
    return List.copyOf(layers);
  }

  private static Layer layer(String name, String value, List<Integer> shape, Node node) {
    return new Layer(name, value, shape, node.operator());
  }

  private String numbered(String kind) {
    return kind + counters.merge(kind, 1, Integer::sum);
  }

  private Optional<String> kind(Node node) {
    if (!node.is(KINDS.keySet().toArray(String[]::new)) || node.outputs().getFirst().isEmpty()) {
      return Optional.empty();
    }
    boolean constant = node.inputs().stream().anyMatch(network.parameters()::containsKey);
    boolean counts =
        switch (node.operator()) {
          case "MatMul" -> constant; // without one it mixes two computed values, as attention does
          case "Add" -> !constant && node.inputs().stream().allMatch(this::isComputed);
          default -> true;
        };
    return counts ? Optional.ofNullable(KINDS.get(node.operator())) : Optional.empty();
  }

  private boolean isComputed(String value) {
    return network
        .producer(value)
        .map(node -> !node.is("Constant"))
        .orElse(!network.parameters().containsKey(value));
  }

  /// Follows a layer's value through what belongs to it.
  private String grow(Node start) {
    String value = start.outputs().getFirst();
    while (true) {
      List<Node> next = users.getOrDefault(value, List.of());
      if (next.size() != 1 || !belongs(next.getFirst(), value)) {
        return value;
      }
      Node node = next.getFirst();
      swallowed.add(node);
      value = node.outputs().getFirst();
      if (node.is(ACTIVATIONS.toArray(String[]::new))) {
        return value;
      }
    }
  }

  private boolean belongs(Node node, String value) {
    if (node.is("Add")) {
      return node.inputs().stream().allMatch(v -> v.equals(value) || !isComputed(v));
    }
    return node.is("BatchNormalization") || node.is(ACTIVATIONS.toArray(String[]::new));
  }

  private boolean endsActivated(String value) {
    return network
        .producer(value)
        .map(node -> node.is(ACTIVATIONS.toArray(String[]::new)))
        .orElse(false);
  }

  private boolean isOutput(Node node) {
    return network.outputs().stream()
        .anyMatch(output -> node.outputs().getFirst().equals(output.name()));
  }

  /// The shape without its first axis, when all other sizes are known.
  private Optional<List<Integer>> units(String value) {
    List<Long> shape = shapes.getOrDefault(value, List.of());
    if (shape.size() < 2) {
      return Optional.empty();
    }
    List<Integer> sizes = new ArrayList<>();
    long units = 1;
    for (long size : shape.subList(1, shape.size())) {
      units = size < 1 ? Long.MAX_VALUE : Math.max(units, 1) * size;
      if (units > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      sizes.add((int) size);
    }
    return Optional.of(sizes);
  }
}
