package io.inscape.weight;

import java.nio.charset.StandardCharsets;

/// Weights as golden.py makes them, bit by bit.
final class WeightCases {
  private WeightCases() {}

  static float[] of(String name, int count) {
    int seed = 0;
    for (byte letter : name.getBytes(StandardCharsets.US_ASCII)) {
      seed += letter;
    }
    float[] values = new float[count];
    int state = seed;
    double[] u = new double[4];
    for (int at = 0; at < count; at++) {
      for (int k = 0; k < 4; k++) {
        state = state * 1664525 + 1013904223;
        u[k] = (state >>> 8) / 16777216.0;
      }
      double bell = ((u[0] + u[1]) + u[2]) + u[3] - 2.0;
      values[at] =
          (float)
              switch (name) {
                case "uniform" -> (u[0] * 2.0 - 1.0) * 0.0288;
                case "bell" -> bell * 0.05;
                case "narrow" -> 0.97 + bell * 0.0017320508;
                case "lattice" -> Math.floor(u[0] * 129.0) / 64.0 - 1.0;
                case "tails" -> bell * bell * bell * (1.0 / (u[1] + 0.001));
                case "close" -> 1.0 + Math.floor(u[0] * 1025.0) / 8388608.0;
                case "same" -> 0.25;
                default -> throw new IllegalArgumentException(name);
              };
    }
    return values;
  }
}
