package io.inscape.network;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.inscape.dataset.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One network: an ONNX model that has been read and checked. Immutable.
///
/// What is checked at the door: the file is whole, every value is made once and before it is used
/// (nodes may stand in any order, cycles are refused), every constant has as many elements as its
/// shape says, and constants kept in other files lie inside the model's folder. Whether every
/// operator is known is up to the executor that runs it.
public final class Network {
  private static final Set<String> SOFTMAX = Set.of("Softmax", "LogSoftmax", "QLinearSoftmax");

  private final ModelProto model;
  private final String origin;
  private final List<Node> nodes;
  private final Map<String, Tensor> parameters;
  private volatile ShapeInference.@Nullable Sizes sizes;
  private volatile @Nullable LayerFinder layers;

  private Network(ModelProto model, String origin, @Nullable LayerFinder layers) {
    this.model = model;
    this.origin = origin;
    this.nodes = GraphCheck.check(model, origin);
    this.parameters = readParameters(model.getGraph());
    this.layers = layers;
  }

  /// Reads an ONNX file and the constants that it keeps in other files of its folder.
  ///
  /// @param file the `.onnx` file
  /// @return the network, holding all its constants
  /// @throws InputException when the file is not there or is no whole and sound ONNX model
  public static Network read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(file.toString(), "an ONNX file", "check the path");
    }
    String origin = file.toString();
    ModelProto model = GraphCheck.parse(content(file), origin);
    return new Network(Values.unshared(new ExternalData(file).inline(model)), origin, null);
  }

  /// The content of a file, outside the heap: the constants of a large model are taken from there
  /// without another copy.
  private static ByteString content(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE - 8) {
        throw InputException.unsupported(
            file.toString(),
            "byte 0",
            channel.size() + " bytes",
            "less than 2 GiB",
            "keep the weights in another file, as ONNX's external data");
      }
      ByteBuffer bytes = ByteBuffer.allocateDirect((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until all is there, or the file has become shorter
      }
      return UnsafeByteOperations.unsafeWrap(bytes.flip());
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    } catch (OutOfMemoryError e) {
      throw InputException.unsupported(
          file.toString(),
          "byte 0",
          "more bytes than there is memory for",
          "a model that fits into memory",
          "start with more memory, or export the network with smaller element types");
    }
  }

  /// Reads a model from memory.
  ///
  /// @param onnx the content of an ONNX file; not modified
  /// @param origin what messages call it
  /// @return the network
  /// @throws InputException when it is no whole and sound ONNX model, or keeps constants in other
  ///   files
  public static Network parse(byte[] onnx, String origin) {
    ModelProto model = GraphCheck.parse(ByteString.copyFrom(onnx), origin);
    ExternalData.refuse(model, origin);
    return new Network(Values.unshared(model), origin, null);
  }

  /// {@return the network as the content of an ONNX file; the same bytes each time}
  public byte[] toBytes() {
    return model.toByteArray();
  }

  /// Writes the network as an ONNX file, without a copy in memory; the same bytes as [#toBytes()].
  ///
  /// @param target where to; not closed
  /// @throws IOException when it cannot be written to
  public void writeTo(OutputStream target) throws IOException {
    model.writeTo(target);
  }

  /// {@return the version of ONNX's own operators that the graph was written for; 1 when it does
  /// not say, as the oldest files do not}
  public long operatorSet() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(1);
  }

  /// {@return what the graph calls itself; empty when it does not}
  public String name() {
    return model.getGraph().getName();
  }

  /// {@return where the network was read from, as messages call it}
  public String origin() {
    return origin;
  }

  /// {@return the operations, each after those whose values it takes; otherwise in file order}
  public List<Node> nodes() {
    return nodes;
  }

  /// {@return what the network takes, without its constants}
  public List<ValueInfo> inputs() {
    return model.getGraph().getInputList().stream()
        .filter(input -> !parameters.containsKey(input.getName()))
        .map(Values::describe)
        .toList();
  }

  /// {@return what the network gives}
  public List<ValueInfo> outputs() {
    return model.getGraph().getOutputList().stream().map(Values::describe).toList();
  }

  /// {@return the constants (ONNX's initializers) by name, in file order}
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /// {@return the names of the constants that training may change, in file order}
  ///
  /// These are the 32-bit real ones, without those that set an operation up (a dropout's ratio, the
  /// bounds of a clip, the running statistics of a batch normalisation).
  public List<String> trainable() {
    Set<String> settings = Values.settings(nodes);
    return parameters.entrySet().stream()
        .filter(entry -> entry.getValue().type() == ElementType.FLOAT)
        .map(Map.Entry::getKey)
        .filter(parameter -> !settings.contains(parameter))
        .toList();
  }

  /// {@return the constants that a network learns, real or quantised, and what each is in which
  /// layer, in file order; without those that set an operation up, and without whole numbers that
  /// the graph gives no constant scale for}
  public List<LayerTensor> weights() {
    return LayerTensors.find(this);
  }

  /// The numbers of one of [#weights()].
  ///
  /// @param weight its name
  /// @return row-major; of quantised weights the real numbers that they stand for
  /// @throws IllegalArgumentException when it is none of them
  public float[] weight(String weight) {
    return LayerTensors.values(this, weight, tensor(weight));
  }

  /// {@return how many numbers the network has learned: the elements of all [#weights()]}
  public long parameterCount() {
    return LayerTensors.names(this).stream().mapToLong(name -> tensor(name).count()).sum();
  }

  /// The same network with other weights.
  ///
  /// @param values new elements by parameter, row-major, as many as there were; parameters that are
  ///   not named stay
  /// @return another network; this one is not changed
  /// @throws IllegalArgumentException when a name is no 32-bit real parameter, or the count differs
  public Network withParameters(Map<String, float[]> values) {
    for (Map.Entry<String, float[]> entry : values.entrySet()) {
      requireReplaceable(entry.getKey(), entry.getValue().length);
    }
    ModelProto.Builder changed = model.toBuilder();
    GraphProto.Builder graph = changed.getGraphBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto old = graph.getInitializer(i);
      float[] elements = values.get(old.getName());
      if (elements != null) {
        graph.setInitializer(
            i, Tensor.ofFloats(old.getName(), elements, tensor(old.getName()).shape()));
      }
    }
    return sizedAs(new Network(changed.build(), origin, layers));
  }

  /// The same network with some units of a layer held at constants: what follows reads those
  /// instead.
  ///
  /// Layers keep their names; the values of this layer and of all that follow are those of the
  /// changed network.
  ///
  /// @param layer its name
  /// @param ablation which units, and what they give instead
  /// @return another network, a valid ONNX graph with the same parameters; this one is not changed
  /// @throws IllegalArgumentException when there is no such layer or unit
  /// @throws InputException when the network has an unknown operator
  public Network ablated(String layer, Ablation ablation) {
    return sizedAs(new Network(ablation.apply(this, layer(layer)), origin, finder()));
  }

  /// The same network with the sizes that the data have.
  ///
  /// The free axes of its inputs, but for the batch, are set, so that the size of every value is
  /// known before it runs.
  ///
  /// @param binding of the data to the inputs
  /// @return this network when nothing is free, else another one
  public Network fitted(Binding binding) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    boolean changed = false;
    for (Binding.Input input : binding.inputs()) {
      for (int i = 0; i < graph.getInputCount(); i++) {
        if (graph.getInput(i).getName().equals(input.name())) {
          changed |= Values.fit(graph.getInputBuilder(i), input);
        }
      }
    }
    return changed ? new Network(model.toBuilder().setGraph(graph).build(), origin, null) : this;
  }

  /// A network of the same sizes, which need not be found out again.
  private Network sizedAs(Network other) {
    other.sizes = sizes;
    return other;
  }

  private void requireReplaceable(String parameter, int count) {
    Tensor old = tensor(parameter);
    if (old.type() != ElementType.FLOAT || old.count() != count) {
      throw new IllegalArgumentException(
          "parameter " + parameter + " is " + old + ", got " + count + " 32-bit numbers for it");
    }
  }

  private Tensor tensor(String parameter) {
    Tensor tensor = parameters.get(parameter);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no parameter is called " + parameter + "; there are " + parameters.keySet());
    }
    return tensor;
  }

  /// {@return the layers that a person would name, from input to output}
  ///
  /// A layer is the value after the activation function where there is one; flattening, dropout and
  /// the like make no layer. Networks of residual blocks and transformers are named by their
  /// blocks. At most 24, with what is left out in [#allLayers()]. Sizes come from ONNX's own shape
  /// rules; a value whose size is known only when the network runs is left out.
  ///
  /// @throws InputException when an operator is unknown or shapes contradict each other
  public List<Layer> layers() {
    return allLayers().stream().filter(Layer::proposed).toList();
  }

  /// {@return every layer that has a name, from input to output, with those that [#layers()] leaves
  /// out}
  ///
  /// @throws InputException when an operator is unknown or shapes contradict each other
  public List<Layer> allLayers() {
    return finder().layers();
  }

  private LayerFinder finder() {
    LayerFinder known = layers;
    if (known == null) {
      known = new LayerFinder(this);
      layers = known;
    }
    return known;
  }

  ShapeInference.Sizes sizes() {
    ShapeInference.Sizes known = sizes;
    if (known == null) {
      known = ShapeInference.infer(this);
      sizes = known;
    }
    return known;
  }

  /// The sizes of the values that nodes make, by ONNX's own shape rules.
  ///
  /// @return by value: the size of each axis, -1 for one that is known only when the network runs;
  ///   without values that are no tensors
  /// @throws InputException when an operator is unknown or shapes contradict each other
  public Map<String, List<Long>> shapes() {
    return sizes().axes();
  }

  /// A layer by its name, or by the name of its value in the graph.
  ///
  /// @param name such as `fc1`
  /// @return the layer
  /// @throws IllegalArgumentException when there is none, listing what there is
  public Layer layer(String name) {
    return finder()
        .find(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                finder()
                    .refusal(name)
                    .orElseGet(() ->
                        "no layer is called '"
                            + name
                            + "'; the network has "
                            + String.join(", ", layers().stream().map(Layer::name).toList()))));
  }

  /// {@return the value that holds the unnormalised class scores: what goes into the softmax that
  /// makes the first output, whatever its numbers are turned into behind it, or that output itself;
  /// empty when the network has no output}
  public Optional<String> logits() {
    List<ValueInfo> outputs = outputs();
    if (outputs.isEmpty()) {
      return Optional.empty();
    }
    String output =
        outputs.stream()
            .filter(info -> info.type().map(ElementType::isReal).orElse(false))
            .findFirst()
            .orElse(outputs.getFirst())
            .name();
    Optional<Node> maker = producer(output);
    while (maker.isPresent() && maker.get().is("Cast", "QuantizeLinear", "DequantizeLinear")) {
      maker = maker.get().input(0).flatMap(this::producer);
    }
    return maker
        .filter(node -> SOFTMAX.contains(node.operator()))
        .flatMap(node -> node.input(0))
        .or(() -> Optional.of(output));
  }

  /// The node that makes a value.
  ///
  /// @param value its name
  /// @return the node; empty for inputs, constants and unknown names
  public Optional<Node> producer(String value) {
    return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
  }

  /// {@return every value that a node makes, in the order of [#nodes()]}
  public Set<String> values() {
    Set<String> values = new LinkedHashSet<>();
    for (Node node : nodes) {
      values.addAll(node.outputs());
    }
    values.remove("");
    return Collections.unmodifiableSet(values);
  }

  ModelProto model() {
    return model;
  }

  private static Map<String, Tensor> readParameters(GraphProto graph) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      tensors.put(initializer.getName(), new Tensor(initializer));
    }
    return Collections.unmodifiableMap(tensors);
  }
}
