package io.inscape.evolution.field;

import java.util.Arrays;

/// The energy of a field, its normal equations as a dense matrix and their solution, written down
/// from the definitions: hat functions in closed form, cotangents from the triangles' corners,
/// Gauss' rule between all crossings, Gaussian elimination.
final class FieldOracle {
  private static final double[] NODES = {.5 - Math.sqrt(3) / 6, .5 + Math.sqrt(3) / 6};

  private final Trajectories trajectories;
  private final Box box;
  private final int side;
  private final double smoothness;
  private final double[][] laplacian;

  FieldOracle(Trajectories trajectories, Box box, int side, double smoothness) {
    this.trajectories = trajectories;
    this.box = box;
    this.side = side;
    this.smoothness = smoothness;
    this.laplacian = laplacian();
  }

  /// Hat function of a vertex: 1 there, 0 at its neighbors east, north, north-east and opposite.
  private double hat(int vertex, double col, double row) {
    int itsCol = vertex % side;
    int itsRow = vertex / side;
    double right = col - itsCol;
    double up = row - itsRow;
    double distance =
        right * up >= 0 ? Math.max(Math.abs(right), Math.abs(up)) : Math.abs(right) + Math.abs(up);
    return Math.max(0, 1 - distance);
  }

  private double[][] laplacian() {
    double[][] matrix = new double[side * side][side * side];
    for (int row = 0; row + 1 < side; row++) {
      for (int col = 0; col + 1 < side; col++) {
        int corner = row * side + col;
        addCotangents(matrix, corner, corner + 1, corner + side + 1);
        addCotangents(matrix, corner, corner + side + 1, corner + side);
      }
    }
    return matrix;
  }

  private void addCotangents(double[][] matrix, int... corners) {
    for (int at = 0; at < 3; at++) {
      int apex = corners[at];
      int a = corners[(at + 1) % 3];
      int b = corners[(at + 2) % 3];
      double ax = x(a) - x(apex);
      double ay = y(a) - y(apex);
      double bx = x(b) - x(apex);
      double by = y(b) - y(apex);
      double weight = (ax * bx + ay * by) / Math.abs(ax * by - ay * bx) / 2;
      matrix[a][a] += weight;
      matrix[b][b] += weight;
      matrix[a][b] -= weight;
      matrix[b][a] -= weight;
    }
  }

  private double x(int vertex) {
    int col = vertex % side;
    return box.left() + box.width() * col / (side - 1);
  }

  private double y(int vertex) {
    int row = vertex / side;
    return box.bottom() + box.height() * row / (side - 1);
  }

  /// What happens at a place of a trajectory, weighted by time.
  private interface Visit {
    void at(double weight, double[] hats, double velocityX, double velocityY);
  }

  private void walk(int trajectory, Visit visit) {
    int last = trajectories.last(trajectory);
    for (int point = trajectories.first(trajectory); point < last; point++) {
      double col = (trajectories.x(point) - box.left()) / box.width() * (side - 1);
      double row = (trajectories.y(point) - box.bottom()) / box.height() * (side - 1);
      double cols = (trajectories.x(point + 1) - box.left()) / box.width() * (side - 1) - col;
      double rows = (trajectories.y(point + 1) - box.bottom()) / box.height() * (side - 1) - row;
      double duration = trajectories.time(point + 1) - trajectories.time(point);
      double velocityX = (trajectories.x(point + 1) - trajectories.x(point)) / duration;
      double velocityY = (trajectories.y(point + 1) - trajectories.y(point)) / duration;
      double[] cuts = cuts(col, row, cols, rows);
      for (int cut = 0; cut + 1 < cuts.length; cut++) {
        for (double node : NODES) {
          double share = cuts[cut] + node * (cuts[cut + 1] - cuts[cut]);
          double[] hats = new double[side * side];
          for (int vertex = 0; vertex < hats.length; vertex++) {
            hats[vertex] = hat(vertex, col + share * cols, row + share * rows);
          }
          double weight = duration * (cuts[cut + 1] - cuts[cut]) / 2;
          visit.at(weight, hats, velocityX, velocityY);
        }
      }
    }
  }

  private double[] cuts(double col, double row, double cols, double rows) {
    double[] cuts = new double[4 * side + 2];
    int count = 0;
    cuts[count++] = 0;
    cuts[count++] = 1;
    for (int line = -side; line <= side; line++) {
      double vertical = (line - col) / cols;
      double horizontal = (line - row) / rows;
      double diagonal = (line - col + row) / (cols - rows);
      for (double share : new double[] {vertical, horizontal, diagonal}) {
        if (share > 0 && share < 1) {
          cuts[count++] = share;
        }
      }
    }
    double[] sorted = Arrays.copyOf(cuts, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /// The integral of a trajectory's squared error.
  ///
  /// @param field [vertex * 2 + dim]
  double error(int trajectory, double[] field) {
    double[] sum = {0};
    walk(
        trajectory,
        (weight, hats, velocityX, velocityY) -> {
          double errorX = -velocityX;
          double errorY = -velocityY;
          for (int vertex = 0; vertex < hats.length; vertex++) {
            errorX += hats[vertex] * field[2 * vertex];
            errorY += hats[vertex] * field[2 * vertex + 1];
          }
          sum[0] += weight * (errorX * errorX + errorY * errorY);
        });
    return sum[0];
  }

  double roughness(double[] field) {
    double sum = 0;
    for (double[] row : laplacian) {
      for (int dim = 0; dim < 2; dim++) {
        double product = 0;
        for (int vertex = 0; vertex < row.length; vertex++) {
          product += row[vertex] * field[2 * vertex + dim];
        }
        sum += product * product;
      }
    }
    return smoothness / (side * side) * sum;
  }

  double energy(double[] field) {
    double integral = 0;
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      integral += error(trajectory, field);
    }
    return roughness(field) + (1 - smoothness) / trajectories.totalDuration() * integral;
  }

  /// The field of least energy.
  double[] solve() {
    int size = side * side;
    double[][] matrix = new double[size][size + 2];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        for (double[] row : laplacian) {
          matrix[a][b] += smoothness / size * row[a] * row[b];
        }
      }
    }
    double scale = (1 - smoothness) / trajectories.totalDuration();
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      walk(
          trajectory,
          (weight, hats, velocityX, velocityY) -> {
            for (int a = 0; a < size; a++) {
              for (int b = 0; b < size; b++) {
                matrix[a][b] += scale * weight * hats[a] * hats[b];
              }
              matrix[a][size] += scale * weight * hats[a] * velocityX;
              matrix[a][size + 1] += scale * weight * hats[a] * velocityY;
            }
          });
    }
    return eliminate(matrix);
  }

  private static double[] eliminate(double[][] matrix) {
    int size = matrix.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = 0; row < size; row++) {
        if (row != pivot) {
          double factor = matrix[row][pivot] / matrix[pivot][pivot];
          for (int col = pivot; col < size + 2; col++) {
            matrix[row][col] -= factor * matrix[pivot][col];
          }
        }
      }
    }
    double[] field = new double[size * 2];
    for (int vertex = 0; vertex < size; vertex++) {
      field[vertex * 2] = matrix[vertex][size] / matrix[vertex][vertex];
      field[vertex * 2 + 1] = matrix[vertex][size + 1] / matrix[vertex][vertex];
    }
    return field;
  }
}
