package io.inscape.network.layer;

import io.inscape.network.layer.Blocks.Block;
import io.inscape.network.layer.ValueGraph.Operation;
import io.inscape.network.layer.ValueGraph.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Picks the values that a person would call layers, names them, and proposes those that one would
/// want without asking.
///
/// A network of residual blocks or a transformer is proposed by its blocks (`block1`, ...), with
/// its first convolution, the features before its head (`embedding`) and its scores; an autoencoder
/// has a `code` and a `reconstruction`; any other network is proposed layer by layer. Never more
/// than [#MOST].
public final class LayerProposals {
  /// As many layers as are proposed at most.
  public static final int MOST = 24;

  private static final int FEW = 4;

  /// Values of tokens with more units than this are not proposed.
  private static final int WIDEST = 1 << 20;

  private static final Set<String> HEADS =
      Set.of("Gemm", "MatMul", "QGemm", "QLinearMatMul", "MatMulInteger", "FusedMatMul");

  /// What may stand between the head and the features before it.
  private static final Set<String> BEFORE_HEAD =
      Set.of(
          "Dropout",
          "Identity",
          "Cast",
          "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear");

  /// What may stand between the head and the scores.
  private static final Set<String> BEHIND_HEAD =
      Set.of(
          "Add",
          "Mul",
          "Cast",
          "Identity",
          "Softmax",
          "Reshape",
          "Squeeze",
          "QuantizeLinear",
          "DequantizeLinear");

  private static final int LONGEST_HEAD = 8;

  private final ValueGraph graph;
  private final List<String> inputs;
  private final String logits;

  /// What was found.
  ///
  /// @param layers every layer in the order of the graph, with those that are proposed
  /// @param aliases the values of names that layers would have in a list operation by operation,
  ///   and have not in this one
  public record Found(List<Proposal> layers, Map<String, String> aliases) {
    /// Copies the collections.
    public Found {
      layers = List.copyOf(layers);
      aliases = Map.copyOf(aliases);
    }
  }

  private LayerProposals(ValueGraph graph, List<String> inputs, String logits) {
    this.graph = graph;
    this.inputs = inputs;
    this.logits = logits;
  }

  /// Finds the layers of a graph.
  ///
  /// @param graph any
  /// @param inputs the names of what it takes
  /// @param logits the value that holds the unnormalised scores; empty when there is none
  /// @return the layers
  public static Found find(ValueGraph graph, List<String> inputs, String logits) {
    return new LayerProposals(graph, inputs, logits).find();
  }

  private Found find() {
    List<Proposal> plain = new PlainLayers(graph, logits).find();
    Blocks blocks = new Blocks(graph);
    List<Block> found = blocks.find();
    List<Proposal> layers = found.isEmpty() ? coded(plain) : withBlocks(plain, found, blocks);
    Map<String, String> aliases = new HashMap<>();
    Set<String> names = new HashSet<>();
    layers.forEach(layer -> names.add(layer.name()));
    for (Proposal layer : plain) {
      if (!names.contains(layer.name())) {
        aliases.put(layer.name(), layer.value());
      }
    }
    return new Found(atMost(layers), aliases);
  }

  private List<Proposal> withBlocks(List<Proposal> plain, List<Block> found, Blocks blocks) {
    List<Proposal> layers = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Reading tokens =
        blocks.readsFirstToken(found.getLast().value()) ? Reading.FIRST_TOKEN : Reading.MEAN_TOKENS;
    int number = 0;
    for (Block block : found) {
      String name = "block" + (number + 1);
      Reading reading = block.tokens() ? tokens : Reading.ALL;
      Optional<Proposal> layer = proposal(name, block.value(), block.operator(), reading);
      if (layer.isPresent() && taken.add(block.value())) {
        layers.add(layer.get());
        number++;
      }
    }
    embedding(tokens).filter(layer -> taken.add(layer.value())).ifPresent(layers::add);
    boolean stem = true;
    for (Proposal layer : plain) {
      boolean scores = layer.name().equals("logits") || layer.name().contains("probabilities");
      boolean first =
          stem
              && !layers.isEmpty()
              && isBefore(layer.value(), found.getFirst().value())
              && layer.name().startsWith("conv");
      if (taken.add(layer.value())) {
        stem &= !first;
        boolean wanted = scores && layer.units() <= WIDEST;
        boolean stage = // most of a network that has few blocks lies before them
            found.size() < FEW
                && isBefore(layer.value(), found.getFirst().value())
                && images(layer);
        layers.add(layer.proposed(wanted || stage || (first && !found.getFirst().tokens())));
      }
    }
    layers.sort(Comparator.comparingInt(layer -> graph.index(layer.value())));
    return layers;
  }

  private static boolean images(Proposal layer) {
    return layer.shape().size() == 3 && !layer.shape().equals(List.of(layer.units(), 1, 1));
  }

  private boolean isBefore(String first, String second) {
    return graph.index(first) < graph.index(second);
  }

  private Optional<Proposal> proposal(String name, String value, String operator, Reading reading) {
    Size size = graph.size(value);
    Optional<List<Integer>> shape =
        reading == Reading.ALL ? size.observation() : size.features().map(List::of);
    return shape.map(
        sizes -> new Proposal(name, value, sizes, operator, reading, size.batchAxis(), true));
  }

  /// The features that the head makes its scores of; of a network without a head, what it gives.
  private Optional<Proposal> embedding(Reading tokens) {
    Operation head = head();
    String value = logits;
    if (head != null) {
      value = graph.computed(head).isEmpty() ? "" : graph.computed(head).getFirst();
      Operation maker = graph.maker(value);
      while (maker != null && maker.is(BEFORE_HEAD) && !graph.computed(maker).isEmpty()) {
        value = graph.computed(maker).getFirst();
        maker = graph.maker(value);
      }
    }
    Operation maker = graph.maker(value);
    if (maker == null) {
      return Optional.empty();
    }
    boolean rows = graph.size(value).axes().size() == 2;
    Reading reading = graph.size(value).features().isPresent() ? tokens : Reading.ALL;
    return rows || (reading != Reading.ALL)
        ? proposal("embedding", value, maker.operator(), reading)
        : Optional.empty();
  }

  /// The operation with weights that makes the scores; null when the network ends otherwise.
  private @Nullable Operation head() {
    String value = logits;
    for (int step = 0; step < LONGEST_HEAD; step++) {
      Operation maker = graph.maker(value);
      if (maker == null || maker.is(HEADS)) {
        return maker;
      }
      List<String> computed = graph.computed(maker);
      if (!maker.is(BEHIND_HEAD) || computed.isEmpty()) {
        return null;
      }
      value = computed.getFirst();
    }
    return null;
  }

  /// With the code of an autoencoder: a network that gives as many numbers as it takes, by way of
  /// fewer.
  private List<Proposal> coded(List<Proposal> plain) {
    if (inputs.size() != 1 || plain.size() < 2 || graph.outputs().isEmpty()) {
      return plain;
    }
    int given = units(graph.outputs().getFirst());
    int taken = units(inputs.getFirst());
    int narrowest = 0;
    for (int i = 1; i < plain.size(); i++) {
      narrowest = plain.get(i).units() < plain.get(narrowest).units() ? i : narrowest;
    }
    int last = plain.size() - 1;
    boolean coder =
        given > 1
            && given == taken
            && narrowest < last
            && plain.get(last).units() == given
            && 2 * plain.get(narrowest).units() <= taken;
    if (!coder) {
      return plain;
    }
    List<Proposal> layers = new ArrayList<>(plain);
    layers.set(narrowest, plain.get(narrowest).named("code"));
    layers.set(last, plain.get(last).named("reconstruction"));
    return layers;
  }

  private int units(String value) {
    int units = 1;
    for (int size : graph.size(value).observation().orElse(List.of())) {
      units *= size;
    }
    return units;
  }

  /// Proposes fewer where there are too many: what ends a stage stays, of the others every so
  /// many-th.
  private static List<Proposal> atMost(List<Proposal> layers) {
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).proposed()) {
        wanted.add(i);
      }
    }
    if (wanted.size() <= MOST) {
      return layers;
    }
    List<Integer> ends = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      boolean end =
          i == 0
              || i + 2 >= wanted.size()
              || !layers.get(wanted.get(i)).shape().equals(layers.get(wanted.get(i + 1)).shape());
      (end ? ends : others).add(wanted.get(i));
    }
    Set<Integer> kept = new HashSet<>(evenly(ends, MOST));
    kept.addAll(evenly(others, MOST - kept.size()));
    List<Proposal> fewer = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      fewer.add(layers.get(i).proposed(kept.contains(i)));
    }
    return fewer;
  }

  private static List<Integer> evenly(List<Integer> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<Integer> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((i + 1L) * all.size() / most) - 1));
    }
    return some;
  }
}
