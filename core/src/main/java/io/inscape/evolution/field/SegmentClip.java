package io.inscape.evolution.field;

/// Cuts a straight segment at every grid line and diagonal that it crosses.
///
/// Each piece lies in one triangle, the one that its midpoint is in. Not for several threads.
final class SegmentClip {
  private final TriangleGrid grid;
  private final double[] ends;
  private final int[] triangles;
  private int pieces;

  private double startCol;
  private double startRow;
  private double cols;
  private double rows;

  SegmentClip(TriangleGrid grid) {
    this.grid = grid;
    // side - 2 lines each way and 2 side - 3 diagonals inside, one piece more than crossings
    int most = 4 * grid.side();
    this.ends = new double[most];
    this.triangles = new int[most];
  }

  /// Cuts the segment of a trajectory that starts at a point.
  void clip(Trajectories trajectories, int point) {
    startCol = grid.col(trajectories.x(point));
    startRow = grid.row(trajectories.y(point));
    cols = grid.col(trajectories.x(point + 1)) - startCol;
    rows = grid.row(trajectories.y(point + 1)) - startRow;
    pieces = 0;
    Crossings verticals = new Crossings(startCol, cols);
    Crossings horizontals = new Crossings(startRow, rows);
    Crossings diagonals = new Crossings(startCol - startRow, cols - rows);
    double last = 0;
    double next = min(verticals, horizontals, diagonals);
    while (next < 1) {
      if (next > last) {
        add(last, next);
        last = next;
      }
      verticals.pass(next);
      horizontals.pass(next);
      diagonals.pass(next);
      next = min(verticals, horizontals, diagonals);
    }
    add(last, 1);
  }

  private static double min(Crossings a, Crossings b, Crossings c) {
    return Math.min(a.next, Math.min(b.next, c.next));
  }

  private void add(double from, double to) {
    double middle = (from + to) / 2;
    ends[pieces] = to;
    triangles[pieces++] = grid.triangle(col(middle), row(middle));
  }

  /// {@return how many pieces the segment has, at least 1}
  int pieces() {
    return pieces;
  }

  /// Where a piece ends, as a share of the segment; the last one ends at 1.
  double end(int piece) {
    return ends[piece];
  }

  int triangle(int piece) {
    return triangles[piece];
  }

  /// Column at a share of the segment.
  double col(double share) {
    return startCol + share * cols;
  }

  /// Row at a share of the segment.
  double row(double share) {
    return startRow + share * rows;
  }

  /// The places where a coordinate that changes linearly is whole, strictly between its ends, one
  /// after the other, as shares of the way.
  private static final class Crossings {
    private final double start;
    private final double change;
    private double whole;
    private double next;

    Crossings(double start, double change) {
      this.start = start;
      this.change = change;
      this.whole = change > 0 ? Math.floor(start) + 1 : Math.ceil(start) - 1;
      this.next = change == 0 ? Double.POSITIVE_INFINITY : (whole - start) / change;
    }

    void pass(double share) {
      while (next <= share) {
        whole += change > 0 ? 1 : -1;
        next = (whole - start) / change;
      }
    }
  }
}
