package io.inscape.evolution.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The way back from a part of the plane to the trajectories through it.
///
/// Segments are clipped exactly at the edges of a polygon, convex or not. Where its edges cross,
/// what they enclose an odd number of times is inside.
public final class FieldRegion {
  private static final double NEAR = 1e-6; // of an edge: rounding must not lose a crossing

  private final double[] x;
  private final double[] y;
  private final double left;
  private final double bottom;
  private final double right;
  private final double top;
  private double[] shares = new double[16]; // where a segment crosses edges
  private int crossings;

  private FieldRegion(double[] polygon) {
    int corners = polygon.length / 2;
    x = new double[corners];
    y = new double[corners];
    for (int corner = 0; corner < corners; corner++) {
      x[corner] = polygon[corner * 2];
      y[corner] = polygon[corner * 2 + 1];
    }
    left = Arrays.stream(x).min().orElseThrow();
    right = Arrays.stream(x).max().orElseThrow();
    bottom = Arrays.stream(y).min().orElseThrow();
    top = Arrays.stream(y).max().orElseThrow();
  }

  /// The trajectories through a polygon.
  ///
  /// @param trajectories those of the fit
  /// @param fields the fit
  /// @param polygon corners x0, y0, x1, y1, ...; the last is joined with the first; not modified
  /// @return one passage for each trajectory that spends time inside, however often it enters, in
  ///   the order of the trajectories
  /// @throws IllegalArgumentException if the polygon has fewer than 3 corners, an odd number of
  ///   values or one that is not finite, or the fields are of another number of trajectories
  public static List<Passage> through(
      Trajectories trajectories, VectorFields fields, double[] polygon) {
    check(polygon);
    if (trajectories.count() != fields.trajectories()) {
      throw new IllegalArgumentException(
          "the fields were fitted to "
              + fields.trajectories()
              + " trajectories, got "
              + trajectories.count());
    }
    FieldRegion region = new FieldRegion(polygon);
    FieldErrors errors = new FieldErrors(trajectories, fields.triangles());
    double usual = fields.squaredSpeed();
    List<Passage> passages = new ArrayList<>();
    for (int trajectory = 0; trajectory < trajectories.count(); trajectory++) {
      Inside inside = new Inside();
      double[] field = fields.values(fields.assignment(trajectory));
      int last = trajectories.last(trajectory);
      for (int point = trajectories.first(trajectory); point < last; point++) {
        region.add(trajectories, point, field, errors, inside);
      }
      if (inside.duration > 0) {
        passages.add(inside.passage(trajectory, usual));
      }
    }
    return List.copyOf(passages);
  }

  private static void check(double[] polygon) {
    if (polygon.length < 6 || polygon.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a polygon needs x and y of at least 3 corners, got " + polygon.length + " numbers");
    }
    for (int at = 0; at < polygon.length; at++) {
      if (!(Math.abs(polygon[at]) <= Trajectories.FARTHEST)) {
        throw new IllegalArgumentException(
            "a polygon's corners must be finite and at most 1e15, got "
                + polygon[at]
                + " at corner "
                + at / 2);
      }
    }
  }

  /// Sums over the parts of a trajectory that are inside.
  private static final class Inside {
    private double duration;
    private double length;
    private double squaredSpeed;
    private double squaredError;

    Passage passage(int trajectory, double usual) {
      return new Passage(
          trajectory,
          duration,
          length,
          length / duration,
          squaredError / duration,
          Responsibility.share((squaredSpeed - squaredError) / duration, usual));
    }
  }

  private void add(
      Trajectories trajectories, int point, double[] field, FieldErrors errors, Inside inside) {
    double startX = trajectories.x(point);
    double startY = trajectories.y(point);
    double across = trajectories.x(point + 1) - startX;
    double up = trajectories.y(point + 1) - startY;
    if (misses(startX, startX + across, left, right) || misses(startY, startY + up, bottom, top)) {
      return;
    }
    cross(startX, startY, across, up);
    double duration = trajectories.time(point + 1) - trajectories.time(point);
    double length = Math.hypot(across, up);
    for (int at = 0; at + 1 < crossings; at++) {
      double from = shares[at];
      double to = shares[at + 1];
      double middle = (from + to) / 2;
      if (to > from && contains(startX + middle * across, startY + middle * up)) {
        double share = to - from;
        inside.duration += share * duration;
        inside.length += share * length;
        inside.squaredSpeed += share * length * length / duration;
        inside.squaredError += errors.of(point, field, from, to);
      }
    }
  }

  private static boolean misses(double a, double b, double least, double greatest) {
    return Math.max(a, b) < least || Math.min(a, b) > greatest;
  }

  /// Finds where a segment crosses edges, in rising order, between 0 and 1, both included.
  private void cross(double startX, double startY, double across, double up) {
    crossings = 0;
    put(0);
    put(1);
    int previous = x.length - 1;
    for (int corner = 0; corner < x.length; corner++) {
      double edgeX = x[corner] - x[previous];
      double edgeY = y[corner] - y[previous];
      double turn = across * edgeY - up * edgeX;
      if (turn != 0) { // a parallel edge is crossed at its neighbors, or not at all
        double toX = x[previous] - startX;
        double toY = y[previous] - startY;
        double share = (toX * edgeY - toY * edgeX) / turn;
        double onEdge = (toX * up - toY * across) / turn;
        if (share > 0 && share < 1 && onEdge > -NEAR && onEdge < 1 + NEAR) {
          put(share); // one too many splits a part in two, no more
        }
      }
      previous = corner;
    }
    Arrays.sort(shares, 0, crossings);
  }

  private void put(double share) {
    if (crossings == shares.length) {
      shares = Arrays.copyOf(shares, shares.length * 2);
    }
    shares[crossings++] = share;
  }

  /// Whether a place is inside, by the number of edges to its right.
  private boolean contains(double placeX, double placeY) {
    boolean inside = false;
    int previous = x.length - 1;
    for (int corner = 0; corner < x.length; corner++) {
      if (y[corner] > placeY != y[previous] > placeY) {
        double crossing =
            x[previous]
                + (placeY - y[previous]) / (y[corner] - y[previous]) * (x[corner] - x[previous]);
        if (placeX < crossing) {
          inside = !inside;
        }
      }
      previous = corner;
    }
    return inside;
  }
}
