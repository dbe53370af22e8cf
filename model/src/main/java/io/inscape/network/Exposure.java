package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.inscape.dataset.Feed;
import io.inscape.network.layer.Quantisation;
import io.inscape.network.layer.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a model that takes a feed's floats and gives chosen values as floats: the graph between,
/// with nodes that turn, convert and read before and behind it.
final class Exposure {
  /// The operator set whose operators are added to a model that has none of ONNX's own.
  private static final int OPERATOR_SET = 13;

  private static final String PREFIX = "inscape ";

  /// The operator set from which on reductions take their axes as an input.
  private static final int REDUCTION_TAKES_AXES = 18;

  private static final Set<String> MASKS = Set.of("attention_mask", "input_mask");

  private final Network network;
  private final ModelProto model;
  private final GraphProto.Builder graph;
  private final List<NodeProto> before = new ArrayList<>();
  private final List<NodeProto> behind = new ArrayList<>();
  private final Map<String, ValueInfoProto> stated = new HashMap<>();
  private int added;

  /// What is handed out.
  ///
  /// @param name under which
  /// @param value of the graph
  /// @param reading what of it
  /// @param turned how many axes the value has, when its batch stands second and goes first; else 0
  /// @param cast whether its elements are no 32-bit floats
  record Output(String name, String value, Reading reading, int turned, boolean cast) {
    boolean plain() {
      return name.equals(value) && !cast;
    }
  }

  private Exposure(Network network) {
    this.network = network;
    this.model = network.model();
    this.graph = model.getGraph().toBuilder().clearOutput().clearNode();
    model.getGraph().getOutputList().forEach(output -> stated.put(output.getName(), output));
  }

  /// The model with exactly these values as outputs, in this order, and nothing else changed.
  ///
  /// A value that was no output gets a name-only entry: ONNX Runtime finds its type and shape by
  /// itself.
  static ModelProto expose(ModelProto model, Collection<String> values) {
    Map<String, ValueInfoProto> stated = new HashMap<>();
    model.getGraph().getOutputList().forEach(output -> stated.put(output.getName(), output));
    GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    for (String value : values) {
      ValueInfoProto known = stated.get(value);
      graph.addOutput(known != null ? known : ValueInfoProto.newBuilder().setName(value).build());
    }
    return model.toBuilder().setGraph(graph).build();
  }

  /// The model that takes the parts of a feed as [#inputName] calls them, each `[batch, ...]`, and
  /// gives these values; what is not needed for them is left out.
  static ModelProto bind(Network network, Binding binding, List<Output> outputs) {
    Exposure exposure = new Exposure(network);
    binding.inputs().forEach(input -> exposure.adapt(input, binding.slot(input)));
    outputs.forEach(exposure::give);
    exposure.keepWhatIsNeeded();
    ModelProto.Builder bound = network.model().toBuilder().setGraph(exposure.graph);
    if (bound.getOpsetImportList().stream().noneMatch(Exposure::isOnnx)) {
      bound.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET));
    }
    return bound.build();
  }

  private static boolean isOnnx(OperatorSetIdProto set) {
    return set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
  }

  private static boolean direct(Binding.Input input) {
    return input.type() == ElementType.FLOAT
        && input.layout() == Binding.Layout.AS_IS
        && input.batchAxis() == 0;
  }

  /// What the bound model calls an input.
  static String inputName(Binding.Input input) {
    return direct(input) ? input.name() : PREFIX + input.name();
  }

  private void adapt(Binding.Input input, Feed.Slot slot) {
    if (direct(input)) {
      return;
    }
    int place = 0;
    while (!graph.getInput(place).getName().equals(input.name())) {
      place++;
    }
    String from = inputName(input);
    graph.setInput(place, floats(from, input, slot));
    switch (input.layout()) {
      case AS_IS -> {}
      case CHANNELS_LAST -> from = before("Transpose", from, ints("perm", 0, 2, 3, 1));
      case RESHAPED -> {
        long[] shape = new long[input.shape().size() + 1]; // 0: the batch stays what it is
        for (int axis = 0; axis < input.shape().size(); axis++) {
          shape[axis + 1] = input.shape().get(axis);
        }
        from = before("Reshape", from, constant(shape));
      }
    }
    if (input.batchAxis() == 1) {
      from = before("Transpose", from, ints("perm", swapped(input.shape().size() + 1)));
    }
    AttributeProto type = integer("to", input.type().code());
    before.add(node("Cast", input.name(), List.of(from), type));
  }

  private String before(String operator, String from, Object setting) {
    String name = PREFIX + "before " + before.size();
    before.add(
        setting instanceof String constant
            ? node(operator, name, List.of(from, constant))
            : node(operator, name, List.of(from), (AttributeProto) setting));
    return name;
  }

  private static long[] swapped(int axes) {
    long[] order = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      order[axis] = axis;
    }
    order[0] = 1;
    order[1] = 0;
    return order;
  }

  private static ValueInfoProto floats(String name, Binding.Input input, Feed.Slot slot) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    input
        .fixedBatch()
        .ifPresentOrElse(
            size -> shape.addDimBuilder().setDimValue(size),
            () -> shape.addDimBuilder().setDimParam("batch"));
    slot.shape().forEach(size -> shape.addDimBuilder().setDimValue(size));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private void give(Output output) {
    if (output.plain()) {
      ValueInfoProto known = stated.get(output.value());
      graph.addOutput(
          known != null ? known : ValueInfoProto.newBuilder().setName(output.value()).build());
      return;
    }
    graph.addOutput(ValueInfoProto.newBuilder().setName(outputName(output)));
    String from = behind("Cast", List.of(dequantised(output.value())), integer("to", 1));
    if (output.turned() > 0) {
      from = behind("Transpose", List.of(from), ints("perm", swapped(output.turned())));
    }
    from =
        switch (output.reading()) {
          case ALL -> from;
          case FIRST_TOKEN -> behind("Gather", List.of(from, first()), integer("axis", 1));
          case MEAN_TOKENS -> mean(from);
        };
    behind.add(node("Identity", outputName(output), List.of(from)));
  }

  /// What the bound model calls an output.
  static String outputName(Output output) {
    return output.plain() ? output.value() : PREFIX + output.name();
  }

  /// The mean over the second axis; with a mask, over those tokens that it keeps.
  private String mean(String from) {
    Optional<String> mask =
        network.inputs().stream()
            .map(ValueInfo::name)
            .filter(name -> MASKS.contains(name.replaceFirst(":0$", "")))
            .findFirst();
    if (mask.isEmpty()) {
      return meanOfSecond(from);
    }
    String kept = behind("Cast", List.of(mask.get()), integer("to", ElementType.FLOAT.code()));
    String weights = behind("Reshape", List.of(kept, constant(0, -1, 1)));
    String sum = meanOfSecond(behind("Mul", List.of(from, weights)));
    String share = behind("Max", List.of(meanOfSecond(weights), tiny()));
    return behind("Div", List.of(sum, share));
  }

  private String meanOfSecond(String from) {
    AttributeProto drop = integer("keepdims", 0);
    return network.operatorSet() < REDUCTION_TAKES_AXES
        ? behind("ReduceMean", List.of(from), drop, ints("axes", 1))
        : behind("ReduceMean", List.of(from, constant(1)), drop);
  }

  /// A quantised value as the real numbers that it stands for, where the graph says how.
  private String dequantised(String value) {
    Optional<Quantisation.Numbers> numbers = LayerFinder.quantisation(network).value(value);
    if (numbers.isEmpty()) {
      return value;
    }
    List<String> inputs = new ArrayList<>(List.of(value, numbers.get().scale()));
    if (!numbers.get().zeroPoint().isEmpty()) {
      inputs.add(numbers.get().zeroPoint());
    }
    return behind("DequantizeLinear", inputs);
  }

  private String behind(String operator, List<String> inputs, AttributeProto... settings) {
    String name = PREFIX + "behind " + behind.size();
    behind.add(node(operator, name, inputs, settings));
    return name;
  }

  private String first() {
    return constant(TensorProto.newBuilder().setDataType(ElementType.INT64.code()).addInt64Data(0));
  }

  private String tiny() {
    return constant(
        TensorProto.newBuilder().setDataType(ElementType.FLOAT.code()).addFloatData(1e-9f));
  }

  private String constant(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(ElementType.INT64.code()).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return constant(tensor);
  }

  private String constant(TensorProto.Builder tensor) {
    String name = PREFIX + "constant " + added++;
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static NodeProto node(
      String operator, String output, List<String> inputs, AttributeProto... settings) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(settings))
        .build();
  }

  /// Leaves out the nodes, constants and inputs that no output depends on.
  private void keepWhatIsNeeded() {
    List<NodeProto> all = new ArrayList<>(before);
    all.addAll(model.getGraph().getNodeList());
    all.addAll(behind);
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (String output : all.get(i).getOutputList()) {
        makers.put(output, i);
      }
    }
    boolean[] kept = new boolean[all.size()];
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    graph.getOutputList().forEach(output -> open.add(output.getName()));
    while (!open.isEmpty()) {
      String value = open.pop();
      Integer maker = needed.add(value) ? makers.get(value) : null;
      if (maker != null && !kept[maker]) {
        kept[maker] = true;
        open.addAll(takenBy(all.get(maker)));
      }
    }
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        graph.addNode(all.get(i));
      }
    }
    List<TensorProto> constants = List.copyOf(graph.getInitializerList());
    graph.clearInitializer();
    constants.stream().filter(c -> needed.contains(c.getName())).forEach(graph::addInitializer);
    List<ValueInfoProto> inputs = List.copyOf(graph.getInputList());
    graph.clearInput();
    inputs.stream().filter(input -> needed.contains(input.getName())).forEach(graph::addInput);
  }

  private static List<String> takenBy(NodeProto node) {
    List<String> taken = new ArrayList<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        attribute.getG().getOutputList().forEach(output -> taken.add(output.getName()));
        attribute.getG().getNodeList().forEach(inner -> taken.addAll(takenBy(inner)));
      }
    }
    return taken;
  }
}
