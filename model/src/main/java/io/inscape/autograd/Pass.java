package io.inscape.autograd;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One batch that went through a network: its values, and the gradients once asked for.
///
/// Every segment handed out is native memory of 32-bit floats, row-major with the observation
/// first, and dies with the pass: read or copy it before closing, and never touch it after.
public final class Pass implements AutoCloseable {
  private final DifferentiableNetwork network;
  private final PtNDManager manager;
  private final @Nullable PtNDArray[] arrays; // by slot

  Pass(DifferentiableNetwork network, PtNDManager manager, @Nullable PtNDArray[] arrays) {
    this.network = network;
    this.manager = manager;
    this.arrays = arrays;
  }

  void run(Plan plan, DropoutMask masks) {
    for (Plan.Step step : plan.steps()) {
      Plan.Compiled node = step.compiled();
      @Nullable PtNDArray[] inputs = new PtNDArray[node.inputs().length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = node.inputs()[i] < 0 ? null : arrays[node.inputs()[i]];
      }
      try {
        arrays[node.output()] = node.kernel().run(new Inputs(manager, inputs, masks));
      } catch (EngineException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            node.node().label() + " cannot be computed: " + firstLine(e), e);
      }
      for (int slot : step.done()) {
        PtNDArray array = arrays[slot];
        if (array != null) {
          array.close();
          arrays[slot] = null;
        }
      }
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /// A value of the network.
  ///
  /// @param name one of the values that the pass was started for
  /// @return its numbers
  public MemorySegment value(String name) {
    return Native.segment(array(name));
  }

  /// Runs the tape back from one value, once per pass.
  ///
  /// @param value one of the values that the pass was started for
  /// @param gradient derivative of the quantity of interest with respect to that value, one number
  ///   per number of the value
  public void backward(String value, MemorySegment gradient) {
    PtNDArray head = array(value);
    PtNDArray seed =
        JniUtils.createEmptyNdArray(
            manager, head.getShape(), DataType.FLOAT32, head.getDevice(), head.getSparseFormat());
    Native.segment(seed).copyFrom(gradient);
    JniUtils.backward(head, seed, false, false);
  }

  /// The gradient of a parameter after [#backward].
  ///
  /// @param parameter a trainable parameter
  /// @return its derivative, in the parameter's own shape; empty when nothing asked for depends on
  ///   it
  public MemorySegment parameterGradient(String parameter) {
    return gradient(network.parameterSlot(parameter));
  }

  /// {@return the derivative with respect to the input after [#backward], when the pass was started
  /// for it}
  public MemorySegment inputGradient() {
    return gradient(network.inputSlot());
  }

  private MemorySegment gradient(int slot) {
    PtNDArray leaf = arrays[slot];
    PtNDArray gradient = leaf == null ? null : JniUtils.getGradient(leaf);
    return gradient == null ? MemorySegment.NULL : Native.segment(gradient);
  }

  private PtNDArray array(String name) {
    PtNDArray array = arrays[network.slot(name)];
    if (array == null) {
      throw new IllegalArgumentException("the pass was not started for the value '" + name + "'");
    }
    return array;
  }

  /// Frees everything the pass holds.
  @Override
  public void close() {
    manager.close();
    Native.leave();
  }
}
