package io.inscape.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.network.layer.Reading;
import io.inscape.network.runtime.OnnxSessions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Runs a network on ONNX Runtime and hands out chosen values, inner ones included, as 32-bit
/// floats.
///
/// What is not needed for those values is not computed. Rows of a feed go in as a [Binding] says;
/// turning and converting numbers, and reading tokens, is done by operations that are added to the
/// graph. One executor may be used by one thread at a time; it uses several itself.
public final class OnnxExecutor implements AutoCloseable {
  private final String origin;
  private final Binding binding;
  private final OrtSession session;
  private final LargeConstants constants; // in use as long as the session
  private final List<Exposure.Output> outputs;
  private final Map<String, List<Long>> shapes; // by name; -1 for what only a run knows

  private OnnxExecutor(
      Network network,
      Binding binding,
      List<Exposure.Output> outputs,
      OrtSession session,
      LargeConstants constants)
      throws OrtException {
    this.constants = constants;
    this.origin = network.origin();
    this.binding = binding;
    this.session = session;
    this.outputs = outputs;
    this.shapes = new LinkedHashMap<>();
    Map<String, NodeInfo> infos = session.getOutputInfo();
    for (Exposure.Output output : outputs) {
      TensorInfo info = tensorInfo(infos, Exposure.outputName(output), origin);
      shapes.put(output.name(), Arrays.stream(info.getShape()).boxed().toList());
    }
  }

  /// Prepares a network with one input, for rows that are made just as it takes them.
  ///
  /// @param network what to run
  /// @param values the values to hand out, by their names in the graph; at least one, each once
  /// @param threads how many threads ONNX Runtime may use, at least 1
  /// @return an executor, to be closed
  /// @throws IllegalArgumentException when no node makes one of the values
  /// @throws InputException when the network has an unknown operator, or several inputs
  public static OnnxExecutor open(Network network, List<String> values, int threads) {
    return open(network, Binding.natural(network), values, threads);
  }

  /// Prepares a network for the rows of a feed.
  ///
  /// @param network what to run
  /// @param binding of the feed's parts to its inputs
  /// @param values the values to hand out, by their names in the graph; at least one, each once
  /// @param threads how many threads ONNX Runtime may use, at least 1
  /// @return an executor, to be closed
  /// @throws IllegalArgumentException when no node makes one of the values
  /// @throws InputException when the network has an unknown operator, or a value is no tensor of
  ///   numbers
  public static OnnxExecutor open(
      Network network, Binding binding, List<String> values, int threads) {
    List<Exposure.Output> outputs = new ArrayList<>();
    values.forEach(value -> outputs.add(new Exposure.Output(value, value, Reading.ALL, 0, false)));
    return opened(network, binding, outputs, threads);
  }

  /// Prepares a network for the rows of a feed, to hand out layers under their [Layer#result()].
  ///
  /// @param network what to run
  /// @param binding of the feed's parts to its inputs
  /// @param layers of the network, at least one, each once
  /// @param threads how many threads ONNX Runtime may use, at least 1
  /// @return an executor, to be closed
  /// @throws IllegalArgumentException when no node makes the value of a layer
  /// @throws InputException when the network has an unknown operator, or a value is no tensor of
  ///   numbers
  public static OnnxExecutor openLayers(
      Network network, Binding binding, List<Layer> layers, int threads) {
    List<Exposure.Output> outputs = new ArrayList<>();
    for (Layer layer : layers) {
      int axes = layer.reading() == Reading.ALL ? layer.shape().size() + 1 : 3;
      int turned = layer.batchAxis() == 0 ? 0 : axes;
      outputs.add(
          new Exposure.Output(layer.result(), layer.value(), layer.reading(), turned, false));
    }
    OnnxExecutor executor = opened(network, binding, outputs, threads);
    for (Layer layer : layers) {
      List<Long> shape = new ArrayList<>(List.of(-1L));
      layer.shape().forEach(size -> shape.add((long) size));
      executor.shapes.put(layer.result(), shape);
    }
    return executor;
  }

  private static OnnxExecutor opened(
      Network network, Binding binding, List<Exposure.Output> outputs, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    requireValues(network, outputs);
    Network fitted = network.fitted(binding);
    fitted.sizes(); // refuses absurd ones before anything is made of that size
    LargeConstants constants = new LargeConstants();
    OrtSession session = session(fitted, binding, outputs, threads, constants);
    try {
      List<Exposure.Output> casts = withCasts(outputs, session, network.origin());
      if (!casts.equals(outputs)) {
        session.close();
        constants.close();
        session = session(fitted, binding, casts, threads, constants);
      }
      return new OnnxExecutor(network, binding, casts, session, constants);
    } catch (OrtException e) {
      close(session);
      constants.close();
      throw OnnxSessions.explain(e, network.origin());
    } catch (RuntimeException e) {
      close(session);
      constants.close();
      throw e;
    }
  }

  private static OrtSession session(
      Network network,
      Binding binding,
      List<Exposure.Output> outputs,
      int threads,
      LargeConstants constants) {
    ModelProto model = Exposure.bind(network, binding, outputs);
    return constants.open(model, network.origin(), threads);
  }

  /// The outputs with a conversion for each whose elements are no 32-bit floats.
  private static List<Exposure.Output> withCasts(
      List<Exposure.Output> outputs, OrtSession session, String origin) throws OrtException {
    Map<String, NodeInfo> infos = session.getOutputInfo();
    List<Exposure.Output> casts = new ArrayList<>();
    for (Exposure.Output output : outputs) {
      TensorInfo info = tensorInfo(infos, Exposure.outputName(output), origin);
      if (info.type == OnnxJavaType.STRING || info.type == OnnxJavaType.UNKNOWN) {
        throw InputException.unsupported(
            origin,
            "value '" + output.value() + "'",
            "elements of type " + info.type,
            "numbers",
            "choose another layer");
      }
      boolean floats = info.type == OnnxJavaType.FLOAT;
      casts.add(
          floats
              ? output
              : new Exposure.Output(
                  output.name(), output.value(), output.reading(), output.turned(), true));
    }
    return casts;
  }

  private static void requireValues(Network network, List<Exposure.Output> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("an executor needs at least one value to hand out");
    }
    for (Exposure.Output output : outputs) {
      if (!network.values().contains(output.value())) {
        throw new IllegalArgumentException(
            "no node of " + network.origin() + " makes a value called '" + output.value() + "'");
      }
    }
    List<String> names = outputs.stream().map(Exposure.Output::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each value can be asked for once, got " + names);
    }
  }

  private static TensorInfo tensorInfo(Map<String, NodeInfo> infos, String value, String origin) {
    NodeInfo info = infos.get(value);
    if (info != null && info.getInfo() instanceof TensorInfo tensor) {
      return tensor;
    }
    throw InputException.unsupported(
        origin,
        "value '" + value + "'",
        "a sequence or map",
        "a tensor",
        "choose another layer, or export the network without it");
  }

  /// {@return the size of each value handed out, batch first; -1 for an axis that is known only
  /// when the network runs}
  public Map<String, List<Long>> shapes() {
    return Map.copyOf(shapes);
  }

  /// {@return how many numbers a row of one observation has}
  public int inputSize() {
    return binding.width();
  }

  /// {@return the only batch size that the network takes; empty when it takes any}
  public OptionalInt fixedBatch() {
    return binding.fixedBatch();
  }

  /// Runs a batch.
  ///
  /// @param observations the batch's rows, `[observation, ...]`; not modified
  /// @param batch how many observations there are, at least 1
  /// @return each value's numbers, `[observation, ...]`, in the order asked for when opening
  public Map<String, float[]> run(float[] observations, int batch) {
    FloatBuffer direct = direct(observations.length);
    direct.put(observations).flip();
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      inputs.putAll(inputs(direct, batch));
      try (OrtSession.Result result = session.run(inputs)) {
        for (Exposure.Output output : outputs) {
          OnnxTensor tensor = (OnnxTensor) result.get(Exposure.outputName(output)).orElseThrow();
          FloatBuffer buffer = tensor.getFloatBuffer();
          float[] numbers = new float[buffer.remaining()];
          buffer.get(numbers);
          values.put(output.name(), numbers);
        }
      }
      return values;
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /// Runs a batch into the caller's memory.
  ///
  /// @param observations the batch's rows, `[observation, ...]`, a direct buffer in the machine's
  ///   byte order, read from its position to its limit
  /// @param batch how many observations there are, at least 1
  /// @param results a direct buffer in the machine's byte order for each value asked for when
  ///   opening; its limit is set to what the batch fills, its position to 0
  public void run(FloatBuffer observations, int batch, Map<String, FloatBuffer> results) {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    try {
      inputs.putAll(inputs(observations, batch));
      for (Exposure.Output output : outputs) {
        pinned.put(Exposure.outputName(output), pin(output.name(), batch, results));
      }
      session.run(inputs, pinned).close();
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      pinned.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor pin(String value, int batch, Map<String, FloatBuffer> results)
      throws OrtException {
    long[] shape = shapes.getOrDefault(value, List.of()).stream().mapToLong(s -> s).toArray();
    long count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = axis == 0 ? batch : shape[axis];
      count *= shape[axis];
    }
    FloatBuffer buffer = results.get(value);
    if (buffer == null || count < 0 || buffer.capacity() < count) {
      throw new IllegalArgumentException(
          "value " + value + " needs room for " + count + " numbers, got " + buffer);
    }
    buffer.clear().limit((int) count);
    return tensor(buffer, shape);
  }

  private static OnnxTensor tensor(FloatBuffer buffer, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(OnnxSessions.environment(), buffer, shape);
  }

  /// A tensor for each input that the values need; the caller's memory where a row is one part.
  private Map<String, OnnxTensor> inputs(FloatBuffer observations, int batch) throws OrtException {
    if (batch < 1 || observations.remaining() != (long) batch * inputSize()) {
      throw new IllegalArgumentException(
          "a batch of "
              + batch
              + " needs "
              + (long) batch * inputSize()
              + " numbers, got "
              + observations.remaining());
    }
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (Binding.Input input : binding.inputs()) {
      String name = Exposure.inputName(input);
      if (session.getInputNames().contains(name)) {
        FloatBuffer part = part(observations, batch, input.slot());
        inputs.put(name, tensor(part, shape(binding.slot(input), batch)));
      }
    }
    return inputs;
  }

  private FloatBuffer part(FloatBuffer observations, int batch, int slot) {
    if (binding.slots().size() == 1) {
      return observations;
    }
    int offset = 0;
    for (int i = 0; i < slot; i++) {
      offset += binding.slots().get(i).size();
    }
    int size = binding.slots().get(slot).size();
    FloatBuffer part = direct(Math.multiplyExact(batch, size));
    for (int row = 0; row < batch; row++) {
      int from = observations.position() + row * inputSize() + offset;
      part.put(row * size, observations, from, size);
    }
    return part;
  }

  private static long[] shape(Feed.Slot slot, int batch) {
    long[] shape = new long[slot.shape().size() + 1];
    shape[0] = batch;
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = slot.shape().get(axis - 1);
    }
    return shape;
  }

  private static FloatBuffer direct(int count) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(4, count))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /// Gives ONNX Runtime's memory back.
  @Override
  public void close() {
    close(session);
    constants.close();
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close a session", e);
    }
  }
}
