package io.inscape.network.layer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A graph as the search for layers sees it: who makes and who takes each value, what is constant,
/// and how large values are. Immutable.
public final class ValueGraph {
  private final List<Operation> operations;
  private final List<String> outputs;
  private final Map<String, Size> sizes;
  private final Map<String, long[]> integers;
  private final Set<String> lowest;
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, List<Operation>> users = new HashMap<>();
  private final Set<String> constants;

  /// An operation.
  ///
  /// @param operator what it does; with its domain in front where that is not ONNX's or Microsoft's
  /// @param inputs the values it takes; an empty name is one left out
  /// @param outputs the values it makes; an empty name is one left out
  /// @param attributes its settings
  public record Operation(
      String operator, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
    /// Copies the lists.
    public Operation {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      attributes = Map.copyOf(attributes);
    }

    boolean is(Set<String> operators) {
      return operators.contains(operator);
    }

    String output() {
      return outputs.isEmpty() ? "" : outputs.getFirst();
    }

    long integer(String attribute, long fallback) {
      return attributes.get(attribute) instanceof Long value ? value : fallback;
    }
  }

  /// How large a value is.
  ///
  /// @param axes the size of each axis; -1 for one that is known only when the network runs, and
  ///   for the batch
  /// @param batchAxis which axis is the batch: 0, 1, or -1 where none is just the batch
  /// @param real whether the elements are real numbers, or quantised ones that stand for such
  public record Size(List<Long> axes, int batchAxis, boolean real) {
    /// Copies the axes.
    public Size {
      axes = List.copyOf(axes);
    }

    /// {@return the sizes of one observation; empty when one is unknown, there is no batch, or the
    /// elements are no numbers}
    public Optional<List<Integer>> observation() {
      if (batchAxis < 0 || axes.size() < 2 || !real) {
        return Optional.empty();
      }
      List<Integer> shape = new ArrayList<>();
      long units = 1;
      for (int axis = 0; axis < axes.size(); axis++) {
        if (axis != batchAxis) {
          long size = axes.get(axis);
          units =
              size < 1
                  ? Long.MAX_VALUE
                  : Math.multiplyHigh(units, size) == 0 ? units * size : Long.MAX_VALUE;
          if (units > Integer.MAX_VALUE || units < 1) {
            return Optional.empty();
          }
          shape.add((int) size);
        }
      }
      return Optional.of(shape);
    }

    /// How many features a token has, of a value of tokens.
    Optional<Integer> features() {
      boolean tokens = axes.size() == 3 && batchAxis >= 0 && real;
      return tokens && axes.getLast() > 0
          ? Optional.of((int) (long) axes.getLast())
          : Optional.empty();
    }
  }

  /// A graph.
  ///
  /// @param operations each after those whose values it takes
  /// @param parameters the names of its constants
  /// @param outputs the names of what it gives, the most important first
  /// @param sizes of its values, inputs included
  /// @param integers the elements of small whole constants, by name; not modified
  /// @param lowest the zero points that are the lowest number of their type
  public ValueGraph(
      List<Operation> operations,
      Set<String> parameters,
      List<String> outputs,
      Map<String, Size> sizes,
      Map<String, long[]> integers,
      Set<String> lowest) {
    this.operations = List.copyOf(operations);
    this.outputs = List.copyOf(outputs);
    this.sizes = Map.copyOf(sizes);
    this.integers = new HashMap<>(integers);
    this.lowest = Set.copyOf(lowest);
    this.constants = new HashSet<>(parameters);
    constants.add("");
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      for (String output : operation.outputs()) {
        makers.put(output, i);
      }
      for (String input : new LinkedHashSet<>(operation.inputs())) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(operation);
      }
      boolean fixed =
          !operation.operator().startsWith("Random") && constants.containsAll(operation.inputs());
      if (fixed) {
        constants.addAll(operation.outputs());
      }
    }
  }

  List<Operation> operations() {
    return operations;
  }

  List<String> outputs() {
    return outputs;
  }

  List<Operation> users(String value) {
    return users.getOrDefault(value, List.of());
  }

  @Nullable Operation maker(String value) {
    Integer index = value.isEmpty() ? null : makers.get(value);
    return index == null ? null : operations.get(index);
  }

  int index(String value) {
    return makers.getOrDefault(value, -1);
  }

  boolean isConstant(String value) {
    return constants.contains(value);
  }

  /// The inputs of an operation that are not constant.
  List<String> computed(Operation operation) {
    return operation.inputs().stream().filter(input -> !isConstant(input)).toList();
  }

  Size size(String value) {
    return sizes.getOrDefault(value, new Size(List.of(), -1, false));
  }

  /// Whether a zero point leaves no numbers below 0; one left out is the 0 of unsigned bytes.
  boolean isLowest(String zeroPoint) {
    return zeroPoint.isEmpty() || lowest.contains(zeroPoint);
  }

  long @Nullable [] integers(String value) {
    return integers.get(value);
  }

  /// Whether a value is needed to compute another, and the operations in between.
  ///
  /// @return the operations, those of the value that is looked for left out; empty when it is not
  ///   needed
  Optional<List<Operation>> between(String from, String to) {
    int first = index(from);
    List<Operation> passed = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(to));
    boolean found = false;
    while (!open.isEmpty()) {
      String value = open.pop();
      if (value.equals(from)) {
        found = true;
      } else if (index(value) > first && seen.add(value)) {
        Operation maker = operations.get(index(value));
        passed.add(maker);
        open.addAll(computed(maker));
      }
    }
    return found ? Optional.of(passed) : Optional.empty();
  }
}
