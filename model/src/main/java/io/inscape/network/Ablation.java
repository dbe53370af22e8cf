package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.inscape.network.layer.Quantisation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which units of a layer are switched off, and what they give instead. Immutable.
///
/// In the graph the layer's value `v` becomes `v * mask + instead`, two constants that broadcast
/// over the batch, before anything else reads it: 1 and 0 for a unit that stays, 0 and the constant
/// for one that is switched off. The operation that made the value makes it under another name, so
/// whatever reads the old name, inner graphs and the graph's outputs included, gets the new value.
/// Values of other types are converted before and back behind; quantised ones by their own scale,
/// so that a constant becomes the nearest number that they can hold.
public final class Ablation {
  private final int[] units;
  private final float[] values;
  private final boolean channels;

  private Ablation(int[] units, float[] values, boolean channels) {
    String what = what(channels);
    if (units.length == 0 || units.length != values.length) {
      throw new IllegalArgumentException(
          "an ablation needs at least 1 "
              + what
              + " and a value for each, got "
              + units.length
              + " with "
              + values.length
              + " values");
    }
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < units.length; i++) {
      if (!seen.add(units[i])) {
        throw new IllegalArgumentException(
            "each " + what + " is named once, got twice " + units[i]);
      }
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            what + " " + units[i] + " needs a finite number, got " + values[i]);
      }
    }
    this.units = units.clone();
    this.values = values.clone();
    this.channels = channels;
  }

  /// Single units, counted as the layer's activations have them: row-major over its axes.
  ///
  /// @param units each from 0 and once
  /// @param values what each gives instead, for every observation; finite
  /// @return the ablation
  /// @throws IllegalArgumentException if there is none, one comes twice, or a value is missing or
  ///   no finite number
  public static Ablation ofUnits(int[] units, float[] values) {
    return new Ablation(units, values, false);
  }

  /// Whole channels: the first axis of a layer of shape `[channel, row, col]`.
  ///
  /// @param channels each from 0 and once
  /// @param values what each gives instead, at every position; finite
  /// @return the ablation
  /// @throws IllegalArgumentException if there is none, one comes twice, or a value is missing or
  ///   no finite number
  public static Ablation ofChannels(int[] channels, float[] values) {
    return new Ablation(channels, values, true);
  }

  private static String what(boolean channels) {
    return channels ? "channel" : "unit";
  }

  /// The model in which these units of a layer are held.
  ModelProto apply(Network network, Layer layer) {
    long[] shape = shape(layer);
    float[] mask = new float[count(shape)];
    Arrays.fill(mask, 1);
    float[] instead = new float[mask.length];
    for (int i = 0; i < units.length; i++) {
      if (units[i] < 0 || units[i] >= mask.length) {
        throw new IllegalArgumentException(
            "layer "
                + layer.name()
                + " has the "
                + what(channels)
                + "s 0 to "
                + (mask.length - 1)
                + ", got "
                + units[i]);
      }
      mask[units[i]] = 0;
      instead[units[i]] = values[i];
    }
    return new Rewrite(network, layer.value())
        .apply(Tensor.ofFloats("", mask, shape), Tensor.ofFloats("", instead, shape));
  }

  private long[] shape(Layer layer) {
    List<Integer> axes = layer.shape();
    if (channels && axes.size() < 2) {
      throw new IllegalArgumentException(
          "layer " + layer.name() + " has the shape " + axes + " and no channels; name its units");
    }
    long[] shape = new long[axes.size() + 1];
    Arrays.fill(shape, 1);
    for (int axis = 0; axis < (channels ? 1 : axes.size()); axis++) {
      shape[axis + 1] = axes.get(axis);
    }
    return shape;
  }

  private static int count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return Math.toIntExact(count);
  }

  /// Puts the two operations between a value and all that read it.
  private static final class Rewrite {
    private final Network network;
    private final String value;
    private final ElementType type;
    private final Optional<Quantisation.Numbers> numbers;
    private final Set<String> taken = new HashSet<>();

    Rewrite(Network network, String value) {
      this.network = network;
      this.value = value;
      this.type = network.sizes().types().getOrDefault(value, ElementType.FLOAT);
      this.numbers = LayerFinder.quantisation(network).value(value);
      taken.addAll(network.values());
      taken.addAll(network.parameters().keySet());
      network.inputs().forEach(input -> taken.add(input.name()));
    }

    ModelProto apply(TensorProto mask, TensorProto instead) {
      String whole = fresh("whole");
      String kept = fresh("kept");
      String maskName = fresh("mask");
      String insteadName = fresh("instead");
      GraphProto old = network.model().getGraph();
      GraphProto.Builder graph = old.toBuilder().clearNode();
      for (NodeProto node : old.getNodeList()) {
        int place = node.getOutputList().indexOf(value);
        if (place < 0) {
          graph.addNode(node);
          continue;
        }
        graph.addNode(node.toBuilder().setOutput(place, whole));
        String real = real(graph, whole);
        graph
            .addNode(constant(maskName, mask))
            .addNode(node("Mul", kept, real, maskName))
            .addNode(constant(insteadName, instead));
        if (real.equals(whole)) {
          graph.addNode(node("Add", value, kept, insteadName));
        } else {
          String changed = fresh("changed");
          graph.addNode(node("Add", changed, kept, insteadName));
          back(graph, changed);
        }
      }
      return network.model().toBuilder().setGraph(graph).build();
    }

    /// The value as 32-bit floats: converted, and of a quantised one what it stands for.
    private String real(GraphProto.Builder graph, String whole) {
      if (type == ElementType.FLOAT) {
        return whole;
      }
      String real = fresh("real");
      graph.addNode(
          numbers.isPresent()
              ? quantising("DequantizeLinear", real, whole, numbers.get())
              : cast(real, whole, ElementType.FLOAT));
      return real;
    }

    private void back(GraphProto.Builder graph, String changed) {
      graph.addNode(
          numbers.isPresent()
              ? quantising("QuantizeLinear", value, changed, numbers.get())
              : cast(value, changed, type));
    }

    private static NodeProto quantising(
        String operator, String output, String input, Quantisation.Numbers numbers) {
      return numbers.zeroPoint().isEmpty()
          ? node(operator, output, input, numbers.scale())
          : node(operator, output, input, numbers.scale(), numbers.zeroPoint());
    }

    private static NodeProto cast(String output, String input, ElementType type) {
      return node("Cast", output, input).toBuilder()
          .addAttribute(
              AttributeProto.newBuilder()
                  .setName("to")
                  .setType(AttributeProto.AttributeType.INT)
                  .setI(type.code()))
          .build();
    }

    private String fresh(String part) {
      String name = value + "." + part;
      while (!taken.add(name)) {
        name += "'";
      }
      return name;
    }

    private static NodeProto node(String operator, String output, String... inputs) {
      return NodeProto.newBuilder()
          .setOpType(operator)
          .addAllInput(List.of(inputs))
          .addOutput(output)
          .build();
    }

    private static NodeProto constant(String name, TensorProto tensor) {
      return node("Constant", name).toBuilder()
          .addAttribute(
              AttributeProto.newBuilder()
                  .setName("value")
                  .setType(AttributeProto.AttributeType.TENSOR)
                  .setT(tensor))
          .build();
    }
  }
}
