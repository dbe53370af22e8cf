package io.inscape.weight;

import io.inscape.matrix.Workers;
import java.util.Arrays;

/// One tensor on its way to a [LatticeDistribution], part by part.
final class TensorLook {
  /// Weights per part: a table of counts is small beside them, and they stay in the second cache.
  static final int PART = 1 << 16;

  /// Bins of the fine lattice: a table of counts fills the first cache.
  private static final int FINE = 8 * LatticeHistogram.MOST;

  private static final int BLOCK = 2048;
  private static final int PILOTS = 64;

  /// Where the bins of the quartiles hold more, many weights are equal, and sorting them would take
  /// longest.
  private static final int MOST_SELECTED = 1 << 17;

  private final int count;
  private final float threshold;
  private float[] weights;
  private int nan;
  private int infinite;
  private float pilot;
  private Moments[] moments;
  private float min;
  private float max;
  private double mean;
  private double variance;
  private int near;
  private int exponent; // of the fine lattice
  private int first; // its first bin
  private Tables tables = new Tables(() -> new int[0]);
  private int[] fine = new int[0];
  private int[] binOf = new int[0]; // of each rank
  private float[] ends = new float[0]; // of the ranges that hold the quartiles
  private float[][] selected = new float[0][];

  TensorLook(float[] weights, float threshold) {
    this.count = weights.length;
    this.threshold = threshold;
    this.weights = weights;
    this.pilot = pilot(weights);
    this.moments = new Moments[parts()];
  }

  /// About the mean, so that squares about it lose nothing.
  private static float pilot(float[] weights) {
    double sum = 0;
    int step = Math.max(1, weights.length / PILOTS);
    int taken = 0;
    for (int i = 0; i < weights.length; i += step) {
      sum += weights[i];
      taken++;
    }
    return taken == 0 ? 0 : (float) (sum / taken);
  }

  int size() {
    return weights.length;
  }

  int parts() {
    return Math.ceilDiv(weights.length, PART);
  }

  /// The first look.
  void measure(int part, int from, int to) {
    moments[part] = WeightKernels.moments(weights, from, to, pilot, threshold);
  }

  /// After the first look at all parts.
  void measured() {
    double sum = 0;
    double squares = 0;
    min = Float.POSITIVE_INFINITY;
    max = Float.NEGATIVE_INFINITY;
    near = 0;
    for (Moments part : moments) {
      sum += part.sum();
      squares += part.squares();
      near += part.near();
      min = Math.min(min, part.min());
      max = Math.max(max, part.max());
    }
    double shift = sum / size();
    mean = pilot + shift;
    variance = Math.max(0, squares / size() - shift * shift);
    if (any() && sound()) {
      exponent = LatticeHistogram.exponent(min, max, FINE);
      first = (int) LatticeHistogram.bin(min, exponent);
      int bins = (int) (LatticeHistogram.bin(max, exponent) - first) + 1;
      tables = new Tables(() -> new int[bins]);
    }
  }

  boolean any() {
    return size() > 0;
  }

  /// Whether every weight is finite; the sum of all is just then.
  boolean sound() {
    return !any() || Double.isFinite(mean);
  }

  /// Goes on without the weights that are not finite.
  void leaveOut() {
    float[] kept = new float[count];
    int finite = 0;
    for (float weight : weights) {
      if (Float.isFinite(weight)) {
        kept[finite] = weight;
        finite++;
      } else if (Float.isNaN(weight)) {
        nan++;
      } else {
        infinite++;
      }
    }
    weights = Arrays.copyOf(kept, finite);
    pilot = pilot(weights);
    moments = new Moments[parts()];
  }

  /// The second look.
  void count(int from, int to) {
    tables.with(table -> {
      int[] bins = new int[BLOCK];
      for (int start = from; start < to; start += BLOCK) {
        int end = Math.min(start + BLOCK, to);
        bins(start, end, bins);
        for (int i = 0; i < end - start; i++) {
          table[bins[i]]++;
        }
      }
    });
  }

  private void bins(int from, int to, int[] bins) {
    if (exponent <= 0 && exponent >= -Float.MAX_EXPONENT) {
      WeightKernels.bins(weights, from, to, Math.scalb(1f, -exponent), first, bins);
      return;
    }
    // the power of two would be no float, or would make the smallest weights zero
    for (int i = from; i < to; i++) {
      bins[i - from] = (int) (LatticeHistogram.bin(weights[i], exponent) - first);
    }
  }

  /// After the second look at all parts: where the quartiles are.
  void counted() {
    fine = tables.sum();
    long[] ranks = Quartiles.ranks(size());
    ends = new float[ranks.length];
    binOf = new int[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      binOf[i] = bin(ranks[i]);
      double edge = Math.scalb((double) first + binOf[i] + (i % 2), exponent);
      ends[i] = i % 2 == 0 ? (float) edge : Math.nextDown((float) edge);
    }
    selected = new float[parts()][];
  }

  /// The fine bin that holds a rank.
  private int bin(long rank) {
    long seen = 0;
    int bin = 0;
    while (seen + fine[bin] <= rank) {
      seen += fine[bin];
      bin++;
    }
    return bin;
  }

  /// How many weights lie in fine bins before one.
  private long before(int bin) {
    long before = 0;
    for (int i = 0; i < bin; i++) {
      before += fine[i];
    }
    return before;
  }

  /// Whether the third look is worth it.
  boolean selects() {
    long inside = 0;
    for (int range = 0; range < binOf.length; range += 2) {
      inside += before(binOf[range + 1] + 1) - before(binOf[range]);
    }
    return min < max && inside <= MOST_SELECTED;
  }

  /// The third look.
  void select(int part, int from, int to) {
    float[] taken = new float[to - from];
    int length = WeightKernels.take(weights, from, to, ends, taken);
    selected[part] = Arrays.copyOf(taken, length);
  }

  /// What was found.
  LatticeDistribution result(Workers workers) {
    if (!any()) {
      return new LatticeDistribution(count, nan, infinite, 0, null, null);
    }
    long[] ranks = Quartiles.ranks(size());
    float[] values = values(ranks, workers);
    Summary summary =
        new Summary(
            mean,
            variance,
            min,
            Quartiles.between(1, size(), ranks, values),
            Quartiles.between(2, size(), ranks, values),
            Quartiles.between(3, size(), ranks, values),
            max);
    int wide = LatticeHistogram.exponent(min, max, LatticeHistogram.MOST);
    LatticeHistogram histogram = LatticeHistogram.fine(exponent, first, fine).coarsened(wide);
    return new LatticeDistribution(count, nan, infinite, near, summary, histogram);
  }

  private float[] values(long[] ranks, Workers workers) {
    float[] values = new float[ranks.length];
    if (min == max) {
      Arrays.fill(values, min);
      return values;
    }
    if (!selects()) {
      return Ranks.byCounting(weights, ranks, workers);
    }
    int length = 0;
    for (float[] part : selected) {
      length += part.length;
    }
    float[] sorted = new float[length];
    int at = 0;
    for (float[] part : selected) {
      System.arraycopy(part, 0, sorted, at, part.length);
      at += part.length;
    }
    Arrays.sort(sorted);
    for (int i = 0; i < ranks.length; i++) {
      float edge = ends[i - i % 2];
      int start = 0;
      while (sorted[start] < edge) {
        start++;
      }
      values[i] = sorted[start + (int) (ranks[i] - before(binOf[i - i % 2]))];
    }
    return values;
  }
}
