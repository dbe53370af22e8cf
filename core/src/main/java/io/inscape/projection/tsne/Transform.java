package io.inscape.projection.tsne;

import java.util.ArrayList;
import java.util.List;

/// The discrete Fourier transform of 16 sequences side by side: Stockham's self-sorting passes of
/// radix 4, 5, 3 and 2, in float.
///
/// The inverse (without the division by the length) is the same with the real and the imaginary
/// part exchanged. Immutable; every thread brings its own arrays.
final class Transform {
  private static final int[] RADICES = {4, 5, 3, 2};

  private final int length;
  private final int[] radix; // [pass]
  private final float[][] twiddle; // [pass]

  private Transform(int length, int[] radix, float[][] twiddle) {
    this.length = length;
    this.radix = radix;
    this.twiddle = twiddle;
  }

  /// The least length from `least` on, a multiple of 8, that has no factor but 2, 3 and 5.
  static int goodLength(int least) {
    int length = Math.ceilDiv(Math.max(least, 8), 8) * 8;
    while (!isGood(length)) {
      length += 8;
    }
    return length;
  }

  private static boolean isGood(int length) {
    int rest = length;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  static Transform of(int length) {
    List<Integer> factors = new ArrayList<>();
    int rest = length;
    for (int factor : RADICES) {
      while (rest % factor == 0) {
        factors.add(factor);
        rest /= factor;
      }
    }
    if (rest != 1) {
      throw new IllegalStateException("no transform of length " + length);
    }
    int[] radix = factors.stream().mapToInt(Integer::intValue).toArray();
    float[][] twiddle = new float[radix.length][];
    int left = length;
    for (int pass = 0; pass < radix.length; pass++) {
      twiddle[pass] = twiddle(left, radix[pass]);
      left /= radix[pass];
    }
    return new Transform(length, radix, twiddle);
  }

  private static float[] twiddle(int left, int radix) {
    int groups = left / radix;
    float[] factors = new float[groups * (radix - 1) * 2];
    int at = 0;
    for (int group = 0; group < groups; group++) {
      for (int k = 1; k < radix; k++) {
        double angle = -2 * Math.PI * group * k / left;
        factors[at++] = (float) Math.cos(angle);
        factors[at++] = (float) Math.sin(angle);
      }
    }
    return factors;
  }

  int length() {
    return length;
  }

  /// Whether the result of [#run] lies in the spare arrays.
  boolean endsInSpare() {
    return radix.length % 2 == 1;
  }

  /// Transforms.
  ///
  /// @param values real and imaginary part, `[element * LANES + lane]`; overwritten
  /// @param spare arrays of the same lengths; overwritten
  /// @return the one of the two that holds the result
  float[][] run(float[][] values, float[][] spare) {
    float[][] from = values;
    float[][] to = spare;
    int left = length;
    int stride = 1;
    for (int pass = 0; pass < radix.length; pass++) {
      int groups = left / radix[pass];
      TsneKernels.pass(radix[pass], from, to, groups, stride, twiddle[pass]);
      float[][] swap = from;
      from = to;
      to = swap;
      left = groups;
      stride *= radix[pass];
    }
    return from;
  }
}
