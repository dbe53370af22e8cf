package io.inscape.study.finding;

import java.util.List;
import java.util.Locale;

/// Numbers as a sentence has them.
final class Words {
  private Words() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String points(double share) {
    return String.format(Locale.ROOT, "%.1f points", 100 * share);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String whole(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String interval(Bootstrap.Difference difference) {
    return String.format(
        Locale.ROOT,
        "95 %% interval %.1f to %.1f",
        100 * difference.low(),
        100 * difference.high());
  }

  /// One, two and three.
  static String list(List<String> names) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
