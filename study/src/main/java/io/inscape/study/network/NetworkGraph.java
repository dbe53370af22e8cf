package io.inscape.study.network;

import io.inscape.dataset.InputException;
import io.inscape.network.Dimension;
import io.inscape.network.ElementType;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.Node;
import io.inscape.network.Tensor;
import io.inscape.network.ValueInfo;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A network as nodes and links.
///
/// @param run whose network it is
/// @param name what the graph calls itself
/// @param nodes each after those whose values it takes; without those that only give a constant
/// @param inputs what the network takes
/// @param outputs what it gives
/// @param parameterCount how many numbers it has learned
/// @param opset version of ONNX's own operators
public record NetworkGraph(
    String run,
    String name,
    List<NodeInfo> nodes,
    List<ValueReport> inputs,
    List<ValueReport> outputs,
    long parameterCount,
    long opset) {
  /// What stands between layers and belongs to none.
  private static final Set<String> BETWEEN =
      Set.of(
          "Cast", "Dropout", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

  private static final String CONSTANT = "Constant";

  /// Copies the lists.
  public NetworkGraph {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// An operation.
  ///
  /// @param name the node's, or that of its first output where it has none; unique in the graph
  /// @param operator what it does, such as `Conv`
  /// @param title what a person reads: the layer's name, if it has one, and the operator
  /// @param attributes its settings; tensors and graphs in words
  /// @param inputs the values that it takes, without constants; an empty name is one left out
  /// @param outputs the values that it makes
  /// @param outputShapes of each, with -1 for an axis that is known only when the network runs;
  ///   empty where nothing is known
  /// @param parameters the constants that it takes
  /// @param parameterCount how many numbers of them were learned
  /// @param layer the layer that it makes or works towards; null for what belongs to none, such as
  ///   a dropout
  public record NodeInfo(
      String name,
      String operator,
      String title,
      Map<String, Object> attributes,
      List<String> inputs,
      List<String> outputs,
      List<List<Long>> outputShapes,
      List<ParameterInfo> parameters,
      long parameterCount,
      @Nullable String layer) {
    /// Copies the collections.
    public NodeInfo {
      attributes = new LinkedHashMap<>(attributes);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      outputShapes = List.copyOf(outputShapes);
      parameters = List.copyOf(parameters);
    }
  }

  /// A constant.
  ///
  /// @param name in the graph
  /// @param shape the size of each axis
  /// @param count how many numbers
  /// @param learned whether the network has learned it, as real or quantised numbers
  public record ParameterInfo(String name, List<Long> shape, long count, boolean learned) {
    /// Copies the shape.
    public ParameterInfo {
      shape = List.copyOf(shape);
    }

    static ParameterInfo of(String name, Tensor tensor, boolean learned) {
      List<Long> shape = java.util.Arrays.stream(tensor.shape()).boxed().toList();
      return new ParameterInfo(name, shape, tensor.count(), learned);
    }
  }

  /// An input or output of the network.
  ///
  /// @param name its name
  /// @param type such as `float`; null where the network does not say
  /// @param shape the size of each axis, as text: a number, or the name of one that is free
  public record ValueReport(String name, @Nullable String type, List<String> shape) {
    /// Copies the shape.
    public ValueReport {
      shape = List.copyOf(shape);
    }

    static ValueReport of(ValueInfo value) {
      List<String> shape = new ArrayList<>();
      for (Dimension size : value.shape().orElse(List.of())) {
        shape.add(
            switch (size) {
              case Dimension.Fixed(long fixed) -> String.valueOf(fixed);
              case Dimension.Free(String name) -> name.isEmpty() ? "?" : name;
            });
      }
      String type =
          value.type().map(ElementType::name).orElse("").toLowerCase(java.util.Locale.ROOT);
      return new ValueReport(value.name(), type.isEmpty() ? null : type, shape);
    }
  }

  /// The network of a run.
  ///
  /// @param study that has it
  /// @param run its name
  /// @return the graph, of any of its epochs: they do not differ in it
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such run, [Kind#NOT_YET] if it
  ///   keeps no network yet
  public static NetworkGraph of(Study study, String run) {
    Run found = study.run(run);
    RunInfo info = found.info();
    if (info.snapshots().isEmpty()) {
      throw new StudyException(
          Kind.NOT_YET, "run " + run + " keeps no network yet; wait for its first epoch");
    }
    return of(run, found.network(info.snapshots().getFirst()));
  }

  /// A network.
  ///
  /// @param run what the report calls it
  /// @param network to describe
  /// @return the graph
  public static NetworkGraph of(String run, Network network) {
    Map<String, List<Long>> shapes = new HashMap<>();
    Map<String, String> layers = new HashMap<>();
    try {
      shapes.putAll(network.shapes());
      for (Layer layer : network.layers()) {
        layers.putIfAbsent(layer.value(), layer.name());
      }
    } catch (InputException _) {
      // an operator that nobody can size: the graph is drawn without sizes and layers
    }
    Map<String, String> towards = towards(network, layers);
    Map<String, ParameterInfo> constants = constants(network);
    List<NodeInfo> nodes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : network.nodes()) {
      if (!node.is(CONSTANT)) {
        nodes.add(describe(node, constants, shapes, towards, names));
      }
    }
    return new NetworkGraph(
        run,
        network.name(),
        nodes,
        network.inputs().stream().map(ValueReport::of).toList(),
        network.outputs().stream().map(ValueReport::of).toList(),
        network.parameterCount(),
        network.operatorSet());
  }

  /// The layer that each value is, or becomes before it is used in more than one place.
  private static Map<String, String> towards(Network network, Map<String, String> layers) {
    Map<String, List<Node>> users = new HashMap<>();
    for (Node node : network.nodes()) {
      for (String input : new HashSet<>(node.inputs())) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
    }
    Map<String, String> towards = new HashMap<>(layers);
    List<Node> nodes = network.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      for (String value : nodes.get(i).outputs()) {
        List<Node> next = users.getOrDefault(value, List.of());
        if (!towards.containsKey(value)
            && next.size() == 1
            && !next.getFirst().outputs().isEmpty()) {
          String further = towards.get(next.getFirst().outputs().getFirst());
          if (further != null) {
            towards.put(value, further);
          }
        }
      }
    }
    return towards;
  }

  /// What the graph holds as constants, whichever way: those of the file, and nodes that do nothing
  /// but give one.
  private static Map<String, ParameterInfo> constants(Network network) {
    Set<String> learned = new HashSet<>();
    network.weights().forEach(weight -> learned.add(weight.name()));
    Map<String, ParameterInfo> constants = new HashMap<>();
    network
        .parameters()
        .forEach((name, tensor) ->
            constants.put(name, ParameterInfo.of(name, tensor, learned.contains(name))));
    for (Node node : network.nodes()) {
      if (node.is(CONSTANT)) {
        String name = node.outputs().getFirst();
        ParameterInfo one = new ParameterInfo(name, List.of(), 1, false);
        for (Object value : node.attributes().values()) {
          if (value instanceof Tensor tensor) {
            one = ParameterInfo.of(name, tensor, false);
          } else if (value instanceof List<?> list) {
            one = new ParameterInfo(name, List.of((long) list.size()), list.size(), false);
          }
        }
        constants.put(name, one);
      }
    }
    return constants;
  }

  private static NodeInfo describe(
      Node node,
      Map<String, ParameterInfo> constants,
      Map<String, List<Long>> shapes,
      Map<String, String> towards,
      Set<String> names) {
    List<String> inputs = new ArrayList<>();
    List<ParameterInfo> parameters = new ArrayList<>();
    long count = 0;
    for (String input : node.inputs()) {
      ParameterInfo constant = constants.get(input);
      if (constant == null) {
        inputs.add(input);
      } else {
        parameters.add(constant);
        count += constant.learned() ? constant.count() : 0;
      }
    }
    String output = node.outputs().isEmpty() ? "" : node.outputs().getFirst();
    String layer = BETWEEN.contains(node.operator()) ? null : towards.get(output);
    return new NodeInfo(
        unique(node.name().isEmpty() ? output : node.name(), names),
        node.operator(),
        layer == null ? node.operator() : layer + " (" + node.operator() + ")",
        attributes(node),
        inputs,
        node.outputs(),
        node.outputs().stream().map(value -> shapes.getOrDefault(value, List.of())).toList(),
        parameters,
        count,
        layer);
  }

  private static String unique(String wanted, Set<String> names) {
    String name = wanted;
    for (int number = 2; !names.add(name); number++) {
      name = wanted + " (" + number + ")";
    }
    return name;
  }

  private static Map<String, Object> attributes(Node node) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    node.attributes()
        .forEach((name, value) ->
            attributes.put(
                name,
                switch (value) {
                  case Tensor tensor -> tensor.toString();
                  case Node.Subgraph graph -> "a graph of " + graph.nodes().size() + " nodes";
                  default -> value;
                }));
    return attributes;
  }
}
