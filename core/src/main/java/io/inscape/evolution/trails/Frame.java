package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;

/// Where the picture of a layout lies: pixel = (position - corner) * scale + margin.
///
/// @param left least x of the layout
/// @param bottom least y of the layout
/// @param scale pixels per unit of the layout
/// @param margin pixels around the layout
/// @param width pixels in a row, margins included
/// @param height rows, margins included
record Frame(double left, double bottom, double scale, int margin, int width, int height) {
  /// The frame of the bounding box of all positions.
  ///
  /// @param layouts two dimensions
  /// @param resolution pixels along the longer side of the box
  /// @param margin pixels around it
  static Frame of(LayoutSequence layouts, int resolution, int margin) {
    Bounds bounds = new Bounds().add(layouts.toArray());
    return of(bounds, bounds.scale(resolution), margin);
  }

  /// The frame of the bounding box of two sets of positions.
  ///
  /// @param first `[position][dim]`, two dimensions
  /// @param second the same
  /// @param resolution pixels along the longer side of the first set's box
  static Frame around(float[] first, float[] second, int resolution) {
    Bounds bounds = new Bounds().add(first);
    double scale = bounds.scale(resolution);
    bounds.add(second);
    return of(bounds, scale, 1);
  }

  private static Frame of(Bounds bounds, double scale, int margin) {
    return new Frame(
        bounds.least[0],
        bounds.least[1],
        scale,
        margin,
        (int) Math.ceil(bounds.extent(0) * scale) + 2 * margin + 1,
        (int) Math.ceil(bounds.extent(1) * scale) + 2 * margin + 1);
  }

  double pixelX(double x) {
    return (x - left) * scale + margin;
  }

  double pixelY(double y) {
    return (y - bottom) * scale + margin;
  }

  /// A bounding box that grows.
  private static final class Bounds {
    final float[] least = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
    final float[] greatest = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};

    Bounds add(float[] values) {
      for (int at = 0; at < values.length; at++) {
        least[at % 2] = Math.min(least[at % 2], values[at]);
        greatest[at % 2] = Math.max(greatest[at % 2], values[at]);
      }
      return this;
    }

    double extent(int dim) {
      return (double) greatest[dim] - least[dim];
    }

    double scale(int resolution) {
      double longer = Math.max(extent(0), extent(1));
      return longer > 0 ? resolution / longer : 1;
    }
  }
}
