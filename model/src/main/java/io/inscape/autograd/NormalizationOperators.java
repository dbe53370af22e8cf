package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/// Normalisations.
final class NormalizationOperators {
  private NormalizationOperators() {}

  /// Always with the mean and variance kept in the file, in training too: scale and bias learn, the
  /// statistics stay.
  static Operator batch() {
    return node -> {
      float epsilon = node.node().real("epsilon", 1e-5f);
      if (node.flag("training_mode")) {
        throw node.refuse(
            "training_mode is set",
            "statistics kept in the file; export the network in evaluation mode");
      }
      return inputs -> {
        PtNDArray scale = inputs.at(1);
        PtNDArray bias = inputs.at(2);
        PtNDArray mean = inputs.at(3);
        PtNDArray variance = inputs.at(4);
        // The native order is not that of the Java method's parameter names: statistics come first.
        return JniUtils.batchNorm(inputs.first(), mean, variance, scale, bias, false, 0, epsilon);
      };
    };
  }

  static Operator layer() {
    return node -> {
      float epsilon = node.node().real("epsilon", 1e-5f);
      long stated = node.node().integer("axis", -1);
      return inputs -> {
        PtNDArray values = inputs.first();
        Shape shape = values.getShape();
        int axis = Math.toIntExact(stated < 0 ? stated + shape.dimension() : stated);
        Shape inner = new Shape(Arrays.copyOfRange(shape.getShape(), axis, shape.dimension()));
        PtNDArray bias = inputs.has(2) ? inputs.at(2) : inputs.full(inner, 0);
        return JniUtils.layerNorm(values, inner, inputs.at(1), bias, epsilon);
      };
    };
  }
}
