package io.inscape.study.unit;

import io.inscape.study.Study;

/// Refuses what cannot be compared.
final class UnitChecks {
  /// More make tables of all pairs too large to keep several, and maps that nobody reads.
  static final int MOST = 4_000;

  private UnitChecks() {}

  /// Refuses a layer of one unit, before anything is captured.
  static void requireSeveral(UnitSource source, Study study) {
    requireSeveral(source, source.units(study));
  }

  static void requireSeveral(UnitSource source, int units) {
    if (units < 2) {
      throw new IllegalArgumentException(
          "units are compared with each other, so at least 2 are needed, but "
              + source.words()
              + " has "
              + units
              + "; take another layer");
    }
  }

  /// Refuses where hardly a unit varies.
  static void requireLive(UnitSource source, int live, int units, int observations) {
    if (live < 2) {
      throw new IllegalArgumentException(
          "at least 2 units must vary to be compared, but of the "
              + units
              + " of "
              + source.words()
              + " "
              + (live == 0 ? "none does" : "only 1 does")
              + " over the "
              + observations
              + " observations; take another layer or epoch");
    }
  }

  /// Refuses more units than a table of all pairs is made for.
  static void requireFew(UnitSource source, int live) {
    if (live > MOST) {
      throw new IllegalArgumentException(
          "at most "
              + MOST
              + " units that vary are compared pair by pair, but "
              + source.words()
              + " has "
              + live
              + "; "
              + (source.chosen() == UnitPooling.NONE
                  ? "pool its maps (pooling mean or max) if it has some, or take a narrower layer"
                  : "take a narrower layer"));
    }
  }
}
