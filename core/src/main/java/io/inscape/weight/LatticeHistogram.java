package io.inscape.weight;

import java.util.Arrays;

/// Weights counted in bins of a lattice that all tensors share: bin i holds what is at least `i
/// 2^k` and less than `(i + 1) 2^k`, for a whole number k. Immutable.
///
/// Two bins of one width make a bin of the next, so histograms of any epochs and models come to the
/// same bins by adding whole numbers, and nothing is lost: [#coarsened] and [#within]. The edges
/// are exact 32-bit floats, and no weight is at the right edge of the last bin, so the counts are
/// those of NumPy's `histogram` with these edges, whichever bin it takes the last edge to.
public final class LatticeHistogram {
  /// Bins that a tensor's own range takes at most.
  public static final int MOST = 1024;

  /// The finest bins: the distance of the smallest 32-bit floats.
  private static final int FINEST = Float.MIN_EXPONENT - 23;

  /// The coarsest bins that a 32-bit float may need.
  private static final int COARSEST = 127;

  /// Bins of a tensor of zeros only, which has no size of its own.
  private static final int OF_ZEROS = -10;

  private final int exponent;
  private final int first;
  private final int[] counts;

  private LatticeHistogram(int exponent, int first, int[] counts) {
    this.exponent = exponent;
    this.first = first;
    this.counts = counts;
  }

  /// A histogram that was counted before.
  ///
  /// @param exponent k, from -149 to 127: bins are `2^k` wide
  /// @param first number of the first bin
  /// @param counts of each bin, from 1 to 1,024, none negative; copied
  /// @return the histogram
  /// @throws IllegalArgumentException if there is no such histogram
  public static LatticeHistogram of(int exponent, int first, int[] counts) {
    requireExponent(exponent);
    if (counts.length < 1 || counts.length > MOST) {
      throw new IllegalArgumentException(
          "a histogram has 1 to " + MOST + " bins, got " + counts.length);
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException(
            "a bin holds at least 0 weights, got " + counts[i] + " in bin " + i);
      }
    }
    return new LatticeHistogram(exponent, first, counts.clone());
  }

  /// Counts that nobody else holds, in any number of bins.
  static LatticeHistogram fine(int exponent, int first, int[] counts) {
    return new LatticeHistogram(exponent, first, counts);
  }

  /// The finest k whose bins are few enough for a range, and not finer than the floats in it.
  ///
  /// @param min the least weight, finite
  /// @param max the greatest, finite, at least the least
  /// @param most bins, at least 2: a range about 0 takes two however wide they are
  /// @return k
  public static int exponent(float min, float max, int most) {
    if (!(min <= max) || !Float.isFinite(min) || !Float.isFinite(max)) {
      throw new IllegalArgumentException(
          "a range goes from a finite number to a greater one, got " + min + " to " + max);
    }
    if (most < 2) {
      throw new IllegalArgumentException("a range takes at least 2 bins, got " + most);
    }
    float size = Math.max(Math.abs(min), Math.abs(max));
    if (size == 0) {
      return OF_ZEROS;
    }
    int exponent = Math.max(FINEST, Math.getExponent(size) - 23);
    while (bin(max, exponent) - bin(min, exponent) + 1 > most) {
      exponent++;
    }
    return exponent;
  }

  /// The number of the bin that a weight is in; exact.
  static long bin(float weight, int exponent) {
    return (long) Math.floor(Math.scalb((double) weight, -exponent));
  }

  /// {@return k: bins are `2^k` wide}
  public int exponent() {
    return exponent;
  }

  /// {@return the width of a bin}
  public double width() {
    return Math.scalb(1.0, exponent);
  }

  /// {@return the number of the first bin: its left edge in widths}
  public int first() {
    return first;
  }

  /// {@return how many bins there are}
  public int bins() {
    return counts.length;
  }

  /// {@return how many weights are in each bin}
  public int[] counts() {
    return counts.clone();
  }

  /// {@return the edges, one more than bins}
  public double[] edges() {
    double[] edges = new double[counts.length + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = Math.scalb((double) first + i, exponent);
    }
    return edges;
  }

  /// {@return the same counts as a histogram of any bins}
  public Histogram plain() {
    return new Histogram(Bins.of(edges()), counts.clone(), 0, 0);
  }

  /// {@return how many weights are in the bins}
  public long counted() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /// The same weights in wider bins: neighbours added up.
  ///
  /// @param wider another k, at least this one's, at most 127
  /// @return the histogram
  /// @throws IllegalArgumentException if the bins would be narrower
  public LatticeHistogram coarsened(int wider) {
    requireExponent(wider);
    if (wider < exponent) {
      throw new IllegalArgumentException(
          "bins of 2^"
              + exponent
              + " cannot be cut into bins of 2^"
              + wider
              + "; ask for at least 2^"
              + exponent);
    }
    int shift = Math.min(wider - exponent, 31);
    int start = first >> shift;
    int[] sums = new int[((first + counts.length - 1) >> shift) - start + 1];
    for (int i = 0; i < counts.length; i++) {
      sums[((first + i) >> shift) - start] += counts[i];
    }
    return new LatticeHistogram(wider, start, sums);
  }

  /// The counts in given bins of the lattice, such as those that several histograms share.
  ///
  /// @param wider their k, at least this one's
  /// @param from the number of the first
  /// @param bins how many
  /// @return a count for each
  /// @throws IllegalArgumentException if the bins would be narrower, or do not hold all weights
  public int[] within(int wider, int from, int bins) {
    LatticeHistogram coarse = coarsened(wider);
    int[] target = new int[bins];
    for (int i = 0; i < coarse.counts.length; i++) {
      long at = (long) coarse.first + i - from;
      if (at >= 0 && at < bins) {
        target[(int) at] = coarse.counts[i];
      } else if (coarse.counts[i] > 0) {
        throw new IllegalArgumentException(
            "the bins ["
                + from
                + ", "
                + ((long) from + bins)
                + ") do not hold the weights of bin "
                + (coarse.first + i));
      }
    }
    return target;
  }

  private static void requireExponent(int exponent) {
    if (exponent < FINEST || exponent > COARSEST) {
      throw new IllegalArgumentException(
          "bins are 2^" + FINEST + " to 2^" + COARSEST + " wide, got 2^" + exponent);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatticeHistogram histogram
        && exponent == histogram.exponent
        && first == histogram.first
        && Arrays.equals(counts, histogram.counts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * exponent + first) + Arrays.hashCode(counts);
  }

  /// {@return the bins in words}
  @Override
  public String toString() {
    return bins() + " bins of 2^" + exponent + " from " + Math.scalb((double) first, exponent);
  }
}
