package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;

/// Points whose neighbours are those of the units, for methods that need data: the squared distance
/// of two is `2 (1 - r^2)`, which rises with `1 - |r|`.
///
/// The squares of correlations are themselves scalar products (the elementwise square of a positive
/// semidefinite table is one), so the rows of its Cholesky factor are such points. Columns whose
/// pivot is next to nothing, as of copies, are left at 0.
final class UnitPoints {
  private static final double LEAST_PIVOT = 1e-5;
  private static final int BLOCK = 32;
  private static final int ROWS_PER_CHUNK = 32;

  private final double[][] factor; // [row][column up to the row]

  private UnitPoints(Dissimilarities table) {
    factor = new double[table.count()][];
    for (int row = 0; row < factor.length; row++) {
      factor[row] = new double[row + 1];
      for (int col = 0; col <= row; col++) {
        double alike = 1 - table.get(row, col);
        factor[row][col] = alike * alike;
      }
    }
  }

  /// @param table dissimilarities from 0 to 1
  /// @return rows = units
  static Matrix of(Dissimilarities table, Workers workers) {
    UnitPoints points = new UnitPoints(table);
    int count = table.count();
    for (int begin = 0; begin < count; begin += BLOCK) {
      int from = begin;
      int to = Math.min(begin + BLOCK, count);
      points.finish(from, to);
      workers.forEachChunk(
          count - to,
          ROWS_PER_CHUNK,
          (_, first, last) -> {
            for (int row = to + first; row < to + last; row++) {
              points.solve(row, from, to);
            }
          });
    }
    return Matrix.filled(
        count,
        count,
        values -> {
          for (int row = 0; row < count; row++) {
            for (int col = 0; col <= row; col++) {
              values[row * count + col] = (float) points.factor[row][col];
            }
          }
        });
  }

  /// The rows of a block themselves, one after the other.
  private void finish(int from, int to) {
    for (int row = from; row < to; row++) {
      solve(row, from, row + 1);
    }
  }

  /// A row's columns [from, to); those before are done.
  private void solve(int row, int from, int to) {
    double[] own = factor[row];
    for (int col = from; col < to; col++) {
      double rest = own[col] - product(own, factor[col], col);
      if (col == row) {
        own[col] = rest < LEAST_PIVOT ? 0 : Math.sqrt(rest);
      } else {
        double pivot = factor[col][col];
        own[col] = pivot == 0 ? 0 : rest / pivot;
      }
    }
  }

  private static double product(double[] one, double[] other, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 4 <= length; k += 4) {
      a = Math.fma(one[k], other[k], a);
      b = Math.fma(one[k + 1], other[k + 1], b);
      c = Math.fma(one[k + 2], other[k + 2], c);
      d = Math.fma(one[k + 3], other[k + 3], d);
    }
    for (; k < length; k++) {
      a = Math.fma(one[k], other[k], a);
    }
    return a + b + (c + d);
  }
}
