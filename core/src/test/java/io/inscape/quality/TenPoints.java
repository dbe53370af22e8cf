package io.inscape.quality;

import io.inscape.matrix.Matrix;

/// Ten points without ties whose figures are known to six digits.
final class TenPoints {
  private TenPoints() {}

  static Matrix data() {
    float[] values = new float[40];
    int[] primes = {2, 3, 5, 7};
    for (int i = 1; i <= 10; i++) {
      for (int col = 0; col < 4; col++) {
        values[i * 4 - 4 + col] = (float) (i * Math.sqrt(primes[col]) % 1);
      }
    }
    return Matrix.of(10, 4, values);
  }

  static Matrix layout() {
    float[] values = new float[20];
    for (int i = 1; i <= 10; i++) {
      values[i * 2 - 2] = (float) (i * Math.sqrt(2) % 1 + .3 * (i * Math.sqrt(11) % 1));
      values[i * 2 - 1] = (float) (i * Math.sqrt(3) % 1 + .3 * (i * Math.sqrt(13) % 1));
    }
    return Matrix.of(10, 2, values);
  }

  static int[] labels() {
    return new int[] {1, 2, 0, 1, 2, 0, 1, 2, 0, 1};
  }
}
