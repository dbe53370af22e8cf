package io.inscape.study.finding;

/// What may be said of shares that were counted.
final class Proportions {
  /// Two-sided 95 %.
  static final double USUAL = 1.959964;

  private Proportions() {}

  /// Where a share may lie.
  record Interval(double low, double high) {}

  /// Wilson's interval of a share.
  ///
  /// @param hits how many of them
  /// @param count how many there were, at least 1
  /// @param deviations half its width in standard deviations, such as 1.96 for 95 %
  static Interval wilson(double hits, double count, double deviations) {
    double square = deviations * deviations;
    double share = hits / count;
    double middle = (share + square / (2 * count)) / (1 + square / count);
    double half =
        deviations
            / (1 + square / count)
            * Math.sqrt(share * (1 - share) / count + square / (4 * count * count));
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /// The chance of at least so many hits.
  ///
  /// @param hits from 0 to `count`
  /// @param count how many tries
  /// @param chance of each
  static double atLeast(int hits, int count, double chance) {
    if (hits <= 0) {
      return 1;
    }
    if (chance <= 0) {
      return 0;
    }
    if (chance >= 1) {
      return 1;
    }
    double sum = 0;
    double log = logChoose(count, hits);
    for (int k = hits; k <= count; k++) {
      sum += Math.exp(log + k * Math.log(chance) + (count - k) * Math.log1p(-chance));
      log += Math.log((double) (count - k) / (k + 1)); // the last one is -infinity, and not used
    }
    return Math.min(1, sum);
  }

  /// How often a fair coin lands at least as unevenly as this.
  static double uneven(int one, int other) {
    return Math.min(1, 2 * atLeast(Math.max(one, other), one + other, .5));
  }

  /// The chance of more than half of several independent events.
  ///
  /// @param chances of each
  static double most(double[] chances) {
    double[] exactly = new double[chances.length + 1];
    exactly[0] = 1;
    for (int event = 0; event < chances.length; event++) {
      for (int k = event + 1; k >= 0; k--) {
        double not = exactly[k] * (1 - chances[event]);
        exactly[k] = not + (k > 0 ? exactly[k - 1] * chances[event] : 0);
      }
    }
    double sum = 0;
    for (int k = chances.length / 2 + 1; k <= chances.length; k++) {
      sum += exactly[k];
    }
    return sum;
  }

  private static double logChoose(int count, int chosen) {
    double sum = 0;
    for (int i = 1; i <= chosen; i++) {
      sum += Math.log((double) (count - chosen + i) / i);
    }
    return sum;
  }
}
