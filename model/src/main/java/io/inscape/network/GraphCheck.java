package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/// Decides whether bytes are a sound ONNX model, and puts its nodes in order.
final class GraphCheck {
  private final String origin;
  private final GraphProto graph;
  private final Map<String, Integer> makers = new HashMap<>(); // value -> index of its node
  private final Set<String> given = new HashSet<>(); // inputs and constants

  private GraphCheck(GraphProto graph, String origin) {
    this.graph = graph;
    this.origin = origin;
  }

  static ModelProto parse(ByteString bytes, String origin) {
    ModelProto model;
    try {
      CodedInputStream input = bytes.newCodedInput();
      input.enableAliasing(true); // constants stay where they are
      model = ModelProto.parseFrom(input);
    } catch (IOException e) {
      boolean cut = Objects.requireNonNullElse(e.getMessage(), "").contains("ended unexpectedly");
      throw cut
          ? InputException.malformed(
              origin,
              "byte " + bytes.size(),
              "the end of the file",
              "the rest of an ONNX model",
              "the file is cut or is no ONNX file")
          : notOnnx(origin, "data of another kind");
    }
    if (!model.hasGraph() || model.getIrVersion() < 1) {
      throw notOnnx(origin, bytes.isEmpty() ? "an empty file" : "no ONNX graph");
    }
    if (model.getOpsetImportCount() == 0 && model.getIrVersion() >= 3) {
      throw InputException.malformed(
          origin,
          "the model's header",
          "no operator set",
          "at least one",
          "the file is cut or was written by a broken tool");
    }
    return model;
  }

  private static InputException notOnnx(String origin, String found) {
    return InputException.malformed(
        origin, "byte 0", found, "an ONNX model", "export the network as ONNX first");
  }

  /// Checks the graph of a model whose constants are all inside it.
  ///
  /// @return the nodes, each after those whose values it takes
  static List<Node> check(ModelProto model, String origin) {
    GraphCheck check = new GraphCheck(model.getGraph(), origin);
    check.collectGiven();
    List<Node> nodes = new NodeReader(origin).read(check.graph.getNodeList());
    check.collectMade(nodes);
    check.requireKnownInputs(nodes);
    check.requireOutputs();
    return check.order(nodes);
  }

  private void collectGiven() {
    for (ValueInfoProto input : graph.getInputList()) {
      if (!given.add(input.getName())) {
        throw twice(input.getName(), "the graph's inputs");
      }
    }
    Set<String> constants = new HashSet<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      TensorCheck.check(initializer, origin);
      if (initializer.getName().isEmpty() || !constants.add(initializer.getName())) {
        throw twice(initializer.getName(), "the graph's constants");
      }
      given.add(initializer.getName());
    }
    graph.getSparseInitializerList().forEach(tensor -> given.add(tensor.getValues().getName()));
  }

  private void collectMade(List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      for (String output : node.outputs()) {
        if (!output.isEmpty() && (given.contains(output) || makers.put(output, i) != null)) {
          throw twice(output, node.label());
        }
      }
    }
  }

  private InputException twice(String value, String position) {
    return InputException.malformed(
        origin,
        position,
        "a second value called '" + value + "'",
        "one value of each name",
        "export the network again");
  }

  private void requireKnownInputs(List<Node> nodes) {
    for (Node node : nodes) {
      for (String input : allInputs(node)) {
        if (!given.contains(input) && !makers.containsKey(input)) {
          throw InputException.malformed(
              origin,
              node.label(),
              "the input '" + input + "', which nothing makes",
              "an input of the graph, a constant or another node's output",
              "export the network again");
        }
      }
    }
  }

  private void requireOutputs() {
    if (graph.getOutputCount() == 0) {
      throw InputException.malformed(
          origin, "the graph", "no output", "at least one", "export the network again");
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!given.contains(output.getName()) && !makers.containsKey(output.getName())) {
        throw InputException.malformed(
            origin,
            "the graph's outputs",
            "'" + output.getName() + "', which nothing makes",
            "the output of a node",
            "export the network again");
      }
    }
  }

  /// Kahn's algorithm; among the nodes that are ready the first of the file goes first.
  private List<Node> order(List<Node> nodes) {
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> users = new ArrayList<>();
    nodes.forEach(_ -> users.add(new ArrayList<>()));
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : allInputs(nodes.get(i))) {
        Integer maker = makers.get(input);
        if (maker != null) {
          users.get(maker).add(i);
          waiting[i]++;
        }
      }
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<Node> ordered = new ArrayList<>();
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      ordered.add(nodes.get(next));
      for (int user : users.get(next)) {
        if (--waiting[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (ordered.size() < nodes.size()) {
      throw cycle(nodes, waiting);
    }
    return List.copyOf(ordered);
  }

  /// Walks backwards from any node that is still waiting until a node comes twice: that one lies on
  /// a cycle.
  private InputException cycle(List<Node> nodes, int[] waiting) {
    int node = 0;
    while (waiting[node] == 0) {
      node++;
    }
    Set<Integer> seen = new HashSet<>();
    while (seen.add(node)) {
      for (String input : allInputs(nodes.get(node))) {
        Integer maker = makers.get(input);
        if (maker != null && waiting[maker] > 0) {
          node = maker;
          break;
        }
      }
    }
    return InputException.malformed(
        origin,
        nodes.get(node).label(),
        "a cycle",
        "a graph without cycles",
        "export the network again");
  }

  /// What a node takes, the values that its inner graphs take from outside included; each once.
  private static Set<String> allInputs(Node node) {
    Set<String> inputs = new LinkedHashSet<>(node.inputs());
    for (Object attribute : node.attributes().values()) {
      if (attribute instanceof Node.Subgraph inner) {
        inputs.addAll(outside(inner));
      }
    }
    inputs.remove("");
    return inputs;
  }

  private static Set<String> outside(Node.Subgraph inner) {
    Set<String> own = new HashSet<>(inner.inputs());
    Set<String> taken = new LinkedHashSet<>(inner.outputs());
    for (Node node : inner.nodes()) {
      taken.addAll(allInputs(node));
      own.addAll(node.outputs());
    }
    taken.removeAll(own);
    return taken;
  }
}
