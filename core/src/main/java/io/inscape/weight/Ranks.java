package io.inscape.weight;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Exact order statistics by two counts: of the upper 16 bits of every weight, and of the lower 16
/// bits of those whose upper ones matter. No weight is moved.
final class Ranks {
  /// Values of 16 bits.
  static final int BUCKETS = 1 << 16;

  private static final int LEAST_NEGATIVE = 0xff7f; // what is beyond is infinite or NaN
  private static final int FIRST_NEGATIVE = 0x8000;
  private static final int GREATEST = 0x7f7f;

  private final int[] counts;
  private final int limit; // bits of the threshold
  private final long[] rank; // ascending
  private final int[] bucket;
  private final long[] before; // weights in lower buckets
  private final byte[] slot = new byte[BUCKETS]; // 0 where a bucket does not matter
  private int slots;

  /// Finds the buckets of some ranks.
  ///
  /// @param counts weights by their upper bits
  /// @param rank ascending, counted from 0 among the finite weights
  /// @param threshold of the sizes that [#near] counts
  Ranks(int[] counts, long[] rank, float threshold) {
    this.counts = counts;
    this.limit = Float.floatToRawIntBits(Math.min(threshold, Float.MAX_VALUE));
    this.rank = rank;
    this.bucket = new int[rank.length];
    this.before = new long[rank.length];
    long seen = 0;
    int next = 0;
    for (int order = 0; order <= LEAST_NEGATIVE - FIRST_NEGATIVE + 1 + GREATEST; order++) {
      int raw = raw(order);
      for (; next < rank.length && rank[next] < seen + counts[raw]; next++) {
        bucket[next] = raw;
        before[next] = seen;
        matter(raw);
      }
      seen += counts[raw];
    }
    matter(limit >>> 16);
    matter(FIRST_NEGATIVE | (limit >>> 16));
  }

  private void matter(int raw) {
    if (slot[raw] == 0) {
      slots++;
      slot[raw] = (byte) slots;
    }
  }

  private static int raw(int order) {
    int negative = LEAST_NEGATIVE - FIRST_NEGATIVE + 1;
    return order < negative ? LEAST_NEGATIVE - order : order - negative;
  }

  /// Room for the second count.
  int[] tables() {
    return new int[slots * BUCKETS];
  }

  /// Counts weights by their upper bits.
  static void countUpper(float[] weights, int from, int to, int[] counts) {
    for (int i = from; i < to; i++) {
      counts[Float.floatToRawIntBits(weights[i]) >>> 16]++;
    }
  }

  /// Counts the lower bits of the weights that matter.
  void countLower(float[] weights, int from, int to, int[] tables) {
    for (int i = from; i < to; i++) {
      int bits = Float.floatToRawIntBits(weights[i]);
      int at = slot[bits >>> 16];
      if (at != 0) {
        tables[(at - 1) * BUCKETS + (bits & 0xffff)]++;
      }
    }
  }

  /// The weights of the ranks.
  float[] values(int[] tables) {
    float[] values = new float[rank.length];
    for (int i = 0; i < rank.length; i++) {
      int offset = (slot[bucket[i]] - 1) * BUCKETS;
      boolean negative = bucket[i] >= FIRST_NEGATIVE;
      long seen = before[i];
      int order = 0;
      while (true) {
        int low = negative ? BUCKETS - 1 - order : order;
        seen += tables[offset + low];
        if (seen > rank[i]) {
          values[i] = Float.intBitsToFloat((bucket[i] << 16) | low);
          break;
        }
        order++;
      }
    }
    return values;
  }

  /// How many weights are at most the threshold's size: sizes are in the order of their bits.
  int near(int[] tables) {
    int near = 0;
    for (int sign = 0; sign <= FIRST_NEGATIVE; sign += FIRST_NEGATIVE) {
      int last = sign | (limit >>> 16);
      for (int raw = sign; raw < last; raw++) {
        near += counts[raw];
      }
      int offset = (slot[last] - 1) * BUCKETS;
      for (int low = 0; low <= (limit & (BUCKETS - 1)); low++) {
        near += tables[offset + low];
      }
    }
    return near;
  }

  /// The weights of the ranks by two counts, whatever the weights are.
  ///
  /// @param weights all finite; not modified
  static float[] byCounting(float[] weights, long[] rank, Workers workers) {
    Tables upper = new Tables(() -> new int[BUCKETS]);
    workers.forEachChunk(
        weights.length,
        Scan.CHUNK,
        (_, from, to) -> upper.with(table -> countUpper(weights, from, to, table)));
    Ranks ranks = new Ranks(upper.sum(), rank, 0);
    Tables lower = new Tables(ranks::tables);
    workers.forEachChunk(
        weights.length,
        Scan.CHUNK,
        (_, from, to) -> lower.with(table -> ranks.countLower(weights, from, to, table)));
    return ranks.values(lower.sum());
  }

  /// The weights of the ranks by sorting, for few weights.
  static float[] bySorting(float[] weights, long[] rank) {
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    float[] values = new float[rank.length];
    for (int i = 0; i < rank.length; i++) {
      values[i] = sorted[(int) rank[i]];
    }
    return values;
  }
}
