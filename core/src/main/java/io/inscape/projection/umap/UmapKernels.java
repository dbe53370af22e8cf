package io.inscape.projection.umap;

import io.inscape.matrix.Kernels;

/// UMAP's inner loops. With the module `jdk.incubator.vector` they run on vectors, else on their
/// plain twins, with the same bits.
final class UmapKernels {
  /// Points that move side by side.
  static final int LANES = 16;

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
  static final float TO_UNIT = 1f / (1 << 24);

  private UmapKernels() {}

  /// Moves `LANES` points: each goes through its partners one after the other, pulled by the
  /// partner and pushed by a few points drawn at random; the others stand still at `from`.
  ///
  /// @param from one padded array per dimension, 2 or 3
  /// @param to receives the new positions of the points from `base` on
  /// @param base first of the points, a multiple of `LANES`
  /// @param partners `[step * LANES + lane]`; unused entries hold any point's number
  /// @param steps how many partners each lane has
  /// @param sweep the forces
  static void move(
      float[][] from, float[][] to, int base, int[] partners, int[] steps, Sweep sweep) {
    if (Kernels.vectorized() && UmapVectorKernels.fits()) {
      UmapVectorKernels.move(from, to, base, partners, steps, sweep);
    } else {
      UmapPlainKernels.move(from, to, base, partners, steps, sweep);
    }
  }

  /// Averages over neighbours: `out[row, c] = sum of weight[at] * in[index[at], c] / degree[row]`,
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
    if (Kernels.vectorized()) {
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
