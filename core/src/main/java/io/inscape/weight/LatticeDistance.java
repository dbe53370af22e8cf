package io.inscape.weight;

/// How far two distributions are apart as far as their histograms tell: bounds that hold whatever
/// the weights are within their bins.
///
/// At the edges of the bins the shares are known exactly. In between, the share of one may be
/// anything from its left edge's to its right edge's, which bounds Kolmogorov-Smirnov; moving every
/// weight to the middle of its bin moves it by at most half a width, which bounds Wasserstein.
///
/// @param kolmogorovSmirnov the greatest difference at an edge, which is the least that it can be
/// @param kolmogorovSmirnovMost the most that it can be
/// @param wasserstein with all weights in the middle of their bins
/// @param wassersteinLeast the least that it can be
/// @param wassersteinMost the most that it can be
public record LatticeDistance(
    double kolmogorovSmirnov,
    double kolmogorovSmirnovMost,
    double wasserstein,
    double wassersteinLeast,
    double wassersteinMost) {
  /// Compares two histograms, in the wider bins of the two.
  ///
  /// @param one at least one weight
  /// @param other at least one weight, as many as it likes
  /// @return the bounds
  /// @throws IllegalArgumentException if a histogram is empty, or they are too far apart for their
  ///   bins
  public static LatticeDistance of(LatticeHistogram one, LatticeHistogram other) {
    int exponent = Math.max(one.exponent(), other.exponent());
    Shares a = new Shares(one.coarsened(exponent));
    Shares b = new Shares(other.coarsened(exponent));
    long from = Math.min(a.first, b.first);
    long to = Math.max(a.first + a.counts.length, b.first + b.counts.length);
    double width = Math.scalb(1.0, exponent);
    long greatest = 0;
    long most = 0;
    double moved = 0;
    for (long bin = from; bin < to; bin++) {
      long leftA = a.sum * b.total;
      long leftB = b.sum * a.total;
      boolean empty = a.at(bin) == 0 && b.at(bin) == 0;
      if (empty) { // over a gap the shares stay as they are
        long next = Math.min(a.next(bin, to), b.next(bin, to));
        moved += Math.abs(leftA - leftB) * (double) (next - bin);
        bin = next - 1;
        continue;
      }
      a.sum += a.at(bin);
      b.sum += b.at(bin);
      long rightA = a.sum * b.total;
      long rightB = b.sum * a.total;
      greatest = Math.max(greatest, Math.abs(rightA - rightB));
      most = Math.max(most, Math.max(Math.abs(rightA - leftB), Math.abs(leftA - rightB)));
      moved += (Math.abs(leftA - leftB) + Math.abs(rightA - rightB)) / 2.0;
    }
    double pairs = (double) a.total * b.total;
    double middle = moved / pairs * width;
    return new LatticeDistance(
        greatest / pairs,
        Math.min(1, Math.max(most, greatest) / pairs),
        middle,
        Math.max(0, middle - width),
        middle + width);
  }

  /// A histogram that is walked through.
  private static final class Shares {
    private final long first;
    private final int[] counts;
    private final long total;
    private long sum;

    Shares(LatticeHistogram histogram) {
      this.first = histogram.first();
      this.counts = histogram.counts();
      this.total = histogram.counted();
      if (total == 0) {
        throw new IllegalArgumentException(
            "a distribution to compare needs at least 1 weight, got 0");
      }
    }

    long at(long bin) {
      return bin >= first && bin < first + counts.length ? counts[(int) (bin - first)] : 0;
    }

    /// The next bin from one on with a weight.
    long next(long bin, long end) {
      for (long at = Math.max(bin, first); at < first + counts.length; at++) {
        if (counts[(int) (at - first)] > 0) {
          return at;
        }
      }
      return end;
    }
  }
}
