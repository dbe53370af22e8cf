package io.inscape.evolution.field;

/// The rectangle that a field covers.
///
/// @param left least x
/// @param bottom least y
/// @param right greatest x, above `left`
/// @param top greatest y, above `bottom`
public record Box(double left, double bottom, double right, double top) {
  private static final double NARROWEST = .01; // the shorter side of a bounding box, of the longer
  private static final double LEAST_SIDE = 1e-6; // of the coordinates

  /// Checks the sides.
  ///
  /// @throws IllegalArgumentException if a value is not finite or a side has no length
  public Box {
    if (!(right > left && top > bottom)
        || !Double.isFinite(right - left)
        || !Double.isFinite(top - bottom)) {
      throw new IllegalArgumentException(
          "a box needs left < right and bottom < top, got x from "
              + left
              + " to "
              + right
              + " and y from "
              + bottom
              + " to "
              + top);
    }
  }

  /// The bounding box of trajectories, without a margin.
  ///
  /// A side shorter than a hundredth of the other is widened to that about its middle, so that
  /// trajectories on one line have a box too. Where all points are equal the box is a square of
  /// side 1 about them (of a millionth of their coordinates, where that is more).
  ///
  /// @param trajectories at least one
  /// @return the box
  public static Box around(Trajectories trajectories) {
    double left = Double.POSITIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    for (int point = 0; point < trajectories.points(); point++) {
      left = Math.min(left, trajectories.x(point));
      right = Math.max(right, trajectories.x(point));
      bottom = Math.min(bottom, trajectories.y(point));
      top = Math.max(top, trajectories.y(point));
    }
    double longer = Math.max(right - left, top - bottom);
    double reach =
        Math.max(
            Math.max(Math.abs(left), Math.abs(right)), Math.max(Math.abs(bottom), Math.abs(top)));
    double least =
        longer > 0
            ? Math.max(longer * NARROWEST, reach * Math.ulp(4.0))
            : Math.max(1, reach * LEAST_SIDE);
    double across = Math.max(0, least - (right - left)) / 2;
    double up = Math.max(0, least - (top - bottom)) / 2;
    return new Box(left - across, bottom - up, right + across, top + up);
  }

  /// {@return right minus left}
  public double width() {
    return right - left;
  }

  /// {@return top minus bottom}
  public double height() {
    return top - bottom;
  }
}
