package io.inscape.network;

import io.inscape.network.layer.LayerProposals;
import io.inscape.network.layer.Proposal;
import io.inscape.network.layer.Quantisation;
import io.inscape.network.layer.Reading;
import io.inscape.network.layer.ValueGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The layers of a network: all that have a name, and any other value when it is asked for.
final class LayerFinder {
  /// Constants of more elements than this say nothing about positions.
  private static final int SMALL = 16;

  private final Network network;
  private final Quantisation quantisation;
  private final Map<String, ValueGraph.Size> sizes = new HashMap<>();
  private final List<Layer> layers;
  private final Map<String, String> aliases;

  LayerFinder(Network network) {
    this.network = network;
    this.quantisation = quantisation(network);
    ShapeInference.Sizes inferred = network.sizes();
    inferred
        .axes()
        .forEach((value, axes) ->
            sizes.put(
                value,
                new ValueGraph.Size(
                    axes,
                    inferred.batchAxes().getOrDefault(value, -1),
                    isNumbers(value, inferred))));
    LayerProposals.Found found =
        LayerProposals.find(
            graph(),
            network.inputs().stream().map(ValueInfo::name).toList(),
            network.logits().orElse(""));
    this.layers = found.layers().stream().map(LayerFinder::layer).toList();
    this.aliases = found.aliases();
  }

  List<Layer> layers() {
    return layers;
  }

  /// A layer by its name, the name that it had in older lists, or its value's.
  Optional<Layer> find(String name) {
    Optional<Layer> named = layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
    if (named.isPresent()) {
      return named;
    }
    String value = aliases.getOrDefault(name, name);
    Optional<Layer> known = layers.stream().filter(l -> l.value().equals(value)).findFirst();
    if (known.isPresent() && !aliases.containsKey(name)) {
      return known;
    }
    ValueGraph.Size size = sizes.get(value);
    Optional<Node> maker = network.producer(value);
    if (size == null || maker.isEmpty()) {
      return Optional.empty();
    }
    return size.observation()
        .map(shape ->
            new Layer(
                name, value, shape, maker.get().operator(), Reading.ALL, size.batchAxis(), false));
  }

  private ValueGraph graph() {
    Map<String, long[]> integers = new HashMap<>();
    Set<String> lowest = new HashSet<>();
    for (Node node : network.nodes()) {
      if (node.is("Constant") && node.attributes().get("value") instanceof Tensor tensor) {
        keep(integers, lowest, node.outputs().getFirst(), tensor);
      }
    }
    network.parameters().forEach((name, tensor) -> keep(integers, lowest, name, tensor));
    List<String> outputs = network.outputs().stream().map(ValueInfo::name).toList();
    return new ValueGraph(
        operations(network.nodes()),
        new HashSet<>(network.parameters().keySet()),
        outputs,
        sizes,
        integers,
        lowest);
  }

  /// Whether a value holds real numbers, or whole ones that stand for such.
  private boolean isNumbers(String value, ShapeInference.Sizes inferred) {
    ElementType type = inferred.types().get(value);
    boolean quantised = type == ElementType.INT8 || type == ElementType.UINT8;
    boolean made = network.values().contains(value);
    return type != null
        && (type.isReal() || (quantised && (!made || quantisation.value(value).isPresent())));
  }

  /// Why a value cannot be looked at; empty where there is no such value, or it can.
  Optional<String> refusal(String value) {
    boolean whole = sizes.containsKey(value) && !sizes.get(value).real();
    return network
        .producer(value)
        .filter(_ -> whole)
        .map(maker ->
            "value '"
                + value
                + "' of "
                + maker.label()
                + " holds whole numbers or other values that the graph gives no scale for, so they"
                + " stand for no real ones; choose a layer: "
                + String.join(
                    ", ", layers.stream().filter(Layer::proposed).map(Layer::name).toList()));
  }

  static Quantisation quantisation(Network network) {
    return new Quantisation(operations(network.nodes()));
  }

  static List<ValueGraph.Operation> operations(List<Node> nodes) {
    List<ValueGraph.Operation> operations = new ArrayList<>();
    for (Node node : nodes) {
      String domain = node.domain();
      boolean known = node.is(node.operator()) || domain.equals("com.microsoft");
      operations.add(
          new ValueGraph.Operation(
              known ? node.operator() : domain + "." + node.operator(),
              node.inputs(),
              node.outputs(),
              node.attributes()));
    }
    return operations;
  }

  private static void keep(
      Map<String, long[]> integers, Set<String> lowest, String name, Tensor tensor) {
    if (tensor.count() == 1
        && ((tensor.type() == ElementType.UINT8 && tensor.longs()[0] == 0)
            || (tensor.type() == ElementType.INT8 && tensor.longs()[0] == Byte.MIN_VALUE))) {
      lowest.add(name);
    }
    boolean whole = tensor.type() == ElementType.INT64 || tensor.type() == ElementType.INT32;
    if (whole && tensor.count() <= SMALL) {
      integers.put(name, tensor.longs());
    }
  }

  private static Layer layer(Proposal found) {
    return new Layer(
        found.name(),
        found.value(),
        found.shape(),
        found.operator(),
        found.reading(),
        found.batchAxis(),
        found.proposed());
  }
}
