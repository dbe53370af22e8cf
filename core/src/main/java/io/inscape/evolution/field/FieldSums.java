package io.inscape.evolution.field;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// What some trajectories ask of a field, summed over all their pieces: the integrals of products
/// of hat functions (the matrix of the normal equations, whose rows have 7 entries, 4 of them
/// stored), of hat functions times velocity (the right side), and the time spent in each cell.
final class FieldSums {
  private static final int CHUNKS = 16;

  private static final int DIAGONAL = 0;
  private static final int EAST = 1;
  private static final int NORTH = 2;
  private static final int NORTH_EAST = 3;
  private static final int RIGHT_X = 4;
  private static final int TIME = 6;
  private static final int ENTRIES = 7;

  private final TriangleGrid grid;
  private final double[] sums; // [vertex * ENTRIES + entry]; TIME is of the cell north-east of it

  private final double[] start = new double[3]; // weights of the three vertices at a piece's ends
  private final double[] end = new double[3];

  private FieldSums(TriangleGrid grid, double[] sums) {
    this.grid = grid;
    this.sums = sums;
  }

  /// Sums over the pieces of chosen trajectories, in an order that no number of threads changes.
  ///
  /// @param members trajectory numbers
  static FieldSums of(
      Trajectories trajectories, TriangleGrid grid, int[] members, Workers workers) {
    int chunkSize = Math.max(1, Math.ceilDiv(members.length, CHUNKS));
    double[][] partial = new double[Math.ceilDiv(members.length, chunkSize)][];
    workers.forEachChunk(
        members.length,
        chunkSize,
        (chunk, from, to) -> {
          FieldSums sums = new FieldSums(grid, new double[grid.vertices() * ENTRIES]);
          SegmentClip clip = new SegmentClip(grid);
          for (int member = from; member < to; member++) {
            int trajectory = members[member];
            int last = trajectories.last(trajectory);
            for (int point = trajectories.first(trajectory); point < last; point++) {
              sums.addSegment(trajectories, point, clip);
            }
          }
          partial[chunk] = sums.sums;
        });
    double[] total = partial.length > 0 ? partial[0] : new double[grid.vertices() * ENTRIES];
    for (int chunk = 1; chunk < partial.length; chunk++) {
      for (int at = 0; at < total.length; at++) {
        total[at] += partial[chunk][at];
      }
    }
    return new FieldSums(grid, total);
  }

  private void addSegment(Trajectories trajectories, int point, SegmentClip clip) {
    clip.clip(trajectories, point);
    double duration = trajectories.time(point + 1) - trajectories.time(point);
    double velocityX = (trajectories.x(point + 1) - trajectories.x(point)) / duration;
    double velocityY = (trajectories.y(point + 1) - trajectories.y(point)) / duration;
    double from = 0;
    for (int piece = 0; piece < clip.pieces(); piece++) {
      double to = clip.end(piece);
      weigh(clip.triangle(piece), clip.col(from), clip.row(from), start);
      weigh(clip.triangle(piece), clip.col(to), clip.row(to), end);
      double time = duration * (to - from);
      addProducts(clip.triangle(piece), time);
      addVelocity(clip.triangle(piece), time * velocityX / 2, time * velocityY / 2);
      from = to;
    }
  }

  /// The weights of a triangle's corner, middle and opposite vertex at a place.
  private void weigh(int triangle, double col, double row, double[] weights) {
    int corner = triangle >> 1;
    int left = corner % grid.side();
    int bottom = corner / grid.side();
    boolean upper = (triangle & 1) != 0;
    double along = upper ? row - bottom : col - left;
    double across = upper ? col - left : row - bottom;
    weights[0] = 1 - along;
    weights[1] = along - across;
    weights[2] = across;
  }

  private int middle(int triangle) {
    return (triangle >> 1) + ((triangle & 1) != 0 ? grid.side() : 1);
  }

  private void addProducts(int triangle, double time) {
    int corner = (triangle >> 1) * ENTRIES;
    int middle = middle(triangle) * ENTRIES;
    int opposite = corner + (grid.side() + 1) * ENTRIES;
    boolean upper = (triangle & 1) != 0;
    double sixth = time / 6;
    sums[corner + DIAGONAL] += sixth * product(0, 0);
    sums[middle + DIAGONAL] += sixth * product(1, 1);
    sums[opposite + DIAGONAL] += sixth * product(2, 2);
    sums[corner + (upper ? NORTH : EAST)] += sixth * product(0, 1);
    sums[middle + (upper ? EAST : NORTH)] += sixth * product(1, 2);
    sums[corner + NORTH_EAST] += sixth * product(0, 2);
    sums[corner + TIME] += time;
  }

  /// Six times the mean of the product of two weights between the ends of a piece.
  private double product(int a, int b) {
    return start[a] * start[b] + end[a] * end[b] + (start[a] + end[a]) * (start[b] + end[b]);
  }

  private void addVelocity(int triangle, double halfX, double halfY) {
    int corner = (triangle >> 1) * ENTRIES + RIGHT_X;
    int middle = middle(triangle) * ENTRIES + RIGHT_X;
    int opposite = corner + (grid.side() + 1) * ENTRIES;
    sums[corner] += halfX * (start[0] + end[0]);
    sums[corner + 1] += halfY * (start[0] + end[0]);
    sums[middle] += halfX * (start[1] + end[1]);
    sums[middle + 1] += halfY * (start[1] + end[1]);
    sums[opposite] += halfX * (start[2] + end[2]);
    sums[opposite + 1] += halfY * (start[2] + end[2]);
  }

  /// Adds scale times the matrix times a vector to a target.
  void addProduct(double scale, double[] vector, double[] target) {
    int side = grid.side();
    for (int vertex = 0; vertex < vector.length; vertex++) {
      int at = vertex * ENTRIES;
      target[vertex] += scale * sums[at + DIAGONAL] * vector[vertex];
      // an entry beyond the border is 0 but has no vertex to go with
      addSymmetric(scale * sums[at + EAST], vertex, vertex + 1, vector, target);
      addSymmetric(scale * sums[at + NORTH], vertex, vertex + side, vector, target);
      addSymmetric(scale * sums[at + NORTH_EAST], vertex, vertex + side + 1, vector, target);
    }
  }

  private static void addSymmetric(
      double entry, int vertex, int other, double[] vector, double[] target) {
    if (entry != 0) {
      target[vertex] += entry * vector[other];
      target[other] += entry * vector[vertex];
    }
  }

  /// Adds scale times the matrix to a band matrix.
  void addTo(BandMatrix matrix, double scale) {
    int side = grid.side();
    for (int vertex = 0; vertex < grid.vertices(); vertex++) {
      int at = vertex * ENTRIES;
      matrix.add(vertex, vertex, scale * sums[at + DIAGONAL]);
      matrix.add(vertex, vertex + 1, scale * sums[at + EAST]);
      matrix.add(vertex, vertex + side, scale * sums[at + NORTH]);
      matrix.add(vertex, vertex + side + 1, scale * sums[at + NORTH_EAST]);
    }
  }

  /// The right side of one dimension, times scale.
  double[] rightSide(int dim, double scale) {
    double[] right = new double[grid.vertices()];
    Arrays.setAll(right, vertex -> scale * sums[vertex * ENTRIES + RIGHT_X + dim]);
    return right;
  }

  /// Time spent in the up to four cells around each vertex.
  double[] coverage() {
    int side = grid.side();
    double[] coverage = new double[grid.vertices()];
    for (int row = 0; row + 1 < side; row++) {
      for (int col = 0; col + 1 < side; col++) {
        int vertex = row * side + col;
        double time = sums[vertex * ENTRIES + TIME];
        coverage[vertex] += time;
        coverage[vertex + 1] += time;
        coverage[vertex + side] += time;
        coverage[vertex + side + 1] += time;
      }
    }
    return coverage;
  }
}
