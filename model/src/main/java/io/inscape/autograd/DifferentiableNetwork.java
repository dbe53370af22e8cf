package io.inscape.autograd;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.inscape.network.Network;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A network that computes values and their derivatives: the executor for training and for
/// gradients with respect to the input.
///
/// Its numbers agree with ONNX Runtime's on the same graph. Dropout rests unless masks are given;
/// batch normalisation uses the statistics kept in the file, in training too. Parameters live in
/// native memory and may be changed in place between passes. Not for use by several threads at
/// once, and not on virtual threads: the engine keeps its state per platform thread.
public final class DifferentiableNetwork implements AutoCloseable {
  private final PtNDManager manager;
  private final int threads;
  private final CompiledNetwork compiled;
  private final Map<Integer, PtNDArray> constants = new LinkedHashMap<>(); // by slot
  private final Map<List<String>, Plan> plans = new HashMap<>();

  private DifferentiableNetwork(CompiledNetwork compiled, PtNDManager manager, int threads) {
    this.compiled = compiled;
    this.manager = manager;
    this.threads = threads;
    compiled
        .constants()
        .forEach((slot, tensor) ->
            constants.put(
                slot, (PtNDArray) manager.create(tensor.floats(), new Shape(tensor.shape()))));
  }

  /// Opens a network.
  ///
  /// @param network what to run
  /// @param threads how many threads compute, at least 1; a setting of the whole process, the
  ///   newest pass wins
  /// @return the network with its own copy of the parameters, to be closed
  /// @throws IllegalArgumentException when the network has an operator, a setting or an input that
  ///   the executor does not know, naming it
  public static DifferentiableNetwork open(Network network, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a network needs at least 1 thread, got " + threads);
    }
    return new DifferentiableNetwork(CompiledNetwork.of(network), Native.manager(), threads);
  }

  /// {@return the operators that can be differentiated, sorted}
  public static Set<String> operators() {
    Set<String> names = new TreeSet<>(Operators.TABLE.keySet());
    names.add(Operators.CONSTANT);
    return Collections.unmodifiableSet(names);
  }

  /// {@return the names of the parameters that learn, in file order}
  public Set<String> trainable() {
    return compiled.trainable();
  }

  /// {@return how many numbers one observation of the input has}
  public int inputSize() {
    return compiled.inputSize();
  }

  /// {@return the sizes of the input's axes, without the batch's}
  public List<Long> inputShape() {
    return Arrays.stream(compiled.observationShape()).boxed().toList();
  }

  /// The memory of a parameter.
  ///
  /// @param name a parameter of real numbers
  /// @return its numbers, row-major; changing them changes the network, not to be done during a
  ///   pass; valid until the network is closed
  public MemorySegment parameter(String name) {
    return Native.segment(constant(name));
  }

  /// {@return a copy of the parameters that learn, by name, in file order}
  public Map<String, float[]> parameters() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    for (String name : trainable()) {
      copies.put(name, parameter(name).toArray(ValueLayout.JAVA_FLOAT));
    }
    return copies;
  }

  /// Sends a batch through the network.
  ///
  /// @param input 32-bit floats, `[observation, feature...]`; copied
  /// @param batch how many observations, at least 1
  /// @param request what is wanted of the pass
  /// @return the pass, to be closed before the next one
  public Pass pass(MemorySegment input, int batch, PassRequest request) {
    requirePlatformThread();
    requireSize(input, batch);
    Plan plan = plans.computeIfAbsent(request.values(), this::plan);
    Native.enter(threads, request.gradients() != Gradients.NONE);
    PtNDManager own = (PtNDManager) manager.newSubManager();
    @Nullable PtNDArray[] arrays = new PtNDArray[plan.slots()];
    Pass pass = new Pass(this, own, arrays);
    try {
      PtNDArray data =
          JniUtils.createEmptyNdArray(
              own, compiled.inputShape(batch), DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
      Native.segment(data).copyFrom(input);
      if (request.gradients() == Gradients.INPUT_AND_PARAMETERS) {
        JniUtils.attachGradient(data, true);
      }
      arrays[inputSlot()] = data;
      boolean tape = request.gradients() != Gradients.NONE;
      constants.forEach((slot, array) ->
          arrays[slot] = Native.detached(array, own, tape && compiled.learns(slot)));
      pass.run(plan, request.masks());
      return pass;
    } catch (RuntimeException e) {
      pass.close();
      throw e;
    }
  }

  /// Computes values without gradients.
  ///
  /// @param input `[observation, feature...]`; not modified
  /// @param batch how many observations, at least 1
  /// @param values names of the values wanted
  /// @return their numbers by name, observation first
  public Map<String, float[]> forward(float[] input, int batch, List<String> values) {
    try (Pass pass =
        pass(MemorySegment.ofArray(input), batch, PassRequest.of(values, Gradients.NONE))) {
      Map<String, float[]> results = new LinkedHashMap<>();
      for (String value : values) {
        results.put(value, pass.value(value).toArray(ValueLayout.JAVA_FLOAT));
      }
      return results;
    }
  }

  /// Derivatives of `sum(direction * value)`.
  ///
  /// @param input `[observation, feature...]`; not modified
  /// @param batch how many observations, at least 1
  /// @param value name of the value to start from
  /// @param direction one number per number of the value; not modified
  /// @return the derivatives with respect to the input and to each parameter that learns
  public Derivatives derivatives(float[] input, int batch, String value, float[] direction) {
    PassRequest request = PassRequest.of(List.of(value), Gradients.INPUT_AND_PARAMETERS);
    try (Pass pass = pass(MemorySegment.ofArray(input), batch, request)) {
      pass.backward(value, MemorySegment.ofArray(direction));
      Map<String, float[]> byParameter = new LinkedHashMap<>();
      for (String parameter : trainable()) {
        float[] gradient = pass.parameterGradient(parameter).toArray(ValueLayout.JAVA_FLOAT);
        int count = Math.toIntExact(parameter(parameter).byteSize() / Float.BYTES);
        byParameter.put(parameter, gradient.length == 0 ? new float[count] : gradient);
      }
      float[] byInput = pass.inputGradient().toArray(ValueLayout.JAVA_FLOAT);
      return new Derivatives(byInput.length == 0 ? new float[input.length] : byInput, byParameter);
    }
  }

  /// Derivatives with respect to what a network was given.
  ///
  /// @param input per number of the input
  /// @param parameters per number of each parameter that learns, by name
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  public record Derivatives(float[] input, Map<String, float[]> parameters) {}

  int slot(String value) {
    return compiled.slot(value);
  }

  int parameterSlot(String name) {
    if (!trainable().contains(name)) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' does not learn; these do: " + trainable());
    }
    return slot(name);
  }

  int inputSlot() {
    return compiled.inputSlot();
  }

  private PtNDArray constant(String name) {
    PtNDArray array = constants.get(slot(name));
    if (array == null) {
      throw new IllegalArgumentException("value '" + name + "' is no parameter of real numbers");
    }
    return array;
  }

  private Plan plan(List<String> values) {
    BitSet asked = new BitSet();
    asked.set(inputSlot()); // kept, as the parameters are, for their gradients
    constants.keySet().forEach(asked::set);
    values.forEach(value -> asked.set(slot(value)));
    return Plan.of(compiled.nodes(), asked, compiled.slots());
  }

  private void requireSize(MemorySegment input, int batch) {
    if (batch < 1 || input.byteSize() != (long) batch * inputSize() * Float.BYTES) {
      throw new IllegalArgumentException(
          "a batch of "
              + batch
              + " observations needs "
              + (long) batch * inputSize()
              + " numbers, got "
              + input.byteSize() / Float.BYTES);
    }
  }

  private static void requirePlatformThread() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "the native engine keeps its state per platform thread; call it from one");
    }
  }

  /// Frees the parameters.
  @Override
  public void close() {
    manager.close();
  }
}
