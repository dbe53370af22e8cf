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
      addPiece(clip, piece, from, duration * (to - from), velocityX, velocityY);
      from = to;
    }
  }

  private void addPiece(
      SegmentClip clip, int piece, double from, double time, double velocityX, double velocityY) {
    int triangle = clip.triangle(piece);
    double to = clip.end(piece);
    int side = grid.side();
    int corner = triangle >> 1;
    boolean upper = (triangle & 1) != 0;
    int left = corner % side;
    int bottom = corner / side;
    double startAlong = upper ? clip.row(from) - bottom : clip.col(from) - left;
    double startAcross = upper ? clip.col(from) - left : clip.row(from) - bottom;
    double endAlong = upper ? clip.row(to) - bottom : clip.col(to) - left;
    double endAcross = upper ? clip.col(to) - left : clip.row(to) - bottom;

    // weights of the three vertices at both ends, and their sums
    double a0 = 1 - startAlong;
    double b0 = startAlong - startAcross;
    double a1 = 1 - endAlong;
    double b1 = endAlong - endAcross;
    double a = a0 + a1;
    double b = b0 + b1;
    double c = startAcross + endAcross;

    double sixth = time / 6;
    int at = corner * ENTRIES;
    int middle = (upper ? corner + side : corner + 1) * ENTRIES;
    int opposite = (corner + side + 1) * ENTRIES;
    int first = upper ? NORTH : EAST;
    int second = upper ? EAST : NORTH;
    sums[at + DIAGONAL] += sixth * (a0 * a0 + a1 * a1 + a * a);
    sums[middle + DIAGONAL] += sixth * (b0 * b0 + b1 * b1 + b * b);
    sums[opposite + DIAGONAL] +=
        sixth * (startAcross * startAcross + endAcross * endAcross + c * c);
    sums[at + first] += sixth * (a0 * b0 + a1 * b1 + a * b);
    sums[middle + second] += sixth * (b0 * startAcross + b1 * endAcross + b * c);
    sums[at + NORTH_EAST] += sixth * (a0 * startAcross + a1 * endAcross + a * c);
    double halfX = time * velocityX / 2;
    double halfY = time * velocityY / 2;
    sums[at + RIGHT_X] += halfX * a;
    sums[at + RIGHT_X + 1] += halfY * a;
    sums[middle + RIGHT_X] += halfX * b;
    sums[middle + RIGHT_X + 1] += halfY * b;
    sums[opposite + RIGHT_X] += halfX * c;
    sums[opposite + RIGHT_X + 1] += halfY * c;
    sums[at + TIME] += time;
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
