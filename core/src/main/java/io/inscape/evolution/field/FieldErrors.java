package io.inscape.evolution.field;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Exact integrals of the squared difference between a field and the velocity along trajectories.
/// Not for several threads.
final class FieldErrors {
  private static final int CHUNK = 64;

  private final Trajectories trajectories;
  private final TriangleGrid grid;
  private final SegmentClip clip;
  private final double[] start = new double[2];
  private final double[] end = new double[2];

  FieldErrors(Trajectories trajectories, TriangleGrid grid) {
    this.trajectories = trajectories;
    this.grid = grid;
    this.clip = new SegmentClip(grid);
  }

  /// Integrals over chosen trajectories.
  ///
  /// @param rows trajectory numbers
  /// @param fields fields, [vertex * 2 + dim] each
  /// @return [row][field]
  static double[][] table(
      Trajectories trajectories,
      TriangleGrid grid,
      int[] rows,
      double[][] fields,
      Workers workers) {
    double[][] table = new double[rows.length][fields.length];
    workers.forEachChunk(
        rows.length,
        CHUNK,
        (_, from, to) -> {
          FieldErrors errors = new FieldErrors(trajectories, grid);
          for (int row = from; row < to; row++) {
            errors.of(rows[row], fields, table[row]);
          }
        });
    return table;
  }

  /// Integrals over one whole trajectory, for several fields.
  ///
  /// @param fields fields, [vertex * 2 + dim] each
  /// @param target takes one integral per field
  void of(int trajectory, double[][] fields, double[] target) {
    Arrays.fill(target, 0, fields.length, 0);
    int last = trajectories.last(trajectory);
    for (int point = trajectories.first(trajectory); point < last; point++) {
      clip.clip(trajectories, point);
      for (int field = 0; field < fields.length; field++) {
        target[field] += ofClipped(point, fields[field], 0, 1, 1);
      }
    }
  }

  /// The integral of a field's squared speed along one whole trajectory.
  double squaredField(int trajectory, double[] field) {
    double sum = 0;
    int last = trajectories.last(trajectory);
    for (int point = trajectories.first(trajectory); point < last; point++) {
      clip.clip(trajectories, point);
      sum += ofClipped(point, field, 0, 1, 0);
    }
    return sum;
  }

  /// The integral over a part of a segment.
  ///
  /// @param point where the segment starts
  /// @param from start of the part as a share of the segment, in [0, 1]
  /// @param to end of the part
  double of(int point, double[] field, double from, double to) {
    clip.clip(trajectories, point);
    return ofClipped(point, field, from, to, 1);
  }

  /// @param sign 1 for the difference from the velocity, 0 for the field alone
  private double ofClipped(int point, double[] field, double from, double to, int sign) {
    double duration = trajectories.time(point + 1) - trajectories.time(point);
    double velocityX = sign * (trajectories.x(point + 1) - trajectories.x(point)) / duration;
    double velocityY = sign * (trajectories.y(point + 1) - trajectories.y(point)) / duration;
    double sum = 0;
    double pieceStart = 0;
    for (int piece = 0; piece < clip.pieces(); piece++) {
      double pieceEnd = clip.end(piece);
      double a = Math.max(pieceStart, from);
      double b = Math.min(pieceEnd, to);
      if (b > a) {
        int triangle = clip.triangle(piece);
        grid.value(field, triangle, clip.col(a), clip.row(a), start);
        grid.value(field, triangle, clip.col(b), clip.row(b), end);
        double startX = start[0] - velocityX;
        double startY = start[1] - velocityY;
        double endX = end[0] - velocityX;
        double endY = end[1] - velocityY;
        sum +=
            (b - a)
                * (startX * startX
                    + startX * endX
                    + endX * endX
                    + startY * startY
                    + startY * endY
                    + endY * endY);
      }
      pieceStart = pieceEnd;
    }
    return duration * sum / 3;
  }
}
