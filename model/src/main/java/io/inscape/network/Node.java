package io.inscape.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One operation of a network.
///
/// @param name the node's name; may be empty, and need not be unique
/// @param operator what it does, such as `Conv`
/// @param domain whose operator it is; empty for ONNX's own
/// @param inputs the values it takes; an empty name is an optional input left out
/// @param outputs the values it makes; an empty name is an optional output left out
/// @param attributes its settings in file order, each a `Long`, `Float`, `String`, `List<Long>`,
///   `List<Float>`, `List<String>`, [Tensor] or [Subgraph]
public record Node(
    String name,
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> attributes) {
  /// Copies the collections.
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /// A graph inside a node, as `If` and `Loop` have.
  ///
  /// @param nodes its operations, in file order
  /// @param inputs the values handed to it
  /// @param outputs the values it gives back
  public record Subgraph(List<Node> nodes, List<String> inputs, List<String> outputs) {
    /// Copies the collections.
    public Subgraph {
      nodes = List.copyOf(nodes);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /// Whether this is one of ONNX's own operators.
  ///
  /// @param operators names to compare with
  /// @return true when the domain is ONNX's and the name is one of them
  public boolean is(String... operators) {
    return (domain.isEmpty() || domain.equals("ai.onnx")) && List.of(operators).contains(operator);
  }

  /// An input by position.
  ///
  /// @param position counted from 0
  /// @return the value's name, empty when the input is left out
  public Optional<String> input(int position) {
    return position < inputs.size() && !inputs.get(position).isEmpty()
        ? Optional.of(inputs.get(position))
        : Optional.empty();
  }

  /// An integer setting.
  ///
  /// @param attribute its name
  /// @param fallback the operator's default
  /// @return the setting, or the default when the node does not state it
  public long integer(String attribute, long fallback) {
    return attributes.get(attribute) instanceof Long value ? value : fallback;
  }

  /// A real setting.
  ///
  /// @param attribute its name
  /// @param fallback the operator's default
  /// @return the setting, or the default when the node does not state it
  public float real(String attribute, float fallback) {
    return attributes.get(attribute) instanceof Float value ? value : fallback;
  }

  /// A textual setting.
  ///
  /// @param attribute its name
  /// @param fallback the operator's default
  /// @return the setting, or the default when the node does not state it
  public String text(String attribute, String fallback) {
    return attributes.get(attribute) instanceof String value ? value : fallback;
  }

  /// A setting of several integers.
  ///
  /// @param attribute its name
  /// @param fallback the operator's default
  /// @return the setting, or the default when the node does not state it
  public List<Long> integers(String attribute, List<Long> fallback) {
    return attributes.get(attribute) instanceof List<?> values
        ? values.stream().map(Long.class::cast).toList()
        : fallback;
  }

  /// {@return how messages name this node: by its name, else by what it makes}
  public String label() {
    String known =
        !name.isEmpty() ? name : outputs.stream().filter(o -> !o.isEmpty()).findFirst().orElse("");
    return "node '" + known + "' (" + operator + ")";
  }
}
