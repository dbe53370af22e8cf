package io.inscape.evolution.trails;

import java.util.Optional;
import java.util.OptionalDouble;

/// What bundling does to the picture: how many pixels the trails cover before and after, and
/// whether their classes can still be read.
///
/// Trails are drawn as lines one pixel wide. The class read at a pixel is the one with the most ink
/// there. A piece of a trail reads right where the class read at its pixel is its own.
public final class Ink {
  /// Pixels along the layout's longer side, as on a large screen.
  public static final int RESOLUTION = 1000;

  private final int resolution;
  private final int straight;
  private final int bundled;
  private final OptionalDouble classRight;

  private Ink(int resolution, int straight, int bundled, OptionalDouble classRight) {
    this.resolution = resolution;
    this.straight = straight;
    this.bundled = bundled;
    this.classRight = classRight;
  }

  /// Compares the straight trails with those at a strength of bundling.
  ///
  /// @param bundles the trails
  /// @param strength of bundling, from 0 to 1
  /// @param labels class of each trail, if known; any numbers
  /// @param resolution pixels along the layout's longer side, from 16 to 8,192
  /// @return the comparison
  /// @throws IllegalArgumentException if the strength or the resolution is out of range, or there
  ///   is not one label per trail
  public static Ink compare(
      Bundles bundles, double strength, Optional<int[]> labels, int resolution) {
    if (resolution < 16 || resolution > 8_192) {
      throw new IllegalArgumentException(
          "the picture needs from 16 to 8192 pixels along its longer side, got " + resolution);
    }
    labels.ifPresent(given -> StraightTrails.checkLabels(given, bundles.trails()));
    Groups groups = labels.map(Groups::of).orElseGet(() -> Groups.one(bundles.trails()));
    float[] before = bundles.straight();
    float[] after = bundles.at(strength);
    Frame frame = Frame.around(before, after, resolution);
    Picture first = new Picture(before, bundles.samples(), groups, frame);
    Picture second = new Picture(after, bundles.samples(), groups, frame);
    OptionalDouble right =
        labels.isPresent()
            ? OptionalDouble.of(stillRight(first, second, groups, before, after))
            : OptionalDouble.empty();
    return new Ink(resolution, first.covered(), second.covered(), right);
  }

  /// {@return pixels along the layout's longer side}
  public int resolution() {
    return resolution;
  }

  /// {@return pixels that the straight trails cover}
  public int straight() {
    return straight;
  }

  /// {@return pixels that the bundled trails cover}
  public int bundled() {
    return bundled;
  }

  /// {@return the share of covered pixels that bundling leaves blank: 1 - bundled / straight}
  public double fall() {
    return 1 - bundled / (double) straight;
  }

  /// {@return of the ink that reads right in the straight picture, the share that still does in the
  /// bundled one; empty without labels}
  public OptionalDouble classRight() {
    return classRight;
  }

  /// Pieces are the ways between samples, weighted by their straight length, and stand at their
  /// later sample.
  private static double stillRight(
      Picture first, Picture second, Groups groups, float[] before, float[] after) {
    int samples = before.length / 2 / groups.trails();
    double rightBefore = 0;
    double rightStill = 0;
    for (int number = 0; number < groups.count(); number++) {
      for (int place = groups.from(number); place < groups.to(number); place++) {
        int begin = 2 * groups.trail(place) * samples;
        for (int at = begin + 2; at < begin + 2 * samples; at += 2) {
          if (first.groupAt(before[at], before[at + 1]) == number) {
            double ink = Math.hypot(before[at] - before[at - 2], before[at + 1] - before[at - 1]);
            rightBefore += ink;
            if (second.groupAt(after[at], after[at + 1]) == number) {
              rightStill += ink;
            }
          }
        }
      }
    }
    return rightBefore > 0 ? rightStill / rightBefore : 1;
  }
}
