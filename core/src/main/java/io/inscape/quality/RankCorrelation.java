package io.inscape.quality;

import io.inscape.matrix.Workers;

/// Spearman's rank correlation of pairs of values, equal values sharing the mean of their ranks.
///
/// Two radix sorts: by the first value, with the second along; then by the second, with the first's
/// rank along. Linear in the number of pairs; the sums of ranks are exact in double up to some
/// hundred million pairs, so threads do not matter.
public final class RankCorrelation {
  private static final int DIGIT = 11; // three times: 33 bits hold the 31 of no negative float
  private static final int CHUNKS = 16;

  private RankCorrelation() {}

  /// Two values as one word.
  ///
  /// @param first finite, not below 0
  /// @param second finite, not below 0
  /// @return both
  public static long pair(float first, float second) {
    return (long) Float.floatToRawIntBits(first) << 32 | Float.floatToRawIntBits(second);
  }

  /// Correlates.
  ///
  /// @param pairs made by [#pair]; destroyed
  /// @param workers do the arithmetic
  /// @return from -1 to 1; 1 if both values are constant, 0 if one of them is
  public static double of(long[] pairs, Workers workers) {
    int count = pairs.length;
    long[] spare = new long[count];
    sort(pairs, spare, workers);
    double squaresFirst = rankAndSwap(spare);
    sort(spare, pairs, workers);
    return correlation(pairs, squaresFirst);
  }

  private static double correlation(long[] sorted, double squaresFirst) {
    int count = sorted.length;
    double middle = count + 1.0; // twice the mean rank, as all ranks here are doubled
    double squaresSecond = 0;
    double products = 0;
    for (int from = 0; from < count; ) {
      int to = sameAs(sorted, from);
      double rank = from + 1.0 + to - middle;
      for (int at = from; at < to; at++) {
        products += rank * ((int) sorted[at] - middle);
      }
      squaresSecond += rank * rank * (to - from);
      from = to;
    }
    if (squaresFirst == 0 || squaresSecond == 0) {
      return squaresFirst == squaresSecond ? 1 : 0;
    }
    double rho = products / (Math.sqrt(squaresFirst) * Math.sqrt(squaresSecond));
    return Math.clamp(rho, -1, 1);
  }

  /// Replaces the first values, which are sorted, by twice their ranks, and puts the second values
  /// in front. Returns the sum of the squared deviations of the doubled ranks.
  private static double rankAndSwap(long[] sorted) {
    double middle = sorted.length + 1.0;
    double squares = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = sameAs(sorted, from);
      int rank = from + 1 + to;
      for (int at = from; at < to; at++) {
        sorted[at] = sorted[at] << 32 | rank;
      }
      squares += (rank - middle) * (rank - middle) * (to - from);
      from = to;
    }
    return squares;
  }

  private static int sameAs(long[] sorted, int from) {
    int to = from + 1;
    while (to < sorted.length && (sorted[to] >>> 32) == (sorted[from] >>> 32)) {
      to++;
    }
    return to;
  }

  /// Sorts by the upper half into the other array; the first one is destroyed.
  private static void sort(long[] pairs, long[] sorted, Workers workers) {
    scatter(pairs, sorted, 32, workers);
    scatter(sorted, pairs, 32 + DIGIT, workers);
    scatter(pairs, sorted, 32 + 2 * DIGIT, workers);
  }

  private static void scatter(long[] from, long[] to, int shift, Workers workers) {
    int mask = (1 << DIGIT) - 1;
    int size = Math.max(1, Math.ceilDiv(from.length, CHUNKS));
    int[][] place = new int[CHUNKS][1 << DIGIT];
    workers.forEachChunk(
        from.length,
        size,
        (chunk, begin, end) -> {
          int[] mine = place[chunk];
          for (int at = begin; at < end; at++) {
            mine[(int) (from[at] >>> shift) & mask]++;
          }
        });
    int next = 0;
    for (int digit = 0; digit <= mask; digit++) {
      for (int[] chunk : place) {
        int members = chunk[digit];
        chunk[digit] = next;
        next += members;
      }
    }
    workers.forEachChunk(
        from.length,
        size,
        (chunk, begin, end) -> {
          int[] mine = place[chunk];
          for (int at = begin; at < end; at++) {
            long pair = from[at];
            to[mine[(int) (pair >>> shift) & mask]++] = pair;
          }
        });
  }
}
