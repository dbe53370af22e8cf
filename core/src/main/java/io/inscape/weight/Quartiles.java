package io.inscape.weight;

/// Which ranks make the quartiles, and how.
final class Quartiles {
  private static final int COUNT = 3;

  private Quartiles() {}

  /// The ranks on both sides of each quartile of so many weights, ascending.
  static long[] ranks(int count) {
    long[] ranks = new long[2 * COUNT];
    for (int quartile = 1; quartile <= COUNT; quartile++) {
      long low = (count - 1L) * quartile / 4;
      ranks[2 * quartile - 2] = low;
      ranks[2 * quartile - 1] = Math.min(low + 1, count - 1L);
    }
    java.util.Arrays.sort(
        ranks); // few weights: the upper of one may lie above the lower of the next
    return ranks;
  }

  /// A quartile between the weights of its ranks.
  ///
  /// @param quartile 1, 2 or 3
  /// @param ranks as [#ranks] has them
  /// @param values the weights of these ranks
  static double between(int quartile, int count, long[] ranks, float[] values) {
    long low = (count - 1L) * quartile / 4;
    double share = (count - 1L) * quartile % 4 / 4.0;
    double below = at(low, ranks, values);
    double above = at(Math.min(low + 1, count - 1L), ranks, values);
    return below + share * (above - below);
  }

  private static double at(long rank, long[] ranks, float[] values) {
    return values[java.util.Arrays.binarySearch(ranks, rank)];
  }
}
