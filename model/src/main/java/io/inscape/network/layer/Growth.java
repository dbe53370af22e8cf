package io.inscape.network.layer;

import io.inscape.network.layer.ValueGraph.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows a layer's value through what belongs to it: a bias, a batch normalisation, and one
/// activation function, after which it ends.
final class Growth {
  static final Set<String> ACTIVATIONS =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "Gelu",
          "FastGelu",
          "BiasGelu",
          "QuickGelu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Swish",
          "Mish",
          "Tanh",
          "Softplus",
          "Softsign",
          "ThresholdedRelu",
          "QLinearSigmoid",
          "QLinearLeakyRelu",
          "Clip");

  /// What stands around the numbers of quantised networks.
  static final Set<String> QUANTISATION = Set.of("QuantizeLinear", "DequantizeLinear");

  /// Operations, number by number, that activation functions are written in.
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Mul",
          "Div",
          "Add",
          "Sub",
          "Pow",
          "Erf",
          "Tanh",
          "Sigmoid",
          "HardSigmoid",
          "Clip",
          "Softplus",
          "Relu",
          "Cast");

  private static final Set<String> BENDING =
      Set.of("Erf", "Tanh", "Sigmoid", "HardSigmoid", "Softplus", "Clip");

  /// Sums of whole numbers; their scales are multiplied in behind them.
  static final Set<String> WHOLE_NUMBERS = Set.of("MatMulInteger", "ConvInteger");

  private static final int LARGEST_ACTIVATION = 12;

  private final ValueGraph graph;
  private final Set<Operation> swallowed = new HashSet<>();

  Growth(ValueGraph graph) {
    this.graph = graph;
  }

  Set<Operation> swallowed() {
    return swallowed;
  }

  boolean isActivated(String value) {
    Operation maker = graph.maker(value);
    return maker != null && maker.is(ACTIVATIONS);
  }

  /// Whether a value was quantised to numbers that are none below 0, into which quantisers fold a
  /// Relu.
  boolean isCut(String value) {
    Operation maker = graph.maker(value);
    while (maker != null && maker.operator().equals("DequantizeLinear")) {
      maker = graph.maker(maker.inputs().getFirst());
    }
    return maker != null
        && Quantisation.result(maker).filter(one -> graph.isLowest(one.zeroPoint())).isPresent();
  }

  /// The last value that belongs to an operation's.
  String grow(Operation start, String from) {
    String value = start.is(WHOLE_NUMBERS) ? scaled(from) : from;
    while (true) {
      List<Operation> next = graph.users(value);
      Optional<Operation> composed = activation(value, next);
      if (composed.isPresent()) {
        return dequantised(composed.get().output());
      }
      if (!(next.size() == 1 && belongs(next.getFirst(), value)) && !isRead(next)) {
        return value;
      }
      Operation operation = next.getFirst();
      swallowed.addAll(next);
      value = operation.output();
      if (operation.is(ACTIVATIONS)) {
        return dequantised(value);
      }
    }
  }

  private boolean belongs(Operation operation, String value) {
    if (operation.operator().equals("Add")) {
      return operation.inputs().stream().allMatch(v -> v.equals(value) || graph.isConstant(v));
    }
    return operation.operator().equals("BatchNormalization")
        || isConversion(operation)
        || operation.is(QUANTISATION)
        || operation.is(ACTIVATIONS);
  }

  /// Past the quantisation right behind a value.
  String dequantised(String from) {
    String value = from;
    List<Operation> next = graph.users(value);
    while (isRead(next) || (next.size() == 1 && next.getFirst().is(QUANTISATION))) {
      value = next.getFirst().output();
      next = graph.users(value);
    }
    return value;
  }

  /// Past what only writes a value's numbers in another way.
  String converted(String from) {
    String value = from;
    while (graph.users(value).size() == 1) {
      Operation next = graph.users(value).getFirst();
      if (!next.is(QUANTISATION) && !isConversion(next)) {
        return value;
      }
      value = next.output();
    }
    return value;
  }

  /// Between kinds of real numbers.
  private boolean isConversion(Operation operation) {
    return operation.operator().equals("Cast") && graph.size(operation.output()).real();
  }

  /// Whether quantised numbers are turned back for each operation that takes them.
  private static boolean isRead(List<Operation> users) {
    return !users.isEmpty()
        && users.stream().allMatch(user -> user.operator().equals("DequantizeLinear"));
  }

  /// From a sum of whole numbers to the real numbers that it stands for: a conversion and a
  /// multiplication with the scales.
  private String scaled(String from) {
    String value = from;
    for (String operator : List.of("Cast", "Mul")) {
      List<Operation> next = graph.users(value);
      if (next.size() != 1 || !next.getFirst().operator().equals(operator)) {
        return value;
      }
      swallowed.add(next.getFirst());
      value = next.getFirst().output();
    }
    return value;
  }

  /// The end of an activation function that is written in several operations, such as `x *
  /// sigmoid(x)`.
  private Optional<Operation> activation(String start, List<Operation> first) {
    if (first.size() < 2 || !first.stream().allMatch(operation -> operation.is(ELEMENTWISE))) {
      return Optional.empty();
    }
    Set<String> reached = new HashSet<>(Set.of(start));
    Set<Operation> passed = new HashSet<>();
    boolean bent = false;
    Operation last = null;
    for (int i = graph.index(start) + 1;
        i < graph.operations().size() && passed.size() < LARGEST_ACTIVATION;
        i++) {
      Operation operation = graph.operations().get(i);
      List<String> taken = graph.computed(operation);
      if (operation.is(ELEMENTWISE) && !taken.isEmpty() && reached.containsAll(taken)) {
        passed.add(operation);
        bent |= operation.is(BENDING);
        reached.add(operation.output());
        last = operation;
        if (bent && closed(reached, passed, operation.output())) {
          swallowed.addAll(passed);
          return Optional.of(halved(last));
        }
      }
    }
    return Optional.empty();
  }

  private boolean closed(Set<String> reached, Set<Operation> passed, String end) {
    return reached.stream()
        .allMatch(value -> value.equals(end) || passed.containsAll(graph.users(value)));
  }

  /// With the multiplication by a constant that some exporters put last.
  private Operation halved(Operation last) {
    List<Operation> next = graph.users(last.output());
    if (next.size() == 1
        && next.getFirst().operator().equals("Mul")
        && graph.computed(next.getFirst()).size() == 1) {
      swallowed.add(next.getFirst());
      return next.getFirst();
    }
    return last;
  }
}
