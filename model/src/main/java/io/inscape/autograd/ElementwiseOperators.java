package io.inscape.autograd;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Operators that work value by value; two inputs of different shapes are broadcast as ONNX and
/// NumPy do.
final class ElementwiseOperators {
  private ElementwiseOperators() {}

  static Operator unary(UnaryOperator<PtNDArray> function) {
    return _ -> inputs -> function.apply(inputs.first());
  }

  static Operator binary(BinaryOperator<PtNDArray> function) {
    return _ -> inputs -> function.apply(inputs.first(), inputs.at(1));
  }

  /// Any number of inputs, taken from left to right.
  static Operator fold(BinaryOperator<PtNDArray> function) {
    return _ ->
        inputs -> {
          PtNDArray result = same(inputs.first());
          for (int i = 1; i < inputs.count(); i++) {
            result = function.apply(result, inputs.at(i));
          }
          return result;
        };
  }

  /// Another array with the same values, so that no output is an input.
  static PtNDArray same(PtNDArray array) {
    return JniUtils.reshape(array, array.getShape().getShape());
  }

  static Operator reciprocal() {
    return _ -> inputs -> JniUtils.div(inputs.number(1), inputs.first());
  }

  static Operator identity() {
    return _ -> inputs -> same(inputs.first());
  }

  /// Limits are attributes before opset 11 and constant inputs since.
  static Operator clip() {
    return node -> {
      float low = node.number("min", 1, Float.NEGATIVE_INFINITY);
      float high = node.number("max", 2, Float.POSITIVE_INFINITY);
      return inputs -> JniUtils.clip(inputs.first(), low, high);
    };
  }

  /// Inverted dropout: kept values are scaled by 1 / (1 - ratio), so that inference hands its input
  /// on.
  static Operator dropout() {
    return node -> {
      float ratio = node.number("ratio", 1, 0.5f);
      if (!(ratio >= 0 && ratio < 1)) {
        throw node.refuse("the dropout ratio is " + ratio, "a ratio of at least 0 and below 1");
      }
      return inputs ->
          ratio > 0 && inputs.dropsOut()
              ? JniUtils.mul(inputs.first(), inputs.mask(node.dropout(), ratio))
              : same(inputs.first());
    };
  }
}
