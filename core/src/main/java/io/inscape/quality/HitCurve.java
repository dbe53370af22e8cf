package io.inscape.quality;

import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/// Neighborhood hits over several numbers of neighbours at once, from one list of neighbours.
final class HitCurve {
  private static final int[] USUAL = {1, 2, 4, 6, 10, 20, 50};

  private HitCurve() {}

  /// The usual numbers of neighbours and one more, ascending, none above a limit.
  static int[] neighborCounts(int k, int most) {
    return IntStream.concat(IntStream.of(USUAL), IntStream.of(k))
        .filter(count -> count <= most)
        .sorted()
        .distinct()
        .toArray();
  }

  /// Means over observations.
  ///
  /// @param labels one per observation that is judged
  /// @param counts numbers of neighbours, ascending
  /// @param label the label of an observation's neighbour, by observation and neighbour
  static double[] means(int[] labels, int[] counts, IntBinaryOperator label) {
    long[] hits = new long[counts.length];
    for (int row = 0; row < labels.length; row++) {
      int same = 0;
      int neighbor = 0;
      for (int at = 0; at < counts.length; at++) {
        for (; neighbor < counts[at]; neighbor++) {
          same += label.applyAsInt(row, neighbor) == labels[row] ? 1 : 0;
        }
        hits[at] += same;
      }
    }
    double[] means = new double[counts.length];
    for (int at = 0; at < counts.length; at++) {
      means[at] = hits[at] / ((double) labels.length * counts[at]);
    }
    return means;
  }
}
