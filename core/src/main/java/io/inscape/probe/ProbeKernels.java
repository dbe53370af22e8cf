package io.inscape.probe;

import io.inscape.matrix.Kernels;

/// The inner loops of a probe, on vectors or on their plain twin, which gives the same bits. One
/// lane per class, sixteen classes at a time. No argument is checked.
final class ProbeKernels {
  /// Classes side by side.
  static final int LANES = 16;

  /// Columns whose products are summed in float before they go into double.
  static final int FLOAT_BLOCK = 256;

  private ProbeKernels() {}

  /// Rows times weights: `out[row, c] += sum over k of z[row, k] w[k, c]`.
  ///
  /// @param z row-major, `[row * depth + k]`
  /// @param rows number of rows
  /// @param depth columns
  /// @param w `[offset + k * LANES + c]`
  /// @param offset where the weights begin
  /// @param out `[row * LANES + c]`, added to, in double
  static void scores(float[] z, int rows, int depth, float[] w, int offset, double[] out) {
    if (Kernels.vectorized() && ProbeVectorKernels.fits()) {
      ProbeVectorKernels.scores(z, rows, depth, w, offset, out);
    } else {
      ProbePlainKernels.scores(z, rows, depth, w, offset, out);
    }
  }

  /// Transposed rows times residuals: `out[k, c] += sum over rows of z[row, k] r[row, c]`, in
  /// float.
  ///
  /// @param z row-major, `[row * depth + k]`
  /// @param rows number of rows
  /// @param depth columns
  /// @param r `[row * LANES + c]`
  /// @param out `[k * LANES + c]`, added to
  static void gradient(float[] z, int rows, int depth, float[] r, float[] out) {
    if (Kernels.vectorized() && ProbeVectorKernels.fits()) {
      ProbeVectorKernels.gradient(z, rows, depth, r, out);
    } else {
      ProbePlainKernels.gradient(z, rows, depth, r, out);
    }
  }
}
