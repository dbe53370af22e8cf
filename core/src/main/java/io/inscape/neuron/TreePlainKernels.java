package io.inscape.neuron;

/// The inner loops in plain words; see [TreeKernels].
final class TreePlainKernels {
  private TreePlainKernels() {}

  static void range(float[] values, int from, int to, float[] range) {
    float low = values[from];
    float high = low;
    for (int at = from + 1; at < to; at++) {
      float value = values[at];
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    range[0] = low;
    range[1] = high;
  }

  static int atMost(float[] values, int from, int to, float cut) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += values[at] <= cut ? 1 : 0;
    }
    return count;
  }
}
