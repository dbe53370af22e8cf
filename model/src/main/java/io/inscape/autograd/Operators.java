package io.inscape.autograd;

import static io.inscape.autograd.ElementwiseOperators.binary;
import static io.inscape.autograd.ElementwiseOperators.fold;
import static io.inscape.autograd.ElementwiseOperators.unary;
import static java.util.Map.entry;

import ai.djl.pytorch.jni.JniUtils;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The table of every operator that the executor knows. `Constant` is not in it: it is read when a
/// network is opened.
final class Operators {
  static final String CONSTANT = "Constant";
  static final Map<String, Operator> TABLE =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.ofEntries(
                  entry("Abs", unary(JniUtils::abs)),
                  entry("Add", binary(JniUtils::add)),
                  entry("AveragePool", ImageOperators.averagePool()),
                  entry("BatchNormalization", NormalizationOperators.batch()),
                  entry("Clip", ElementwiseOperators.clip()),
                  entry("Concat", ShapeOperators.concat()),
                  entry("Conv", ImageOperators.convolution()),
                  entry("Div", binary(JniUtils::div)),
                  entry("Dropout", ElementwiseOperators.dropout()),
                  entry("Elu", ActivationOperators.elu()),
                  entry("Erf", unary(JniUtils::erf)),
                  entry("Exp", unary(JniUtils::exp)),
                  entry("Flatten", ShapeOperators.flatten()),
                  entry("Gelu", ActivationOperators.gelu()),
                  entry("Gemm", LinearOperators.gemm()),
                  entry("GlobalAveragePool", ImageOperators.globalAverage()),
                  entry("GlobalMaxPool", ImageOperators.globalMax()),
                  entry("HardSigmoid", ActivationOperators.hardSigmoid()),
                  entry("Identity", ElementwiseOperators.identity()),
                  entry("LayerNormalization", NormalizationOperators.layer()),
                  entry("LeakyRelu", ActivationOperators.leakyRelu()),
                  entry("Log", unary(JniUtils::log)),
                  entry("LogSoftmax", ActivationOperators.logSoftmax()),
                  entry("MatMul", binary(JniUtils::matmul)),
                  entry("Max", fold(JniUtils::max)),
                  entry("MaxPool", ImageOperators.maxPool()),
                  entry("Min", fold(JniUtils::min)),
                  entry("Mul", binary(JniUtils::mul)),
                  entry("Neg", unary(JniUtils::neg)),
                  entry("PRelu", ActivationOperators.prelu()),
                  entry("Pow", binary(JniUtils::pow)),
                  entry("Reciprocal", ElementwiseOperators.reciprocal()),
                  entry("ReduceMean", ShapeOperators.mean()),
                  entry("ReduceSum", ShapeOperators.sum()),
                  entry("Relu", unary(JniUtils::relu)),
                  entry("Reshape", ShapeOperators.reshape()),
                  entry("Selu", ActivationOperators.selu()),
                  entry("Sigmoid", unary(JniUtils::sigmoid)),
                  entry("Softmax", ActivationOperators.softmax()),
                  entry("Softplus", unary(JniUtils::softPlus)),
                  entry("Softsign", unary(JniUtils::softSign)),
                  entry("Sqrt", unary(JniUtils::sqrt)),
                  entry("Squeeze", ShapeOperators.squeeze()),
                  entry("Sub", binary(JniUtils::sub)),
                  entry("Sum", fold(JniUtils::add)),
                  entry("Tanh", unary(JniUtils::tanh)),
                  entry("Transpose", ShapeOperators.transpose()),
                  entry("Unsqueeze", ShapeOperators.unsqueeze()))));

  private Operators() {}
}
