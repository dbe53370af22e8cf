package io.inscape.network.layer;

import io.inscape.network.layer.ValueGraph.Operation;
import io.inscape.network.layer.ValueGraph.Size;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The blocks of residual networks, inverted-residual ones and transformers.
///
/// A residual sum adds a value to what was computed from it, or two values of which one was
/// computed from where the other comes from by a short way. Each makes a block: with the activation
/// function behind it; in transformers the sum after attention and those after it make one block,
/// with the normalisation behind the sum where the next block starts from that (post-norm). In
/// inverted-residual networks a convolution without an activation function ends a block too.
final class Blocks {
  static final Set<String> SUMS = Set.of("Add", "Sum", "QLinearAdd", "SkipLayerNormalization");

  private static final Set<String> ATTENTION =
      Set.of(
          "Softmax",
          "QLinearSoftmax",
          "Attention",
          "QAttention",
          "MultiHeadAttention",
          "GroupQueryAttention");
  private static final Set<String> CONVOLUTIONS =
      Set.of("Conv", "FusedConv", "QLinearConv", "ConvInteger");

  /// What may lie on the short way: convolutions that change the number of channels.
  private static final Set<String> SHORT_WAY =
      Set.of(
          "Conv",
          "QLinearConv",
          "FusedConv",
          "BatchNormalization",
          "AveragePool",
          "MaxPool",
          "Identity",
          "QuantizeLinear",
          "DequantizeLinear",
          "Gemm",
          "MatMul",
          "Add",
          "Pad");

  private static final int SHORT = 6;

  private final ValueGraph graph;
  private final Growth growth;
  private final Map<Operation, Boolean> sums = new LinkedHashMap<>(); // whether attention is in it

  /// A block.
  ///
  /// @param value at its end
  /// @param operator that ends it
  /// @param tokens whether it is one of a transformer
  record Block(String value, String operator, boolean tokens) {}

  Blocks(ValueGraph graph) {
    this.graph = graph;
    this.growth = new Growth(graph);
  }

  /// The blocks in the order of the graph; none for a network of fewer than two residual sums.
  List<Block> find() {
    for (Operation operation : graph.operations()) {
      if (operation.is(SUMS)) {
        residual(operation).ifPresent(attention -> sums.put(operation, attention));
      }
    }
    if (sums.size() < 2) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    if (sums.containsValue(true)) {
      blocks.addAll(transformer());
    } else {
      sums.keySet()
          .forEach(
              sum -> blocks.add(new Block(growth.grow(sum, sum.output()), sum.operator(), false)));
      blocks.addAll(bottlenecks());
    }
    blocks.sort(Comparator.comparingInt(block -> graph.index(block.value())));
    return blocks;
  }

  /// Whether a sum is residual, and if so whether attention lies in its branch.
  private Optional<Boolean> residual(Operation sum) {
    List<String> parts = graph.computed(sum).stream().filter(this::isNumbers).toList();
    if (sum.operator().startsWith("QLinear")) {
      parts = List.of(sum.inputs().get(0), sum.inputs().get(3));
    }
    if (parts.size() < 2) {
      return Optional.empty();
    }
    String first = parts.get(0);
    String second = parts.get(1);
    if (first.equals(second) || !sameSize(first, second)) {
      return Optional.empty();
    }
    Optional<List<Operation>> way = graph.between(first, second);
    way = way.isPresent() ? way : graph.between(second, first);
    way = way.isPresent() ? way : shortcut(first, second);
    way = way.isPresent() ? way : shortcut(second, first);
    return way.map(operations -> operations.stream().anyMatch(o -> o.is(ATTENTION)));
  }

  private boolean isNumbers(String value) {
    return graph.size(value).axes().size() > 1;
  }

  private boolean sameSize(String first, String second) {
    Size one = graph.size(first);
    Size other = graph.size(second);
    return one.axes().size() > 1
        && one.batchAxis() == other.batchAxis()
        && one.batchAxis() >= 0
        && one.axes().equals(other.axes());
  }

  /// The way to one part of a sum from where the other part, by a short way, comes from.
  private Optional<List<Operation>> shortcut(String part, String other) {
    String value = part;
    for (int step = 0; step < SHORT; step++) {
      Operation maker = graph.maker(value);
      if (maker == null || !maker.is(SHORT_WAY) || graph.computed(maker).size() != 1) {
        return Optional.empty();
      }
      value = graph.computed(maker).getFirst();
      Optional<List<Operation>> way = graph.between(value, other);
      if (way.isPresent()) {
        return way;
      }
    }
    return Optional.empty();
  }

  private List<Block> transformer() {
    List<Operation> ends = new ArrayList<>();
    Map<List<Long>, Integer> open = new HashMap<>(); // by size: the block that is being made
    for (Map.Entry<Operation, Boolean> entry : sums.entrySet()) {
      Operation sum = entry.getKey();
      List<Long> axes = graph.size(sum.output()).axes();
      Integer block = open.get(axes);
      if (entry.getValue() || block == null) {
        block = ends.size();
        ends.add(sum);
        if (entry.getValue()) {
          open.put(axes, block);
        }
      } else {
        ends.set(block, sum);
      }
    }
    long behind = ends.stream().filter(sum -> normalised(sum.output()).isPresent()).count();
    boolean post = 2 * behind > ends.size();
    List<Block> blocks = new ArrayList<>();
    for (Operation sum : ends) {
      boolean tokens = graph.size(sum.output()).features().isPresent();
      String value = post ? normalised(sum.output()).orElse(sum.output()) : sum.output();
      blocks.add(new Block(growth.dequantised(value), sum.operator(), tokens));
    }
    return blocks;
  }

  /// The normalisation of a value that nothing but it looks at.
  Optional<String> normalised(String value) {
    Operation maker = graph.maker(value);
    if (maker != null && maker.operator().equals("SkipLayerNormalization")) {
      return Optional.of(value);
    }
    List<Operation> users = graph.users(value);
    if (users.size() == 1 && users.getFirst().operator().equals("Cast")) {
      return normalised(users.getFirst().output());
    }
    if (users.size() == 1 && users.getFirst().operator().equals("LayerNormalization")) {
      return Optional.of(users.getFirst().output());
    }
    boolean composed =
        users.size() == 2
            && users.stream().allMatch(user -> user.is(Set.of("ReduceMean", "Sub")))
            && !users.getFirst().operator().equals(users.getLast().operator());
    return composed ? endOfNorm(value) : Optional.empty();
  }

  /// From `x - mean` by `/ deviation`, `* weight`, `+ bias` to the end.
  private Optional<String> endOfNorm(String start) {
    String value = start;
    for (String operator : List.of("Sub", "Div", "Mul", "Add")) {
      Optional<Operation> next =
          graph.users(value).stream().filter(user -> user.operator().equals(operator)).findFirst();
      if (next.isEmpty()) {
        return operator.equals("Mul") || operator.equals("Add")
            ? Optional.of(value)
            : Optional.empty();
      }
      value = next.get().output();
    }
    return Optional.of(value);
  }

  /// Convolutions without an activation function that the next block starts from.
  private List<Block> bottlenecks() {
    List<Block> found = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      if (operation.is(CONVOLUTIONS)) {
        String value = growth.grow(operation, operation.output());
        List<Operation> users = graph.users(value);
        boolean on = users.stream().anyMatch(user -> user.is(CONVOLUTIONS));
        boolean only =
            users.stream().allMatch(user -> user.is(CONVOLUTIONS) || sums.containsKey(user));
        if (on && only && !growth.isActivated(undone(value)) && !growth.isCut(value)) {
          found.add(new Block(value, operation.operator(), false));
        }
      }
    }
    return found;
  }

  /// Back before the quantisation behind a value.
  private String undone(String from) {
    String value = from;
    Operation maker = graph.maker(value);
    while (maker != null && maker.is(Growth.QUANTISATION) && graph.computed(maker).size() == 1) {
      value = graph.computed(maker).getFirst();
      maker = graph.maker(value);
    }
    return value;
  }

  /// Whether the graph picks the first token of a value, or of its normalisation.
  boolean readsFirstToken(String block) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(block));
    while (!open.isEmpty()) {
      String value = open.pop();
      if (!seen.add(value) || graph.size(value).axes().size() != 3) {
        continue;
      }
      for (Operation user : graph.users(value)) {
        if (user.inputs().getFirst().equals(value) && picksFirst(user, graph.size(value))) {
          return true;
        }
        if (PASSED.contains(user.operator())) {
          open.add(user.output());
        }
      }
    }
    return false;
  }

  private static final Set<String> PASSED =
      Set.of(
          "LayerNormalization",
          "Sub",
          "Div",
          "Mul",
          "Add",
          "Cast",
          "Identity",
          "Transpose",
          "QuantizeLinear",
          "DequantizeLinear");

  private boolean picksFirst(Operation user, Size size) {
    long axis;
    long[] at;
    if (user.operator().equals("Gather") && user.inputs().size() > 1) {
      axis = user.integer("axis", 0);
      at = graph.integers(user.inputs().get(1));
      if (at != null && at.length != 1) {
        return false;
      }
    } else if (user.operator().equals("Slice") && user.inputs().size() > 3) {
      at = graph.integers(user.inputs().get(1));
      long[] to = graph.integers(user.inputs().get(2));
      long[] axes = graph.integers(user.inputs().get(3));
      if (to == null || to.length != 1 || to[0] != 1 || axes == null) {
        return false;
      }
      axis = axes[0];
    } else {
      return false;
    }
    return at != null
        && at.length > 0
        && at[0] == 0
        && axis >= 0
        && axis < 2
        && axis != size.batchAxis();
  }
}
