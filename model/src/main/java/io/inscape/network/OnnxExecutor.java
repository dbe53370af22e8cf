package io.inscape.network;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.inscape.dataset.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Runs a network on ONNX Runtime and hands out chosen values, inner ones included.
///
/// What is not needed for those values is not computed. The network has one input of 32-bit floats
/// whose first axis is the batch. One executor may be used by one thread at a time; it uses several
/// itself.
public final class OnnxExecutor implements AutoCloseable {
  private final String origin;
  private final OrtSession session;
  private final String input;
  private final long[] inputShape; // [batch, ...]; -1 for a free batch
  private final Map<String, List<Long>> shapes;

  private OnnxExecutor(Network network, List<String> values, OrtSession session)
      throws OrtException {
    this.origin = network.origin();
    this.session = session;
    this.input = network.inputs().getFirst().name();
    this.inputShape = tensorInfo(session.getInputInfo(), input).getShape();
    this.shapes = new LinkedHashMap<>();
    for (String value : values) {
      shapes.put(value, shape(value));
    }
    for (int axis = 1; axis < inputShape.length; axis++) {
      if (inputShape[axis] < 1) {
        throw InputException.unsupported(
            origin,
            "input '" + input + "'",
            "a free size for axis " + axis,
            "a free size for the batch only",
            "export the network for one image size");
      }
    }
  }

  /// Prepares a network.
  ///
  /// @param network what to run
  /// @param values the values to hand out, by their names in the graph; at least one, each once
  /// @param threads how many threads ONNX Runtime may use, at least 1
  /// @return an executor, to be closed
  /// @throws IllegalArgumentException when no node makes one of the values
  /// @throws InputException when the network has an unknown operator, or other inputs than one of
  ///   32-bit floats
  public static OnnxExecutor open(Network network, List<String> values, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    requireValues(network, values);
    requireOneInput(network);
    byte[] model = Exposure.expose(network.model(), values).toByteArray();
    OrtSession session = OnnxSessions.open(model, network.origin(), threads, true);
    try {
      return new OnnxExecutor(network, values, session);
    } catch (OrtException e) {
      close(session);
      throw OnnxSessions.explain(e, network.origin());
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private static void requireValues(Network network, List<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("an executor needs at least one value to hand out");
    }
    for (String value : values) {
      if (!network.values().contains(value)) {
        throw new IllegalArgumentException(
            "no node of " + network.origin() + " makes a value called '" + value + "'");
      }
    }
    if (values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException("each value can be asked for once, got " + values);
    }
  }

  private static void requireOneInput(Network network) {
    List<ValueInfo> inputs = network.inputs();
    boolean floats =
        inputs.size() == 1 && inputs.getFirst().type().orElse(null) == ElementType.FLOAT;
    if (!floats) {
      List<String> found = new ArrayList<>();
      for (ValueInfo info : inputs) {
        found.add(info.name() + info.type().map(type -> " (" + type + ")").orElse(""));
      }
      throw InputException.unsupported(
          network.origin(),
          "the graph's inputs",
          found.toString(),
          "one input of 32-bit floats",
          "export the network with its images as the only input");
    }
  }

  private List<Long> shape(String value) throws OrtException {
    TensorInfo info = tensorInfo(session.getOutputInfo(), value);
    if (info.type != OnnxJavaType.FLOAT) {
      throw InputException.unsupported(
          origin, "value '" + value + "'", "elements of type " + info.type, "32-bit floats", "");
    }
    return Arrays.stream(info.getShape()).boxed().toList();
  }

  private TensorInfo tensorInfo(Map<String, NodeInfo> infos, String value) {
    NodeInfo info = infos.get(value);
    if (info != null && info.getInfo() instanceof TensorInfo tensor) {
      return tensor;
    }
    throw InputException.unsupported(
        origin, "value '" + value + "'", "a sequence or map", "a tensor", "");
  }

  /// {@return the size of each value handed out, batch first; -1 for an axis that is known only
  /// when the network runs}
  public Map<String, List<Long>> shapes() {
    return Map.copyOf(shapes);
  }

  /// {@return how many numbers one observation has}
  public int inputSize() {
    long size = 1;
    for (int axis = 1; axis < inputShape.length; axis++) {
      size *= inputShape[axis];
    }
    return Math.toIntExact(size);
  }

  /// {@return the only batch size that the network takes; empty when it takes any}
  public OptionalInt fixedBatch() {
    return inputShape[0] > 0 ? OptionalInt.of(Math.toIntExact(inputShape[0])) : OptionalInt.empty();
  }

  /// Runs a batch.
  ///
  /// @param observations the batch's numbers, `[observation, ...]`; not modified
  /// @param batch how many observations there are, at least 1
  /// @return each value's numbers, `[observation, ...]`, in the order asked for when opening
  public Map<String, float[]> run(float[] observations, int batch) {
    FloatBuffer direct = direct(observations.length);
    direct.put(observations).flip();
    Map<String, float[]> values = new LinkedHashMap<>();
    try (OnnxTensor tensor = tensor(direct, inputShape(direct, batch));
        OrtSession.Result result = session.run(Map.of(input, tensor), shapes.keySet())) {
      for (String value : shapes.keySet()) {
        FloatBuffer buffer = ((OnnxTensor) result.get(value).orElseThrow()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        values.put(value, numbers);
      }
      return values;
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    }
  }

  /// Runs a batch into the caller's memory, without copies.
  ///
  /// @param observations the batch's numbers, `[observation, ...]`, a direct buffer in the
  ///   machine's byte order, read from its position to its limit
  /// @param batch how many observations there are, at least 1
  /// @param results a direct buffer in the machine's byte order for each value asked for when
  ///   opening; its limit is set to what the batch fills, its position to 0
  public void run(FloatBuffer observations, int batch, Map<String, FloatBuffer> results) {
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    try (OnnxTensor tensor = tensor(observations, inputShape(observations, batch))) {
      for (String value : shapes.keySet()) {
        pinned.put(value, pin(value, batch, results));
      }
      session.run(Map.of(input, tensor), pinned).close();
    } catch (OrtException e) {
      throw OnnxSessions.explain(e, origin);
    } finally {
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

  private long[] inputShape(FloatBuffer observations, int batch) {
    if (batch < 1 || observations.remaining() != (long) batch * inputSize()) {
      throw new IllegalArgumentException(
          "a batch of "
              + batch
              + " needs "
              + (long) batch * inputSize()
              + " numbers, got "
              + observations.remaining());
    }
    long[] shape = inputShape.clone();
    shape[0] = batch;
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
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close a session", e);
    }
  }
}
