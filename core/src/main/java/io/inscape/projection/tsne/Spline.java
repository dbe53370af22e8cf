package io.inscape.projection.tsne;

/// The cubic B-spline around a point at `t` in [0, 1) after its node: weights and slopes of the
/// node before, the node, the next and the one after.
final class Spline {
  private static final float SIXTH = 1 / 6f;

  private Spline() {}

  static float last(float t) {
    float u = 1 - t;
    return u * u * u * SIXTH;
  }

  static float second(float t) {
    return (4 + t * t * (3 * t - 6)) * SIXTH;
  }

  static float first(float t) {
    return t * t * t * SIXTH;
  }

  static float lastSlope(float t) {
    float u = 1 - t;
    return -0.5f * u * u;
  }

  static float secondSlope(float t) {
    return t * (1.5f * t - 2);
  }

  static float firstSlope(float t) {
    return 0.5f * t * t;
  }

  static float value(int node, float t) {
    return switch (node) {
      case 0 -> last(t);
      case 1 -> second(t);
      case 2 -> second(1 - t);
      default -> first(t);
    };
  }

  static float slope(int node, float t) {
    return switch (node) {
      case 0 -> lastSlope(t);
      case 1 -> secondSlope(t);
      case 2 -> -secondSlope(1 - t);
      default -> firstSlope(t);
    };
  }
}
