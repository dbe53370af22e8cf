package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/// How a kernel slides over an image: ONNX's strides, dilations and pads.
///
/// @param kernel size per spatial axis
/// @param strides steps per spatial axis
/// @param dilations distance of a kernel's taps per spatial axis
/// @param pads zeros before every axis, then behind every axis; empty where they follow from the
///   input's size
/// @param upper with pads that follow from the size, whether an odd one goes behind
/// @param ceil whether a last window that does not fit is used
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record Window(
    long[] kernel, long[] strides, long[] dilations, long[] pads, boolean upper, boolean ceil) {
  /// Reads the settings of a convolution or pool.
  static Window of(NodeSettings node, long[] kernel) {
    int axes = kernel.length;
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    String auto = node.node().text("auto_pad", "NOTSET");
    long[] pads =
        switch (auto) {
          case "NOTSET" -> node.longs("pads", new long[2 * axes]);
          case "VALID" -> new long[2 * axes];
          case "SAME_UPPER", "SAME_LOWER" -> new long[0];
          default ->
              throw node.refuse(
                  "auto_pad is '" + auto + "'", "NOTSET, VALID, SAME_UPPER or SAME_LOWER");
        };
    return new Window(
        kernel,
        node.longs("strides", ones),
        node.longs("dilations", ones),
        pads,
        auto.equals("SAME_UPPER"),
        node.flag("ceil_mode"));
  }

  boolean dilated() {
    return Arrays.stream(dilations).anyMatch(dilation -> dilation != 1);
  }

  /// The pads for an input: those stated, or those that keep `ceil(size / stride)` positions.
  long[] padsFor(Shape input) {
    if (pads.length > 0) {
      return pads;
    }
    int axes = kernel.length;
    long[] same = new long[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      long size = input.get(2 + axis);
      long reach = (kernel[axis] - 1) * dilations[axis] + 1;
      long positions = Math.ceilDiv(size, strides[axis]);
      long total = Math.max(0, (positions - 1) * strides[axis] + reach - size);
      same[axis] = upper ? total / 2 : total - total / 2;
      same[axes + axis] = total - same[axis];
    }
    return same;
  }

  /// Whether the same number of zeros lies before and behind every axis, which the native code does
  /// itself.
  static boolean symmetric(long[] pads) {
    int axes = pads.length / 2;
    return Arrays.equals(pads, 0, axes, pads, axes, 2 * axes);
  }

  static Shape before(long[] pads) {
    return new Shape(Arrays.copyOf(pads, pads.length / 2));
  }

  Shape none() {
    return new Shape(new long[kernel.length]);
  }

  /// The image with its pads written out.
  static PtNDArray padded(PtNDArray image, long[] pads, double value) {
    int axes = pads.length / 2;
    long[] innermostFirst = new long[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      innermostFirst[2 * axis] = pads[axes - 1 - axis];
      innermostFirst[2 * axis + 1] = pads[2 * axes - 1 - axis];
    }
    return JniUtils.pad(image, innermostFirst, value);
  }

  /// Leaves out last windows that lie in the pads behind the image alone, which ONNX does not have.
  PtNDArray trimmed(PtNDArray pooled, Shape image, long[] pads) {
    PtNDArray result = pooled;
    for (int axis = 0; axis < kernel.length && ceil; axis++) {
      long positions = pooled.getShape().get(2 + axis);
      long behind = image.get(2 + axis) + pads[axis]; // where the pads begin
      if ((positions - 1) * strides[axis] >= behind) {
        result = JniUtils.slice(result, 2 + axis, 0, positions - 1, 1);
      }
    }
    return result;
  }
}
