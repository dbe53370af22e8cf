package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;

/// Small data that several tests share.
final class TestData {
  private TestData() {}

  /// Ten observations without ties: fractional parts of i times the roots of 2, 3, 5 and 7.
  static Matrix tenPoints() {
    float[] values = new float[40];
    for (int i = 1; i <= 10; i++) {
      int col = 0;
      for (int prime : new int[] {2, 3, 5, 7}) {
        values[(i - 1) * 4 + col++] = (float) fraction(i * Math.sqrt(prime));
      }
    }
    return Matrix.of(10, 4, values);
  }

  /// A layout of them: the first two columns, moved by three tenths of the parts of the roots of 11
  /// and 13.
  static Matrix tenPositions() {
    float[] values = new float[20];
    for (int i = 1; i <= 10; i++) {
      values[i * 2 - 2] = (float) (fraction(i * Math.sqrt(2)) + .3 * fraction(i * Math.sqrt(11)));
      values[i * 2 - 1] = (float) (fraction(i * Math.sqrt(3)) + .3 * fraction(i * Math.sqrt(13)));
    }
    return Matrix.of(10, 2, values);
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }

  /// Clusters of unit Gaussians around centres a few deviations apart; observation i is in cluster
  /// i mod clusters.
  static Matrix clusters(int rows, int cols, int clusters, double apart, long seed) {
    RandomGenerator random = Rng.of(seed, "clusters");
    double[] centres = new double[clusters * cols];
    for (int at = 0; at < centres.length; at++) {
      centres[at] = apart * random.nextGaussian();
    }
    float[] values = new float[rows * cols];
    for (int at = 0; at < values.length; at++) {
      int cluster = at / cols % clusters;
      values[at] = (float) (centres[cluster * cols + at % cols] + random.nextGaussian());
    }
    return Matrix.of(rows, cols, values);
  }
}
