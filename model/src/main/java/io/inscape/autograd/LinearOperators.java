package io.inscape.autograd;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/// Products of matrices.
final class LinearOperators {
  private LinearOperators() {}

  /// `alpha * A' B' + beta * C`, where A' and B' may be transposed.
  static Operator gemm() {
    return node -> {
      float alpha = node.node().real("alpha", 1);
      float beta = node.node().real("beta", 1);
      boolean transposeA = node.flag("transA");
      boolean transposeB = node.flag("transB");
      return inputs -> {
        PtNDArray a = transposeA ? JniUtils.transpose(inputs.first(), 0, 1) : inputs.first();
        if (alpha == 1 && beta == 1 && isVector(inputs, 2)) {
          PtNDArray weight = transposeB ? inputs.at(1) : JniUtils.transpose(inputs.at(1), 0, 1);
          return JniUtils.linear(a, weight, inputs.at(2)); // one fused native call
        }
        PtNDArray b = transposeB ? JniUtils.transpose(inputs.at(1), 0, 1) : inputs.at(1);
        PtNDArray product = scaled(inputs, JniUtils.matmul(a, b), alpha);
        return inputs.has(2) ? JniUtils.add(product, scaled(inputs, inputs.at(2), beta)) : product;
      };
    };
  }

  private static boolean isVector(Inputs inputs, int position) {
    return inputs.has(position) && inputs.at(position).getShape().dimension() == 1;
  }

  private static PtNDArray scaled(Inputs inputs, PtNDArray array, float factor) {
    return factor == 1 ? array : JniUtils.mul(array, inputs.number(factor));
  }
}
