package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import io.inscape.network.Dimension;
import io.inscape.network.Network;
import io.inscape.network.Node;
import io.inscape.network.Tensor;
import io.inscape.network.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A network's nodes with their settings read and their values numbered.
final class CompiledNetwork {
  private static final String STILL_WORKS =
      "; capture and every view without gradients work with this network as it is";

  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Tensor> tensors;
  private final List<Plan.Compiled> nodes = new ArrayList<>();
  private final Set<String> trainable;
  private final Set<Integer> learning = new HashSet<>();
  private final String input;
  private final long[] inputShape; // without the batch
  private final long operatorSet;

  private CompiledNetwork(Network network) {
    ValueInfo only = onlyInput(network);
    this.input = only.name();
    this.inputShape = shapeOf(only);
    this.tensors = constantsOf(network);
    this.trainable = Trainable.of(network);
    this.operatorSet = network.operatorSet();
    number(input);
    tensors.keySet().forEach(this::number);
    trainable.forEach(name -> learning.add(slot(name)));
    Set<String> used = usedValues(network);
    int dropouts = 0;
    for (Node node : network.nodes()) {
      if (!node.is(Operators.CONSTANT)) {
        compile(node, used, dropouts);
        dropouts += node.is("Dropout") ? 1 : 0;
      }
    }
  }

  static CompiledNetwork of(Network network) {
    return new CompiledNetwork(network);
  }

  private void compile(Node node, Set<String> used, int dropouts) {
    Operator operator = node.is(node.operator()) ? Operators.TABLE.get(node.operator()) : null;
    if (operator == null) {
      throw new IllegalArgumentException(
          node.label()
              + ": training and gradients do not know the operator "
              + (node.domain().isEmpty() ? "" : node.domain() + ".")
              + node.operator()
              + ", only "
              + String.join(", ", DifferentiableNetwork.operators())
              + STILL_WORKS);
    }
    for (String extra : node.outputs().subList(1, node.outputs().size())) {
      if (used.contains(extra)) {
        throw new IllegalArgumentException(
            node.label()
                + ": training and gradients know its first output only, but '"
                + extra
                + "' is used as well"
                + STILL_WORKS);
      }
    }
    NodeSettings settings =
        new NodeSettings(
            node, name -> Optional.ofNullable(tensors.get(name)), dropouts, operatorSet);
    Operator.Kernel kernel = operator.prepare(settings);
    int[] inputs = new int[node.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = node.input(i).filter(slots::containsKey).map(this::slot).orElse(-1);
    }
    nodes.add(new Plan.Compiled(node, kernel, inputs, number(node.outputs().getFirst())));
  }

  private int number(String value) {
    slots.putIfAbsent(value, slots.size());
    return slot(value);
  }

  private static ValueInfo onlyInput(Network network) {
    if (network.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "training and gradients need a network with one input, this one has "
              + network.inputs().stream().map(ValueInfo::name).toList()
              + STILL_WORKS);
    }
    return network.inputs().getFirst();
  }

  private static long[] shapeOf(ValueInfo input) {
    List<Dimension> sizes =
        input
            .shape()
            .filter(shape -> !shape.isEmpty())
            .orElseThrow(() -> shapeRefused(input, "does not state its shape"));
    long[] shape = new long[sizes.size() - 1];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] =
          switch (sizes.get(axis + 1)) {
            case Dimension.Fixed(long size) -> size;
            case Dimension.Free(String name) ->
                throw shapeRefused(
                    input, "leaves the size of axis " + (axis + 1) + " ('" + name + "') open");
          };
    }
    return shape;
  }

  private static IllegalArgumentException shapeRefused(ValueInfo input, String problem) {
    return new IllegalArgumentException(
        "input '"
            + input.name()
            + "' "
            + problem
            + ", but training and gradients need every size except the batch's; export the network"
            + " with fixed sizes");
  }

  private static Map<String, Tensor> constantsOf(Network network) {
    Map<String, Tensor> constants = new LinkedHashMap<>(network.parameters());
    for (Node node : network.nodes()) {
      if (node.is(Operators.CONSTANT)) {
        if (!(node.attributes().get("value") instanceof Tensor tensor)) {
          throw new IllegalArgumentException(
              node.label() + ": a constant needs a tensor, got " + node.attributes().keySet());
        }
        constants.put(node.outputs().getFirst(), tensor);
      }
    }
    return constants;
  }

  private static Set<String> usedValues(Network network) {
    Set<String> used = new HashSet<>();
    network.nodes().forEach(node -> used.addAll(node.inputs()));
    network.outputs().forEach(output -> used.add(output.name()));
    used.remove("");
    return used;
  }

  List<Plan.Compiled> nodes() {
    return nodes;
  }

  /// The constants of real numbers by slot.
  Map<Integer, Tensor> constants() {
    Map<Integer, Tensor> real = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (tensor.type().isReal()) {
        real.put(slot(name), tensor);
      }
    });
    return real;
  }

  Set<String> trainable() {
    return trainable;
  }

  boolean learns(int slot) {
    return learning.contains(slot);
  }

  int slots() {
    return slots.size();
  }

  int slot(String value) {
    Integer slot = slots.get(value);
    if (slot == null) {
      throw new IllegalArgumentException("the network has no value '" + value + "'");
    }
    return slot;
  }

  int inputSlot() {
    return slot(input);
  }

  int inputSize() {
    return Math.toIntExact(new Shape(inputShape).size());
  }

  Shape inputShape(int batch) {
    long[] shape = new long[inputShape.length + 1];
    shape[0] = batch;
    System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
    return new Shape(shape);
  }

  /// The input's sizes without the batch.
  long[] observationShape() {
    return inputShape.clone();
  }
}
