package io.inscape.figure;

/// From positions to the pixels of a square, y upwards, the aspect ratio kept.
///
/// @param centreX the position in the square's middle
/// @param centreY the same
/// @param scale pixels for one unit
/// @param left the square's left edge in pixels
/// @param top its upper edge
/// @param side its width and height
record Frame(double centreX, double centreY, double scale, int left, int top, int side) {
  private static final int MARGIN = 12;

  static Frame of(Bounds bounds, int left, int top, int side) {
    double extent = Math.max(bounds.right() - bounds.left(), bounds.top() - bounds.bottom());
    double scale = extent > 0 ? (side - 2 * MARGIN) / extent : 1;
    return new Frame(
        (bounds.left() + bounds.right()) / 2,
        (bounds.bottom() + bounds.top()) / 2,
        scale,
        left,
        top,
        side);
  }

  double x(double value) {
    return left + side / 2.0 + (value - centreX) * scale;
  }

  double y(double value) {
    return top + side / 2.0 - (value - centreY) * scale;
  }
}
