package io.inscape.projection.umap;

import io.inscape.matrix.Kernels;

/// UMAP's inner loops. With the module `jdk.incubator.vector` they run on vectors, else on their
/// plain twins, with the same bits.
final class UmapKernels {
  /// Columns of the blocks of [#average].
  static final int BLOCK = 8;

  // Shared by the twins: polynomials fitted by least squares at Chebyshev nodes.
  static final int SQRT_HALF_BITS = 0x3f3504f3;
  // log2(1 + t) / t for 1 + t in [sqrt(1/2), sqrt(2)), error below 2e-6
  static final float L0 = 1.4426965f;
  static final float L1 = -0.721364f;
  static final float L2 = 0.48062915f;
  static final float L3 = -0.35935065f;
  static final float L4 = 0.2956336f;
  static final float L5 = -0.26950628f;
  static final float L6 = 0.17212874f;
  // 2^t for t in [-1/2, 1/2], error below 3e-6
  static final float E0 = 1f;
  static final float E1 = 0.693121f;
  static final float E2 = 0.24022107f;
  static final float E3 = 0.055922035f;
  static final float E4 = 0.009676037f;
  static final float ROUNDER = 12_582_912; // 1.5 x 2^23: adding it rounds to whole numbers
  static final int ROUNDER_BITS = 0x4b400000;
  static final float MOST_EXPONENT = 100;
  static final float LEAST_SQUARE = 1e-30f;
  static final float MOST_SQUARE = 1e30f;
  static final float SOFTENING = 0.001f; // of the repulsion, in squared distance
  static final float CLIP = 4;
  static final int WEYL = 0x9e3779b9; // 2^32 over the golden ratio
  static final int MIX_1 = 0x85ebca6b; // MurmurHash3's finaliser
  static final int MIX_2 = 0xc2b2ae35;

  private UmapKernels() {}

  /// Turns squared distances into what multiplies the differences of a pull or a push: `(power d^2b
  /// + constant) / ((softening + d^2) (1 + a d^2b))`.
  ///
  /// Squared distances count as at least 1e-30 and at most 1e30; the power has a relative error
  /// below 1e-4.
  ///
  /// @param values squared distances, made coefficients
  /// @param length how many
  /// @param power what multiplies `d^2b` above the line
  /// @param constant what is added to it
  /// @param softening what is added to the squared distance below the line
  /// @param sweep a and b
  static void coefficients(
      float[] values, int length, float power, float constant, float softening, Sweep sweep) {
    int done = 0;
    if (Kernels.vectorized()) {
      done = UmapVectorKernels.coefficients(values, length, power, constant, softening, sweep);
    }
    UmapPlainKernels.coefficients(values, done, length, power, constant, softening, sweep);
  }

  /// Takes a step along clipped forces: `position += alpha clip(coefficient difference)`.
  ///
  /// @param position `[place]`, the first `length` are moved
  /// @param difference from `offset` on
  /// @param coefficient from `offset` on
  /// @param offset where differences and coefficients begin
  /// @param length how many
  /// @param alpha step size
  static void step(
      float[] position,
      float[] difference,
      float[] coefficient,
      int offset,
      int length,
      float alpha) {
    int done = 0;
    if (Kernels.vectorized()) {
      done = UmapVectorKernels.step(position, difference, coefficient, offset, length, alpha);
    }
    UmapPlainKernels.step(position, difference, coefficient, offset, done, length, alpha);
  }

  /// Averages over neighbours: `out[row, c] = scale[row] * sum of weight[at] * in[index[at], c]`,
  /// for the entries of each row.
  ///
  /// @param rowStart where each row's entries begin
  /// @param index columns of the entries
  /// @param weight values of the entries
  /// @param scale one factor per row
  /// @param in `[vertex * BLOCK + c]`
  /// @param out the same; rows [from, to) are written
  /// @param from first row
  /// @param to one past the last row
  static void average(
      int[] rowStart,
      int[] index,
      float[] weight,
      float[] scale,
      float[] in,
      float[] out,
      int from,
      int to) {
    if (Kernels.vectorized() && UmapVectorKernels.averages()) {
      UmapVectorKernels.average(rowStart, index, weight, scale, in, out, from, to);
    } else {
      UmapPlainKernels.average(rowStart, index, weight, scale, in, out, from, to);
    }
  }

  /// Spreads every bit over the whole result.
  static int mix(int bits) {
    int h = bits;
    h = (h ^ (h >>> 16)) * MIX_1;
    h = (h ^ (h >>> 13)) * MIX_2;
    return h ^ (h >>> 16);
  }

  /// The start of one point's random numbers in a sweep, never 0.
  static int stream(int key, int point) {
    return mix(key + point * WEYL) | 1;
  }
}
