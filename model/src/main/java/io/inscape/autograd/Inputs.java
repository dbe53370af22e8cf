package io.inscape.autograd;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a node is given in one pass.
final class Inputs {
  private final PtNDManager manager;
  private final @Nullable PtNDArray[] arrays;
  private final DropoutMask masks;

  Inputs(PtNDManager manager, @Nullable PtNDArray[] arrays, DropoutMask masks) {
    this.manager = manager;
    this.arrays = arrays;
    this.masks = masks;
  }

  int count() {
    return arrays.length;
  }

  /// The first input.
  PtNDArray first() {
    return at(0);
  }

  PtNDArray at(int position) {
    PtNDArray array = position < arrays.length ? arrays[position] : null;
    if (array == null) {
      throw new IllegalArgumentException("input " + position + " is missing");
    }
    return array;
  }

  boolean has(int position) {
    return position < arrays.length && arrays[position] != null;
  }

  /// An optional input.
  @Nullable PtNDArray orNull(int position) {
    return has(position) ? at(position) : null;
  }

  /// A single number that lives as long as the pass.
  PtNDArray number(double value) {
    return full(new Shape(), value);
  }

  PtNDArray full(Shape shape, double value) {
    return JniUtils.full(
        manager, shape, value, DataType.FLOAT32, first().getDevice(), first().getSparseFormat());
  }

  boolean dropsOut() {
    return !masks.rests();
  }

  /// A mask of the shape of the first input.
  PtNDArray mask(int dropout, double ratio) {
    PtNDArray mask =
        JniUtils.createEmptyNdArray(
            manager,
            first().getShape(),
            DataType.FLOAT32,
            first().getDevice(),
            first().getSparseFormat());
    MemorySegment segment = Native.segment(mask);
    masks.fill(dropout, ratio, segment);
    return mask;
  }
}
