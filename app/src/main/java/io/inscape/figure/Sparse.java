package io.inscape.figure;

import java.util.Arrays;

/// Some of many, evenly spread, so that a figure's file stays small.
final class Sparse {
  private Sparse() {}

  /// The index of one of `shown` among `all`.
  static int pick(int index, int shown, int all) {
    return (int) ((long) index * all / shown);
  }

  static int classes(int[] labels) {
    return 1 + Arrays.stream(labels).max().orElse(0);
  }

  /// `4,000 of 60,000`, or nothing where all are shown.
  static String words(int shown, int all) {
    return shown >= all ? "" : String.format(java.util.Locale.ROOT, "%,d of %,d", shown, all);
  }
}
