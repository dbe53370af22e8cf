package io.inscape.figure;

/// The part of the plane that positions lie in.
///
/// @param left the least x
/// @param bottom the least y
/// @param right the greatest x
/// @param top the greatest y
public record Bounds(double left, double bottom, double right, double top) {
  private static final Bounds NOTHING =
      new Bounds(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  /// The bounds of positions.
  ///
  /// @param positions [position * dimensions + dim]; not modified
  /// @param dimensions of a position, at least 2; the first two count
  /// @return what they lie in
  public static Bounds of(float[] positions, int dimensions) {
    Bounds bounds = NOTHING;
    double left = bounds.left;
    double bottom = bounds.bottom;
    double right = bounds.right;
    double top = bounds.top;
    for (int i = 0; i + 1 < positions.length; i += dimensions) {
      left = Math.min(left, positions[i]);
      right = Math.max(right, positions[i]);
      bottom = Math.min(bottom, positions[i + 1]);
      top = Math.max(top, positions[i + 1]);
    }
    return new Bounds(left, bottom, right, top);
  }

  /// What both lie in.
  Bounds with(Bounds other) {
    return new Bounds(
        Math.min(left, other.left),
        Math.min(bottom, other.bottom),
        Math.max(right, other.right),
        Math.max(top, other.top));
  }
}
