package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/// Convolution and pooling over `[observation, channel, spatial...]`.
final class ImageOperators {
  private ImageOperators() {}

  static Operator convolution() {
    return node -> {
      int groups = Math.toIntExact(node.node().integer("group", 1));
      Window stated = Window.of(node, node.longs("kernel_shape", kernelOf(node)));
      return inputs -> {
        PtNDArray image = inputs.first();
        long[] pads = stated.padsFor(image.getShape());
        boolean symmetric = Window.symmetric(pads);
        return JniUtils.convolution(
            symmetric ? image : Window.padded(image, pads, 0),
            inputs.at(1),
            inputs.orNull(2),
            new Shape(stated.strides()),
            symmetric ? Window.before(pads) : stated.none(),
            new Shape(stated.dilations()),
            groups);
      };
    };
  }

  private static long[] kernelOf(NodeSettings node) {
    long[] weight =
        node.constants()
            .apply(node.node().input(1).orElseThrow())
            .orElseThrow(
                () -> node.refuse("the network computes its weights", "weights kept in the file"))
            .shape();
    return Arrays.copyOfRange(weight, 2, weight.length);
  }

  static Operator maxPool() {
    return node -> {
      Window window = pool(node);
      return inputs -> {
        PtNDArray image = inputs.first();
        long[] pads = window.padsFor(image.getShape());
        boolean byHand = !Window.symmetric(pads);
        PtNDArray pooled =
            JniUtils.maxPool(
                byHand ? Window.padded(image, pads, Double.NEGATIVE_INFINITY) : image,
                new Shape(window.kernel()),
                new Shape(window.strides()),
                byHand ? window.none() : Window.before(pads),
                window.ceil());
        return window.trimmed(pooled, image.getShape(), pads);
      };
    };
  }

  static Operator averagePool() {
    return node -> {
      Window window = pool(node);
      boolean countPads = node.flag("count_include_pad");
      return inputs -> {
        PtNDArray image = inputs.first();
        long[] pads = window.padsFor(image.getShape());
        boolean padless = Arrays.stream(pads).allMatch(pad -> pad == 0);
        if (padless || (countPads && Window.symmetric(pads))) {
          return average(image, window, Window.before(pads));
        }
        PtNDArray sums = average(Window.padded(image, pads, 0), window, window.none());
        PtNDArray means = sums;
        if (!countPads) {
          PtNDArray ones = inputs.full(image.getShape(), 1);
          PtNDArray share = average(Window.padded(ones, pads, 0), window, window.none());
          means = JniUtils.div(sums, share); // by the share of each window that is image
        }
        return window.trimmed(means, image.getShape(), pads);
      };
    };
  }

  /// Counts pads as image: the native call does so whatever it is told.
  private static PtNDArray average(PtNDArray image, Window window, Shape padding) {
    return JniUtils.avgPool(
        image,
        new Shape(window.kernel()),
        new Shape(window.strides()),
        padding,
        window.ceil(),
        true);
  }

  private static Window pool(NodeSettings node) {
    Window window = Window.of(node, node.longs("kernel_shape"));
    if (window.dilated()) {
      throw node.refuse(
          "dilations are " + Arrays.toString(window.dilations()), "a pool without dilation");
    }
    return window;
  }

  static Operator globalAverage() {
    return _ ->
        inputs -> {
          PtNDArray image = inputs.first();
          for (int axis = 2; axis < image.getShape().dimension(); axis++) {
            image = JniUtils.mean(image, axis, true);
          }
          return image;
        };
  }

  static Operator globalMax() {
    return _ ->
        inputs -> {
          PtNDArray image = inputs.first();
          Shape shape = image.getShape();
          long[] kernel = Arrays.copyOfRange(shape.getShape(), 2, shape.dimension());
          Shape whole = new Shape(kernel);
          return JniUtils.maxPool(image, whole, whole, new Shape(new long[kernel.length]), false);
        };
  }
}
