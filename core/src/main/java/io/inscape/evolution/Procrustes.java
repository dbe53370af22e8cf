package io.inscape.evolution;

import io.inscape.matrix.Matrix;
import io.inscape.projection.Layout;

/// Turns one planar layout onto another of the same observations: the rotation or reflection and
/// the translation that bring them nearest in the sum of squares. No distance changes.
final class Procrustes {
  private Procrustes() {}

  /// The layout turned onto the reference.
  ///
  /// With `c` and `s` the sums of `a x + b y` and `a y - b x` over centred pairs, the best rotation
  /// is by the angle whose cosine and sine are as `c` to `s`, and reaches `sqrt(c^2 + s^2)`; the
  /// best reflection is found alike after mirroring, and the better of the two is taken.
  static Layout onto(Layout reference, Layout layout) {
    float[] to = reference.toArray();
    float[] from = layout.toArray();
    double[] toMean = mean(to);
    double[] fromMean = mean(from);
    double xx = 0, xy = 0, yx = 0, yy = 0;
    for (int at = 0; at < to.length; at += 2) {
      double x = from[at] - fromMean[0];
      double y = from[at + 1] - fromMean[1];
      double a = to[at] - toMean[0];
      double b = to[at + 1] - toMean[1];
      xx += x * a;
      xy += x * b;
      yx += y * a;
      yy += y * b;
    }
    double rotated = Math.hypot(xx + yy, xy - yx);
    double mirrored = Math.hypot(xx - yy, xy + yx);
    boolean mirror = mirrored > rotated * (1 + 1e-12);
    double length = mirror ? mirrored : rotated;
    double cos = length > 0 ? (mirror ? xx - yy : xx + yy) / length : 1;
    double sin = length > 0 ? (mirror ? xy + yx : xy - yx) / length : 0;
    int sign = mirror ? -1 : 1;
    return Layout.of(
        Matrix.filled(
            layout.observations(),
            2,
            target -> {
              for (int at = 0; at < target.length; at += 2) {
                double x = from[at] - fromMean[0];
                double y = sign * (from[at + 1] - fromMean[1]);
                target[at] = (float) (cos * x - sin * y + toMean[0]);
                target[at + 1] = (float) (sin * x + cos * y + toMean[1]);
              }
            }));
  }

  private static double[] mean(float[] values) {
    double[] sum = new double[2];
    for (int at = 0; at < values.length; at++) {
      sum[at % 2] += values[at];
    }
    return new double[] {sum[0] * 2 / values.length, sum[1] * 2 / values.length};
  }
}
