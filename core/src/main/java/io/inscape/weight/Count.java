package io.inscape.weight;

import io.inscape.matrix.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The second look at a tensor: squares about the mean, what is near zero, the histogram, and the
/// lower bits that the quartiles need.
final class Count {
  private final Scan scan;
  private final Bins bins;
  private final float threshold;
  private final @Nullable Ranks ranks;
  private final long[] wanted;
  private final Tables histogram;
  private final Tables lower;
  private final double[] squares;
  private final int[] below;
  private final int[] above;

  private Count(Scan scan, Bins bins, double nearZero) {
    this.scan = scan;
    this.bins = bins;
    this.threshold = floor(nearZero);
    this.wanted = Quartiles.ranks(scan.finite());
    this.ranks = scan.upper().length == 0 ? null : new Ranks(scan.upper(), wanted, threshold);
    this.histogram = new Tables(bins::tables);
    this.lower = new Tables(() -> ranks == null ? new int[0] : ranks.tables());
    int chunks = Math.ceilDiv(scan.weights().length, Scan.CHUNK);
    this.squares = new double[chunks];
    this.below = new int[chunks];
    this.above = new int[chunks];
  }

  /// The distribution of a tensor with at least one finite weight.
  static Distribution of(Scan scan, Bins bins, double nearZero, Workers workers) {
    Count count = new Count(scan, bins, nearZero);
    workers.forEachChunk(scan.weights().length, Scan.CHUNK, count::chunk);
    return count.result();
  }

  private void chunk(int chunk, int from, int to) {
    if (scan.sound(chunk)) {
      finite(chunk, scan.weights(), from, to);
    } else {
      float[] finite = Scan.finite(scan.weights(), from, to);
      finite(chunk, finite, 0, finite.length);
    }
  }

  private void finite(int chunk, float[] weights, int from, int to) {
    squares[chunk] = squares(weights, from, to, scan.mean());
    if (scan.within(chunk, bins)) {
      histogram.with(table -> bins.add(weights, from, to, table));
    } else {
      float[] inside = inside(chunk, weights, from, to);
      histogram.with(table -> bins.add(inside, 0, inside.length, table));
    }
    if (ranks != null) {
      lower.with(table -> ranks.countLower(weights, from, to, table));
    }
  }

  private Distribution result() {
    double sum = 0;
    for (double part : squares) {
      sum += part;
    }
    float[] values;
    int near;
    if (ranks == null) {
      float[] few = Scan.finite(scan.weights(), 0, scan.weights().length);
      values = Ranks.bySorting(few, wanted);
      near = near(few, threshold);
    } else {
      int[] counts = lower.sum();
      values = ranks.values(counts);
      near = ranks.near(counts);
    }
    int finite = scan.finite();
    Summary summary =
        new Summary(
            scan.mean(),
            sum / finite,
            scan.min(),
            Quartiles.between(1, finite, wanted, values),
            Quartiles.between(2, finite, wanted, values),
            Quartiles.between(3, finite, wanted, values),
            scan.max());
    return new Distribution(
        scan.weights().length,
        scan.nan(),
        scan.infinite(),
        near,
        summary,
        new Histogram(
            bins,
            bins.sum(histogram.all()),
            Arrays.stream(below).sum(),
            Arrays.stream(above).sum()));
  }

  private float[] inside(int chunk, float[] weights, int from, int to) {
    float[] kept = new float[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (weights[i] < bins.first()) {
        below[chunk]++;
      } else if (weights[i] > bins.last()) {
        above[chunk]++;
      } else {
        kept[count] = weights[i];
        count++;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private static double squares(float[] weights, int from, int to, double mean) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      double d0 = weights[i] - mean;
      double d1 = weights[i + 1] - mean;
      double d2 = weights[i + 2] - mean;
      double d3 = weights[i + 3] - mean;
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < to; i++) {
      double d = weights[i] - mean;
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static int near(float[] weights, float threshold) {
    int count = 0;
    for (float weight : weights) {
      count += Math.abs(weight) <= threshold ? 1 : 0;
    }
    return count;
  }

  /// The greatest float that is not above a number.
  private static float floor(double value) {
    float nearest = (float) value;
    return nearest > value ? Math.nextDown(nearest) : nearest;
  }
}
