package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/// Normalisations.
final class NormalizationOperators {
  private NormalizationOperators() {}

  /// Always with the mean and variance kept in the file, in training too: scale and bias learn, the statistics stay.
  static Operator batch() {
    return node -> {
      float epsilon = node.node().real("epsilon", 1e-5f);
      if (node.flag("training_mode")) {
        throw node.refuse(
            "training_mode is set", "statistics kept in the file; export the network in evaluation mode");
      }
      return inputs ->
          JniUtils.batchNorm(
              inputs.first(),
              inputs.at(1),
              inputs.at(2),
              inputs.at(3),
              inputs.at(4),
              false,
              0,
              epsilon);
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
