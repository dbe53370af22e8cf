package io.inscape.network;

import io.inscape.dataset.InputException;
import io.inscape.network.layer.Quantisation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      Set.of(
          "Identity",
          "Transpose",
          "Reshape",
          "Cast",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "DequantizeLinear");

  /// Inputs, by operator, that are added.
  private static final Map<String, Set<Integer>> ADDED =
      Map.ofEntries(
          Map.entry("Gemm", Set.of(2)),
          Map.entry("Conv", Set.of(2)),
          Map.entry("ConvTranspose", Set.of(2)),
          Map.entry("QLinearConv", Set.of(8)),
          Map.entry("QGemm", Set.of(6)),
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
    List<LayerTensor> found = new ArrayList<>();
    Map<String, Tensor> parameters = network.parameters();
    for (String name : names(network)) {
      found.add(finder.describe(name, Objects.requireNonNull(parameters.get(name))));
    }
    return List.copyOf(found);
  }

  /// The constants that are weights or biases, in file order.
  static List<String> names(Network network) {
    Set<String> settings = Values.settings(network.nodes());
    Dequantiser dequantiser = new Dequantiser(network);
    List<String> names = new ArrayList<>();
    network
        .parameters()
        .forEach((name, tensor) -> {
          boolean learned = tensor.type().isReal() || dequantiser.scales(name, tensor).isPresent();
          if (learned && !settings.contains(name)) {
            names.add(name);
          }
        });
    return names;
  }

  /// The numbers of a weight or bias.
  static float[] values(Network network, String name, Tensor tensor) {
    return tensor.type().isInteger()
        ? new Dequantiser(network).values(name, tensor)
        : tensor.floats();
  }

  /// Turns the whole numbers of quantised weights into the real ones that they stand for.
  private static final class Dequantiser {
    private static final Set<ElementType> TYPES =
        Set.of(
            ElementType.INT8,
            ElementType.UINT8,
            ElementType.INT16,
            ElementType.UINT16,
            ElementType.INT32);

    private final Quantisation quantisation;
    private final Map<String, Tensor> constants;

    Dequantiser(Network network) {
      this.quantisation = LayerFinder.quantisation(network);
      this.constants = new HashMap<>(network.parameters());
      for (Node node : network.nodes()) {
        if (node.is("Constant") && node.attributes().get("value") instanceof Tensor tensor) {
          constants.put(node.outputs().getFirst(), tensor);
        }
      }
    }

    /// @param scales one for all, or one for each place on the axis
    /// @param zeroPoints the same; one of 0 where the graph has none
    /// @param inner how many neighbouring elements share a place on the axis
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    private record Scales(float[] scales, long[] zeroPoints, int inner) {}

    Optional<Scales> scales(String name, Tensor tensor) {
      if (!TYPES.contains(tensor.type()) || tensor.count() == 0) {
        return Optional.empty();
      }
      return quantisation.constant(name).flatMap(found -> scales(found, tensor));
    }

    private Optional<Scales> scales(Quantisation.Constant found, Tensor tensor) {
      long[] shape = tensor.shape();
      int axis = found.axis().map(one -> one < 0 ? one + shape.length : one).orElse(-1);
      boolean several = axis >= 0 && axis < shape.length;
      int places = several ? Math.toIntExact(shape[axis]) : 1;
      float[] product = {1};
      for (String scale : found.scales()) {
        Tensor factor = constants.get(scale);
        if (factor == null || !factor.type().isReal() || !fits(factor, places)) {
          return Optional.empty();
        }
        product = times(product, factor.floats());
      }
      Tensor zero = constants.get(found.zeroPoint());
      boolean known =
          found.zeroPoint().isEmpty()
              || (zero != null && TYPES.contains(zero.type()) && fits(zero, places));
      if (!known) {
        return Optional.empty();
      }
      int inner = 1;
      for (int i = axis + 1; several && i < shape.length; i++) {
        inner = Math.toIntExact(inner * shape[i]);
      }
      return Optional.of(new Scales(product, zero == null ? new long[1] : zero.longs(), inner));
    }

    private static boolean fits(Tensor setting, int places) {
      return setting.count() == 1 || setting.count() == places;
    }

    private static float[] times(float[] one, float[] other) {
      float[] product = new float[Math.max(one.length, other.length)];
      for (int i = 0; i < product.length; i++) {
        product[i] = one[one.length == 1 ? 0 : i] * other[other.length == 1 ? 0 : i];
      }
      return product;
    }

    float[] values(String name, Tensor tensor) {
      Scales by =
          scales(name, tensor)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "the whole numbers of '"
                          + name
                          + "' ("
                          + tensor
                          + ") have no constant scale in the graph, so they stand for no weights"));
      long[] whole = tensor.longs();
      float[] values = new float[whole.length];
      for (int i = 0; i < values.length; i++) {
        int place = i / by.inner();
        long zero = by.zeroPoints()[place % by.zeroPoints().length];
        values[i] = (whole[i] - zero) * by.scales()[place % by.scales().length];
      }
      return values;
    }
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
    return user.is("Conv", "QLinearConv", "ConvInteger")
        || (List.of("Gemm", "QGemm").contains(user.operator()) && user.integer("transB", 0) != 0);
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
      boolean read = next.stream().allMatch(one -> one.is("DequantizeLinear"));
      if (next.isEmpty() || (next.size() > 1 && !read)) {
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
