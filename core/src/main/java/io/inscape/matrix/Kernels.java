package io.inscape.matrix;

/// The inner loops. With the module `jdk.incubator.vector` they run on vectors, else on their plain
/// twins.
///
/// Each value is summed up in one fixed order with fused multiply-adds, one lane per value, so the
/// twins give the same bits and the width of the machine's vectors does not matter. No argument is
/// checked.
public final class Kernels {
  /// Columns of a packed panel, see [#products].
  public static final int PANEL = 64;

  /// Columns of the blocks of [#multiply] and [#multiplyTransposed].
  public static final int BLOCK = 8;

  /// Observations per vector of [#repulsion]; positions are padded to a multiple of this.
  public static final int LANES = 16;

  private static final boolean VECTOR =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private Kernels() {}

  /// {@return whether the vector kernels are in use}
  public static boolean vectorized() {
    return VECTOR;
  }

  /// Dot products of some rows with the `PANEL` rows packed into a panel.
  ///
  /// @param a row-major values of `depth` columns
  /// @param row first row
  /// @param rows number of rows
  /// @param depth columns
  /// @param panel `[col * PANEL + packed row]`
  /// @param out receives `[row * stride + packed row]` from `offset` on
  /// @param offset where the first product goes
  /// @param stride distance between the rows of `out`
  public static void products(
      float[] a, int row, int rows, int depth, float[] panel, float[] out, int offset, int stride) {
    if (VECTOR) {
      VectorKernels.products(a, row, rows, depth, panel, out, offset, stride);
    } else {
      PlainKernels.products(a, row, rows, depth, panel, out, offset, stride);
    }
  }

  /// Squared Euclidean distance of two rows, in double, the same both ways round.
  ///
  /// @param a values of the one
  /// @param aOffset where they begin
  /// @param b values of the other
  /// @param bOffset where they begin
  /// @param length number of columns
  /// @return the squared distance
  public static double squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
    return VECTOR
        ? VectorKernels.squaredDistance(a, aOffset, b, bOffset, length)
        : PlainKernels.squaredDistance(a, aOffset, b, bOffset, length);
  }

  /// A row block times a narrow matrix: `out[row, c] = sum over k of x[row, k] v[k, c]`.
  ///
  /// @param x row-major values of `depth` columns
  /// @param from first row
  /// @param to one past the last row
  /// @param depth columns of `x`
  /// @param v `[k * BLOCK + c]`
  /// @param out `[row * BLOCK + c]`, rows [from, to) are written
  public static void multiply(float[] x, int from, int to, int depth, double[] v, double[] out) {
    if (VECTOR) {
      VectorKernels.multiply(x, from, to, depth, v, out);
    } else {
      PlainKernels.multiply(x, from, to, depth, v, out);
    }
  }

  /// Adds a transposed row block times a narrow matrix: `out[k, c] += sum over rows of x[row, k]
  /// y[row, c]`.
  ///
  /// @param x row-major values of `depth` columns
  /// @param from first row
  /// @param to one past the last row
  /// @param depth columns of `x`
  /// @param y `[row * BLOCK + c]`
  /// @param out `[k * BLOCK + c]`, added to
  public static void multiplyTransposed(
      float[] x, int from, int to, int depth, double[] y, double[] out) {
    if (VECTOR) {
      VectorKernels.multiplyTransposed(x, from, to, depth, y, out);
    } else {
      PlainKernels.multiplyTransposed(x, from, to, depth, y, out);
    }
  }

  /// What all points do to some of them in t-SNE: with `w = 1 / (1 + |y_i - y_j|^2)`, the sums over
  /// all j of `w` and of `w^2 (y_i - y_j)`; the point itself counts as `w = 1`.
  ///
  /// Floats are summed within blocks of 256 points, the blocks in double.
  ///
  /// @param position one array per dimension, 2 or 3, padded to a multiple of `LANES`
  /// @param count number of points
  /// @param from first point, a multiple of `LANES`
  /// @param to one past the last, a multiple of `LANES`, at most the padded length
  /// @param force one array per dimension, padded; [from, to) is written
  /// @param weight sums of `w`, padded; [from, to) is written
  public static void repulsion(
      float[][] position, int count, int from, int to, double[][] force, double[] weight) {
    if (VECTOR && VectorKernels.fits()) {
      VectorKernels.repulsion(position, count, from, to, force, weight);
    } else {
      PlainKernels.repulsion(position, count, from, to, force, weight);
    }
  }
}
