package io.inscape.network.layer;

import io.inscape.network.layer.ValueGraph.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the whole numbers of a quantised graph stand for: `(number - zero point) * scale`, and
/// where the graph has both. Immutable.
public final class Quantisation {
  private static final int LONGEST_WAY = 64;

  /// Where the scale of what an operation gives stands among its inputs; the zero point follows.
  private static final Map<String, Integer> RESULTS =
      Map.ofEntries(
          Map.entry("QuantizeLinear", 1),
          Map.entry("QLinearConv", 6),
          Map.entry("QLinearMatMul", 6),
          Map.entry("QLinearAdd", 6),
          Map.entry("QLinearMul", 6),
          Map.entry("QGemm", 7),
          Map.entry("QLinearConcat", 0),
          Map.entry("QLinearGlobalAveragePool", 3),
          Map.entry("QLinearAveragePool", 3),
          Map.entry("QLinearReduceMean", 3),
          Map.entry("QLinearSigmoid", 3),
          Map.entry("QLinearLeakyRelu", 3),
          Map.entry("QLinearSoftmax", 3));

  /// Operations that leave the numbers of their first input what they are.
  private static final Set<String> PASSING =
      Set.of(
          "MaxPool",
          "Reshape",
          "Flatten",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Identity",
          "Slice",
          "Split",
          "Gather",
          "Expand",
          "Pad",
          "DepthToSpace",
          "SpaceToDepth");

  /// The inputs that are scales or zero points, by operator.
  private static final Map<String, List<Integer>> SETTINGS =
      Map.ofEntries(
          Map.entry("QuantizeLinear", List.of(1, 2)),
          Map.entry("DequantizeLinear", List.of(1, 2)),
          Map.entry("QLinearConv", List.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearMatMul", List.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearAdd", List.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearMul", List.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QGemm", List.of(1, 2, 4, 5, 7, 8)),
          Map.entry("QLinearConcat", List.of(0, 1, 3, 4, 6, 7, 9, 10, 12, 13)),
          Map.entry("QLinearGlobalAveragePool", List.of(1, 2, 3, 4)),
          Map.entry("QLinearAveragePool", List.of(1, 2, 3, 4)),
          Map.entry("QLinearReduceMean", List.of(1, 2, 3, 4)),
          Map.entry("QLinearSigmoid", List.of(1, 2, 3, 4)),
          Map.entry("QLinearLeakyRelu", List.of(1, 2, 3, 4)),
          Map.entry("QLinearSoftmax", List.of(1, 2, 3, 4)),
          Map.entry("DynamicQuantizeMatMul", List.of(2, 3)),
          Map.entry("MatMulIntegerToFloat", List.of(2, 3, 4, 5)),
          Map.entry("MatMulNBits", List.of(2, 3)),
          Map.entry("QAttention", List.of(3, 4, 6, 7)));

  /// Where the weights of an operation stand, their scale and their zero point, and along which
  /// axis they may have several: -1 for the last.
  private static final Map<String, List<Integer>> WEIGHTS =
      Map.of(
          "QLinearConv", List.of(3, 4, 5, 0),
          "QLinearMatMul", List.of(3, 4, 5, -1),
          "QGemm", List.of(3, 4, 5, -1),
          "DynamicQuantizeMatMul", List.of(1, 2, 3, -1),
          "MatMulIntegerToFloat", List.of(1, 3, 5, -1),
          "QAttention", List.of(1, 4, 7, -1),
          "DequantizeLinear", List.of(0, 1, 2, 1));

  /// Where the biases of an operation stand: their scale is that of the input times that of the
  /// weights.
  private static final Map<String, Integer> BIASES = Map.of("QLinearConv", 8, "QGemm", 6);

  private final Map<String, Operation> makers = new HashMap<>();
  private final Map<String, List<Operation>> users = new HashMap<>();
  private final Set<String> settings = new HashSet<>();

  /// What a value's whole numbers stand for.
  ///
  /// @param scale the value that holds the scale
  /// @param zeroPoint the value that holds the zero point; empty where it is 0
  public record Numbers(String scale, String zeroPoint) {}

  /// What a constant's whole numbers stand for.
  ///
  /// @param scales the values whose product is the scale
  /// @param zeroPoint the value that holds the zero point; empty where it is 0
  /// @param axis along which there may be several scales, -1 for the last; empty where there must
  ///   be one
  public record Constant(List<String> scales, String zeroPoint, Optional<Integer> axis) {
    /// Copies the list.
    public Constant {
      scales = List.copyOf(scales);
    }
  }

  /// Looks through a graph.
  ///
  /// @param operations of the graph
  public Quantisation(List<Operation> operations) {
    for (Operation operation : operations) {
      operation.outputs().forEach(output -> makers.put(output, operation));
      for (String input : new HashSet<>(operation.inputs())) {
        users.computeIfAbsent(input, _ -> new ArrayList<>()).add(operation);
      }
    }
    for (Operation operation : operations) {
      for (int place : SETTINGS.getOrDefault(operation.operator(), List.of())) {
        settings.add(input(operation, place));
      }
      if (operation.is(Growth.WHOLE_NUMBERS)) {
        scaleBehind(operation).ifPresent(settings::add);
      }
    }
    settings.remove("");
  }

  /// {@return the values that are scales or zero points}
  public Set<String> settings() {
    return Set.copyOf(settings);
  }

  /// What the whole numbers of a value stand for.
  ///
  /// @param value of the graph
  /// @return where its scale is; empty where the graph does not say, or the value is not quantised
  public Optional<Numbers> value(String value) {
    String at = value;
    for (int step = 0; step < LONGEST_WAY; step++) {
      Operation maker = makers.get(at);
      if (maker == null) {
        return Optional.empty();
      }
      if (RESULTS.containsKey(maker.operator())) {
        return result(maker);
      }
      if (maker.operator().equals("DynamicQuantizeLinear")) {
        return at.equals(maker.output())
            ? Optional.of(new Numbers(maker.outputs().get(1), maker.outputs().get(2)))
            : Optional.empty();
      }
      if (!maker.is(PASSING)) {
        return Optional.empty();
      }
      at = input(maker, 0);
    }
    return Optional.empty();
  }

  /// What the whole numbers stand for that an operation gives with constant settings.
  static Optional<Numbers> result(Operation maker) {
    int scale = RESULTS.getOrDefault(maker.operator(), -1);
    String name = scale < 0 ? "" : input(maker, scale);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Numbers(name, input(maker, scale + 1)));
  }

  /// What the whole numbers of a constant stand for.
  ///
  /// @param constant of the graph
  /// @return where its scales are; empty where the graph does not say, or it is no quantised weight
  ///   or bias
  public Optional<Constant> constant(String constant) {
    String at = constant;
    boolean passed = false;
    for (int step = 0; step < LONGEST_WAY; step++) {
      List<Operation> next = users.getOrDefault(at, List.of());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Operation user = next.getFirst();
      if (!user.is(PASSING) || !input(user, 0).equals(at)) {
        Optional<Constant> found = taken(user, at);
        return passed
            ? found.map(one -> new Constant(one.scales(), one.zeroPoint(), Optional.empty()))
            : found;
      }
      passed = true;
      at = user.output();
    }
    return Optional.empty();
  }

  private Optional<Constant> taken(Operation user, String value) {
    int place = user.inputs().indexOf(value);
    if (BIASES.getOrDefault(user.operator(), -1) == place) {
      return Optional.of(new Constant(List.of(input(user, 1), input(user, 4)), "", Optional.of(0)));
    }
    if (user.is(Growth.WHOLE_NUMBERS) && place == 1) {
      int axis = user.operator().equals("ConvInteger") ? 0 : -1;
      return scaleBehind(user)
          .map(scale -> new Constant(List.of(scale), input(user, 3), Optional.of(axis)));
    }
    List<Integer> places = WEIGHTS.getOrDefault(user.operator(), List.of());
    boolean blocks = user.integer("block_size", 0) != 0;
    if (places.isEmpty() || places.getFirst() != place || blocks) {
      return Optional.empty();
    }
    int axis =
        switch (user.operator()) {
          case "DequantizeLinear" -> (int) user.integer("axis", places.getLast());
          case "QGemm" -> user.integer("transB", 0) == 0 ? -1 : 0;
          default -> places.getLast();
        };
    return Optional.of(
        new Constant(
            List.of(input(user, places.get(1))), input(user, places.get(2)), Optional.of(axis)));
  }

  /// The scale of the weights of a sum of whole numbers: the constant half of what the converted
  /// sum is multiplied by.
  private Optional<String> scaleBehind(Operation sum) {
    List<Operation> casts = users.getOrDefault(sum.output(), List.of());
    if (casts.size() != 1 || !casts.getFirst().operator().equals("Cast")) {
      return Optional.empty();
    }
    String converted = casts.getFirst().output();
    for (Operation product : users.getOrDefault(converted, List.of())) {
      for (String factor : product.inputs()) {
        Operation maker = makers.get(factor);
        if (product.operator().equals("Mul")
            && !factor.equals(converted)
            && maker != null
            && maker.operator().equals("Mul")) {
          List<String> constant = maker.inputs().stream().filter(this::isConstant).toList();
          return constant.size() == 1 ? Optional.of(constant.getFirst()) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private boolean isConstant(String value) {
    Operation maker = makers.get(value);
    return maker == null || maker.operator().equals("Constant");
  }

  private static String input(Operation operation, int place) {
    return place < operation.inputs().size() ? operation.inputs().get(place) : "";
  }
}
