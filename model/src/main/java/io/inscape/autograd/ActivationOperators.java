package io.inscape.autograd;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/// Activation functions.
final class ActivationOperators {
  private static final double SELU_ALPHA = 1.6732632423543772; // ONNX's defaults
  private static final double SELU_GAMMA = 1.0507009873554805;
  private static final double GELU_CUBIC =
      0.044715; // the tanh approximation of GELU, as ONNX defines it

  private ActivationOperators() {}

  static Operator leakyRelu() {
    return node -> {
      float slope = node.node().real("alpha", 0.01f);
      return inputs -> JniUtils.leakyRelu(inputs.first(), slope);
    };
  }

  static Operator elu() {
    return node -> {
      float alpha = node.node().real("alpha", 1);
      return inputs -> JniUtils.elu(inputs.first(), alpha);
    };
  }

  static Operator selu() {
    return node -> {
      float alpha = node.node().real("alpha", (float) SELU_ALPHA);
      float gamma = node.node().real("gamma", (float) SELU_GAMMA);
      return inputs -> JniUtils.mul(JniUtils.elu(inputs.first(), alpha), inputs.number(gamma));
    };
  }

  static Operator hardSigmoid() {
    return node -> {
      float alpha = node.node().real("alpha", 0.2f);
      float beta = node.node().real("beta", 0.5f);
      return inputs -> {
        PtNDArray line = JniUtils.mul(inputs.first(), inputs.number(alpha));
        return JniUtils.clip(JniUtils.add(line, inputs.number(beta)), 0f, 1f);
      };
    };
  }

  /// `max(x, 0) + slope * min(x, 0)` with one slope per channel or value.
  static Operator prelu() {
    return _ ->
        inputs -> {
          PtNDArray below = JniUtils.neg(JniUtils.relu(JniUtils.neg(inputs.first())));
          return JniUtils.add(JniUtils.relu(inputs.first()), JniUtils.mul(below, inputs.at(1)));
        };
  }

  static Operator gelu() {
    return node ->
        switch (node.node().text("approximate", "none")) {
          case "none" -> inputs -> JniUtils.gelu(inputs.first());
          case "tanh" -> ActivationOperators::geluByTanh;
          case String other ->
              throw node.refuse("approximate is '" + other + "'", "'none' or 'tanh'");
        };
  }

  private static PtNDArray geluByTanh(Inputs inputs) {
    PtNDArray x = inputs.first();
    PtNDArray cubic = JniUtils.mul(JniUtils.mul(x, JniUtils.square(x)), inputs.number(GELU_CUBIC));
    PtNDArray inner = JniUtils.mul(JniUtils.add(x, cubic), inputs.number(Math.sqrt(2 / Math.PI)));
    PtNDArray gate = JniUtils.add(JniUtils.tanh(inner), inputs.number(1));
    return JniUtils.mul(JniUtils.mul(x, inputs.number(0.5)), gate);
  }

  static Operator softmax() {
    return alongAxis((values, axis) -> JniUtils.softmax(values, axis, DataType.FLOAT32));
  }

  static Operator logSoftmax() {
    return alongAxis((values, axis) -> JniUtils.logSoftmax(values, axis, DataType.FLOAT32));
  }

  /// One of them, along an axis of an array.
  private interface Normalisation {
    PtNDArray apply(PtNDArray values, long axis);
  }

  /// Before operator set 13 they took all axes from the given one on as one, and the default was
  /// the second axis, not the last.
  private static Operator alongAxis(Normalisation normalisation) {
    return node -> {
      if (node.operatorSet() >= 13) {
        long axis = node.node().integer("axis", -1);
        return inputs -> normalisation.apply(inputs.first(), axis);
      }
      long stated = node.node().integer("axis", 1);
      return inputs -> {
        PtNDArray values = inputs.first();
        Shape shape = values.getShape();
        int axis = Math.toIntExact(stated < 0 ? stated + shape.dimension() : stated);
        long outer = shape.slice(0, axis).size();
        long[] flat = {outer, shape.slice(axis).size()};
        PtNDArray result = normalisation.apply(JniUtils.reshape(values, flat), 1);
        return JniUtils.reshape(result, shape.getShape());
      };
    };
  }
}
