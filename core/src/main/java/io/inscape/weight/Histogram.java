package io.inscape.weight;

/// Weights counted in bins. Immutable.
public final class Histogram {
  private final Bins bins;
  private final int[] counts;
  private final int below;
  private final int above;

  Histogram(Bins bins, int[] counts, int below, int above) {
    this.bins = bins;
    this.counts = counts;
    this.below = below;
    this.above = above;
  }

  /// {@return the bins}
  public Bins bins() {
    return bins;
  }

  /// {@return how many weights are in each bin}
  public int[] counts() {
    return counts.clone();
  }

  /// {@return how many finite weights lie below the first bin}
  public int below() {
    return below;
  }

  /// {@return how many finite weights lie above the last bin}
  public int above() {
    return above;
  }

  /// {@return how many weights are in the bins}
  public long counted() {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
