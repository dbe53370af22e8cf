package io.inscape.projection.tsne;

import io.inscape.matrix.Kernels;

/// The inner loops of t-SNE, on vectors where the machine has them, else on their plain twins; both
/// give the same bits, whatever the width of the vectors. No argument is checked.
///
/// Everything works on rows of 16 lanes.
final class TsneKernels {
  /// Lanes of a row.
  static final int LANES = Kernels.LANES;

  /// Sources whose float sums are added up before they go into double.
  static final int FLOAT_BLOCK = 256;

  private static final boolean VECTOR = Kernels.vectorized() && TsneVectorKernels.fits();

  private TsneKernels() {}

  /// One pass of a self-sorting Fourier transform, 16 transforms side by side.
  ///
  /// @param radix 2, 3, 4 or 5
  /// @param from real and imaginary part, `[element * LANES + lane]`
  /// @param to receives them
  /// @param groups length of the transforms that are left, over the radix
  /// @param stride number of transforms already apart
  /// @param twiddle `[(group * (radix - 1) + (output - 1)) * 2 + (0 = cosine, 1 = sine)]`
  static void pass(
      int radix, float[][] from, float[][] to, int groups, int stride, float[] twiddle) {
    if (VECTOR) {
      TsneVectorKernels.pass(radix, from, to, groups, stride, twiddle);
    } else {
      TsnePlainKernels.pass(radix, from, to, groups, stride, twiddle);
    }
  }

  /// What the neighbours of some points do to them: `pull_i = sum_j v_ij (y_i - y_j) / (1 + s |y_i
  /// - y_j|^2)`.
  ///
  /// @param position one array per dimension
  /// @param rowStart where each point's entries begin, multiples of `LANES`
  /// @param index whose entries
  /// @param value their weights
  /// @param scale the factor s
  /// @param from first point
  /// @param to one past the last
  /// @param pull one array per dimension; [from, to) is written
  static void attraction(
      float[][] position,
      int[] rowStart,
      int[] index,
      float[] value,
      float scale,
      int from,
      int to,
      float[][] pull) {
    if (VECTOR) {
      TsneVectorKernels.attraction(position, rowStart, index, value, scale, from, to, pull);
    } else {
      TsnePlainKernels.attraction(position, rowStart, index, value, scale, from, to, pull);
    }
  }

  /// What some weighted sources do to 16 targets: the sums of `m w` and of `m w^2 (y - y_source)`
  /// with `w = 1 / (1 + |y - y_source|^2)`.
  ///
  /// @param source one array per dimension
  /// @param mass weight of each source
  /// @param count number of sources
  /// @param target one array per dimension
  /// @param at first target
  /// @param sums receives `[(0 = w, 1.. = force per dimension) * LANES + lane]`
  static void push(
      float[][] source, float[] mass, int count, float[][] target, int at, double[] sums) {
    if (VECTOR) {
      TsneVectorKernels.push(source, mass, count, target, at, sums);
    } else {
      TsnePlainKernels.push(source, mass, count, target, at, sums);
    }
  }
}
