package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;

/// Bundled trails, and all between them and the straight ones.
///
/// Trail i is observation i; sample `m * perSegment()` of it belongs to step m.
public final class Bundles {
  private final StraightTrails straight;
  private final float[] bundled; // [trail][sample][dim]

  private Bundles(StraightTrails straight, float[] bundled) {
    this.straight = straight;
    this.bundled = bundled;
  }

  /// Brings the samples back from pixels: what did not move keeps its bits.
  static Bundles of(StraightTrails straight, Samples samples, Groups groups, Frame frame) {
    float[] values = straight.toArray();
    int count = samples.perTrail();
    for (int place = 0; place < groups.trails(); place++) {
      int trail = groups.trail(place);
      for (int sample = 0; sample < count; sample++) {
        int s = place * count + sample;
        int at = 2 * (trail * count + sample);
        values[at] = moved(values[at], samples.startX()[s], samples.x()[s], frame);
        values[at + 1] = moved(values[at + 1], samples.startY()[s], samples.y()[s], frame);
      }
    }
    return new Bundles(straight, values);
  }

  /// Brings back the trails of an earlier bundling.
  ///
  /// @param layouts those that were bundled
  /// @param bundled `[trail][sample][dim]`, all finite, as [#bundled] gave them; copied
  /// @return the trails
  /// @throws IllegalArgumentException if the number of values is not the same number of samples for
  ///   each way from step to step of each trail
  public static Bundles restore(LayoutSequence layouts, float[] bundled) {
    int coordinates = layouts.dimensions() * layouts.observations();
    int ways = layouts.steps() - 1;
    int samples = bundled.length / coordinates;
    int perSegment = ways < 1 ? 0 : (samples - 1) / ways;
    if (perSegment < 1 || (perSegment * (long) ways + 1) * coordinates != bundled.length) {
      throw new IllegalArgumentException(
          "bundled trails of "
              + layouts
              + " have the same number of samples from each step to the next, got "
              + bundled.length
              + " coordinates");
    }
    return new Bundles(new StraightTrails(layouts, perSegment), bundled.clone());
  }

  private static float moved(float value, float from, float to, Frame frame) {
    return from == to ? value : (float) (value + ((double) to - from) / frame.scale());
  }

  /// {@return the number of trails}
  public int trails() {
    return straight.layouts().observations();
  }

  /// {@return the number of steps}
  public int steps() {
    return straight.layouts().steps();
  }

  /// {@return samples of a trail, `(steps - 1) * perSegment + 1`}
  public int samples() {
    return straight.samples();
  }

  /// {@return samples from one step to the next}
  public int perSegment() {
    return straight.perSegment();
  }

  /// {@return a copy of the straight trails, `[trail][sample][dim]`, evenly spaced between any two
  /// steps}
  public float[] straight() {
    return straight.toArray();
  }

  /// {@return a copy of the bundled trails, `[trail][sample][dim]`}
  public float[] bundled() {
    return bundled.clone();
  }

  /// The trails at a strength of bundling: each sample has gone the share `share(strength)` of its
  /// way from the straight to the bundled trail.
  ///
  /// @param strength from 0, straight, to 1, bundled
  /// @return `[trail][sample][dim]`; the first and the last sample of a trail are the same at all
  ///   strengths
  /// @throws IllegalArgumentException if the strength is not in [0, 1]
  public float[] at(double strength) {
    double share = share(strength);
    float[] values = straight.toArray();
    for (int at = 0; at < values.length; at++) {
      double way = (double) bundled[at] - values[at];
      if (share == 1) {
        values[at] = bundled[at];
      } else if (share > 0 && way != 0) {
        values[at] = (float) (values[at] + share * way);
      }
    }
    return values;
  }

  /// The share of the way to the bundled trail at a strength: `1 - (1 - strength)^2`.
  ///
  /// What is left of a trail's distance to its bundle is what spreads ink, so equal steps of the
  /// strength should take more and more of it: at 0.8 a 25th is left.
  ///
  /// @param strength from 0 to 1
  /// @return from 0 to 1
  /// @throws IllegalArgumentException if the strength is not in [0, 1]
  public static double share(double strength) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "the strength of bundling must be from 0 to 1, got " + strength);
    }
    return 1 - (1 - strength) * (1 - strength);
  }

  StraightTrails straightTrails() {
    return straight;
  }
}
