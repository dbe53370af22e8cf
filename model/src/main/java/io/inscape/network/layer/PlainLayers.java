package io.inscape.network.layer;

import io.inscape.network.layer.ValueGraph.Operation;
import io.inscape.network.layer.ValueGraph.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every layer of a graph, operation by operation.
///
/// Walking from the inputs, every fully connected operation, convolution, pool, recurrent cell,
/// normalisation that stands alone and residual sum starts a layer, which then swallows what
/// belongs to it.
final class PlainLayers {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("Gemm", "fc"),
          Map.entry("MatMul", "fc"),
          Map.entry("QGemm", "fc"),
          Map.entry("QLinearMatMul", "fc"),
          Map.entry("MatMulInteger", "fc"),
          Map.entry("MatMulNBits", "fc"),
          Map.entry("FusedMatMul", "fc"),
          Map.entry("FusedGemm", "fc"),
          Map.entry("DynamicQuantizeMatMul", "fc"),
          Map.entry("MatMulIntegerToFloat", "fc"),
          Map.entry("Conv", "conv"),
          Map.entry("FusedConv", "conv"),
          Map.entry("QLinearConv", "conv"),
          Map.entry("ConvInteger", "conv"),
          Map.entry("ConvTranspose", "deconv"),
          Map.entry("MaxPool", "pool"),
          Map.entry("AveragePool", "pool"),
          Map.entry("GlobalAveragePool", "pool"),
          Map.entry("GlobalMaxPool", "pool"),
          Map.entry("QLinearAveragePool", "pool"),
          Map.entry("QLinearGlobalAveragePool", "pool"),
          Map.entry("ReduceMean", "pool"),
          Map.entry("LayerNormalization", "norm"),
          Map.entry("LSTM", "lstm"),
          Map.entry("GRU", "gru"),
          Map.entry("RNN", "rnn"),
          Map.entry("Add", "sum"),
          Map.entry("QLinearAdd", "sum"),
          Map.entry("SkipLayerNormalization", "sum"));

  private static final Set<String> NEED_WEIGHTS =
      Set.of(
          "MatMul",
          "QLinearMatMul",
          "MatMulInteger",
          "FusedMatMul",
          "DynamicQuantizeMatMul",
          "MatMulIntegerToFloat");
  private static final Set<String> SUMS = Set.of("Add", "QLinearAdd");
  private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");
  private static final Set<String> TURNING = Set.of("Squeeze", "Transpose", "Reshape", "Gather");

  private final ValueGraph graph;
  private final Growth growth;
  private final String logits;
  private final Map<String, Integer> counters = new HashMap<>();

  PlainLayers(ValueGraph graph, String logits) {
    this.graph = graph;
    this.growth = new Growth(graph);
    this.logits = logits;
  }

  List<Proposal> find() {
    List<Proposal> layers = new ArrayList<>();
    for (Operation operation : graph.operations()) {
      Optional<String> kind =
          growth.swallowed().contains(operation) ? Optional.empty() : kind(operation);
      if (kind.isPresent()) {
        String value = value(operation);
        boolean scores = value.equals(logits) && !growth.isActivated(value);
        if (graph.size(value).observation().isPresent()) {
          layers.add(layer(scores ? "logits" : numbered(kind.get()), value, operation));
        }
      } else if (operation.is(Set.of("Softmax", "LogSoftmax", "QLinearSoftmax"))) {
        String value = growth.converted(operation.output());
        if (graph.outputs().contains(value) && graph.size(value).observation().isPresent()) {
          boolean plain = !operation.operator().equals("LogSoftmax");
          layers.add(layer(plain ? "probabilities" : "log-probabilities", value, operation));
        }
      }
    }
    return layers;
  }

  private Proposal layer(String name, String value, Operation operation) {
    Size size = graph.size(value);
    return new Proposal(
        name,
        value,
        size.observation().orElseThrow(),
        operation.operator(),
        Reading.ALL,
        size.batchAxis(),
        true);
  }

  private String numbered(String kind) {
    return kind + counters.merge(kind, 1, Integer::sum);
  }

  private Optional<String> kind(Operation operation) {
    String kind = KINDS.get(operation.operator());
    if (kind == null || (operation.output().isEmpty() && !operation.is(RECURRENT))) {
      return Optional.empty();
    }
    List<String> computed = graph.computed(operation);
    boolean constant =
        computed.size() < operation.inputs().stream().filter(i -> !i.isEmpty()).count();
    boolean counts =
        !computed.isEmpty()
            && (operation.is(NEED_WEIGHTS)
                ? computed.size() == 1 || carriesWeights(operation)
                : operation.is(SUMS)
                    ? computed.size() > 1 || operation.inputs().stream().distinct().count() == 1
                    : !operation.operator().equals("ReduceMean") || poolsImages(operation));
    return counts && (constant || !operation.is(NEED_WEIGHTS))
        ? Optional.of(kind)
        : Optional.empty();
  }

  /// Quantised products have scales, which are constant or not, beside the weights.
  private boolean carriesWeights(Operation operation) {
    int weights =
        switch (operation.operator()) {
          case "QLinearMatMul" -> 3;
          default -> 1;
        };
    return operation.inputs().size() > weights
        && (graph.isConstant(operation.inputs().get(weights))
            || graph.isConstant(operation.inputs().getFirst()));
  }

  private boolean poolsImages(Operation operation) {
    List<Long> from = graph.size(operation.inputs().getFirst()).axes();
    List<Integer> to = graph.size(operation.output()).observation().orElse(List.of());
    return from.size() == 4 && !to.isEmpty() && product(to) == from.get(1);
  }

  private static long product(List<Integer> sizes) {
    long product = 1;
    for (int size : sizes) {
      product *= size;
    }
    return product;
  }

  private String value(Operation operation) {
    if (!operation.is(RECURRENT)) {
      return growth.grow(operation, operation.output());
    }
    String steps = turned(operation.output());
    if (steps.isEmpty() && operation.outputs().size() > 1) {
      return turned(operation.outputs().get(1));
    }
    return steps;
  }

  /// From what a recurrent cell gives to the first value that has an observation in each row.
  private String turned(String from) {
    String found = "";
    String value = from;
    while (!value.isEmpty()) {
      Size size = graph.size(value);
      if (size.observation().isPresent() && size.axes().size() <= 3) {
        found = value;
      }
      List<Operation> next = graph.users(value);
      boolean on =
          next.size() == 1
              && next.getFirst().is(TURNING)
              && (found.isEmpty() || size.batchAxis() != 0);
      value = on ? next.getFirst().output() : "";
    }
    return found;
  }
}
