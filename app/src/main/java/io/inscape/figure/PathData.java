package io.inscape.figure;

/// The `d` of an SVG path of many pieces, in tenths of a pixel and relative, so that it stays
/// short; to be drawn under `scale(.1)`.
final class PathData {
  /// What a path is drawn under.
  static final String SCALE = "transform=\"scale(.1)\"";

  private final StringBuilder text = new StringBuilder();
  private long x;
  private long y;
  private boolean drawing;

  /// Begins a piece.
  void move(double toX, double toY) {
    x = tenths(toX);
    y = tenths(toY);
    text.append('M').append(x).append(y < 0 ? "" : " ").append(y);
    drawing = false;
  }

  /// Goes on in a straight line; a step too small to see is left out and made up for by the next.
  void line(double toX, double toY) {
    long dx = tenths(toX) - x;
    long dy = tenths(toY) - y;
    if (dx == 0 && dy == 0) {
      return;
    }
    text.append(drawing ? dx < 0 ? "" : " " : "l").append(dx).append(dy < 0 ? "" : " ").append(dy);
    x += dx;
    y += dy;
    drawing = true;
  }

  /// A dot, where lines have round ends.
  void dot(double atX, double atY) {
    move(atX, atY);
    text.append("h0");
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static long tenths(double value) {
    return Math.round(10 * value);
  }
}
