package io.inscape.evolution.field;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of evenly spaced streamlines.
///
/// @param separation distance between neighboring lines where they start, as a share of the longer
///   side of the box, from 0.002 to 0.5
/// @param shortest length below which a line is left out, in separations, from 0 to 100
public record StreamlineParams(
    @Option(
            value = "Distance between neighboring lines, as a share of the box's longer side.",
            min = .002,
            max = .5)
        double separation,
    @Option(
            value = "Lines shorter than this are left out.",
            min = 0,
            max = 100,
            unit = "separations")
        double shortest) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public StreamlineParams {
    Parameters.check(StreamlineParams.class, "separation", separation);
    Parameters.check(StreamlineParams.class, "shortest", shortest);
  }

  /// {@return a separation of 0.02, lines of at least 3 separations}
  public static StreamlineParams defaults() {
    return new StreamlineParams(.02, 3);
  }

  /// A copy with another separation.
  ///
  /// @param changed from 0.002 to 0.5
  /// @return the copy
  public StreamlineParams withSeparation(double changed) {
    return new StreamlineParams(changed, shortest);
  }

  /// A copy with another least length.
  ///
  /// @param changed from 0 to 100 separations
  /// @return the copy
  public StreamlineParams withShortest(double changed) {
    return new StreamlineParams(separation, changed);
  }
}
