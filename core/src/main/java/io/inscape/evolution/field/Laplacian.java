package io.inscape.evolution.field;

import java.util.function.IntConsumer;

/// The cotangent Laplacian of a triangulated grid, with natural boundary.
///
/// On right triangles the weight of a horizontal edge is the cells' height over their width, that
/// of a vertical one the inverse, half of it along the border; diagonals weigh nothing. Constants
/// are its kernel.
final class Laplacian {
  private final int side;
  private final double horizontal;
  private final double vertical;

  Laplacian(TriangleGrid grid) {
    this.side = grid.side();
    this.horizontal = grid.cellHeight() / grid.cellWidth();
    this.vertical = grid.cellWidth() / grid.cellHeight();
  }

  /// Its product with a vector over the vertices. Differences are taken first, so that a constant
  /// gives exactly 0.
  double[] product(double[] vector) {
    double[] product = new double[vector.length];
    for (int row = 0; row < side; row++) {
      for (int col = 0; col < side; col++) {
        int vertex = row * side + col;
        if (col + 1 < side) {
          double flow = eastWeight(row) * (vector[vertex] - vector[vertex + 1]);
          product[vertex] += flow;
          product[vertex + 1] -= flow;
        }
        if (row + 1 < side) {
          double flow = northWeight(col) * (vector[vertex] - vector[vertex + side]);
          product[vertex] += flow;
          product[vertex + side] -= flow;
        }
      }
    }
    return product;
  }

  /// Adds scale times the product of its transpose with itself to a band matrix.
  void addSquare(BandMatrix matrix, double scale) {
    int[] cols = new int[5];
    double[] entries = new double[5];
    IntConsumer square =
        count -> {
          for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
              if (cols[a] <= cols[b]) {
                matrix.add(cols[a], cols[b], scale * entries[a] * entries[b]);
              }
            }
          }
        };
    for (int vertex = 0; vertex < side * side; vertex++) {
      square.accept(row(vertex, cols, entries));
    }
  }

  /// One row of the matrix: its columns and entries.
  private int row(int vertex, int[] cols, double[] entries) {
    int row = vertex / side;
    int col = vertex % side;
    int count = 1;
    cols[0] = vertex;
    entries[0] = 0;
    if (col > 0) {
      count = put(vertex - 1, eastWeight(row), count, cols, entries);
    }
    if (col + 1 < side) {
      count = put(vertex + 1, eastWeight(row), count, cols, entries);
    }
    if (row > 0) {
      count = put(vertex - side, northWeight(col), count, cols, entries);
    }
    if (row + 1 < side) {
      count = put(vertex + side, northWeight(col), count, cols, entries);
    }
    return count;
  }

  private static int put(int other, double weight, int count, int[] cols, double[] entries) {
    cols[count] = other;
    entries[count] = -weight;
    entries[0] += weight;
    return count + 1;
  }

  private double eastWeight(int row) {
    return row == 0 || row == side - 1 ? horizontal / 2 : horizontal;
  }

  private double northWeight(int col) {
    return col == 0 || col == side - 1 ? vertical / 2 : vertical;
  }
}
