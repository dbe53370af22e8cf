package io.inscape.figure;

/// The colours of time and of speed.
///
/// Along a trail the hue is the class and the lightness is the time, dark early and bright late, on
/// a dark ground. The ten hues lie 36 degrees apart; each class has the one nearest to its colour
/// in [Palette] (grey, which has none, gets the one left over).
final class Ramp {
  /// The ground that trails are drawn on: darker than every ramp's beginning.
  static final String GROUND = "#14181f";

  private static final double EARLY = 0.34;
  private static final double LATE = 0.93;
  private static final double TRAIL_CHROMA = 0.17;
  private static final double[] HUES = {233, 53, 161, 17, 305, 89, 341, 269, 125, 197};

  private Ramp() {}

  /// A trail's colour.
  ///
  /// @param label the class
  /// @param time in [0, 1]: 0 is the first step
  static String trail(int label, double time) {
    double hue = HUES[Math.floorMod(label, HUES.length)];
    return Oklch.hex(EARLY + (LATE - EARLY) * time, TRAIL_CHROMA, hue);
  }

  /// A field line's colour on white: from a pale blue to a deep red.
  ///
  /// @param share of the greatest speed, in [0, 1]
  static String speed(double share) {
    return Oklch.hex(0.72 - 0.27 * share, 0.09 + 0.12 * share, 250 + 130 * share);
  }

  /// How opaque a field line is.
  ///
  /// @param share of the greatest speed, in [0, 1]
  static double opacity(double share) {
    return 0.25 + 0.75 * share;
  }
}
