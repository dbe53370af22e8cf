package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// The start of t-SNE's descent and its two phases: early exaggeration, then the rest.
///
/// @param initial where it starts
/// @param exaggeration factor on the attraction in the first phase, from 1 to 100
/// @param exaggerationIterations length of the first phase in iterations, from 0 to 100,000
/// @param earlyMomentum momentum of the first phase, from 0 to below 1
/// @param lateMomentum momentum of the second phase, from 0 to below 1
public record Schedule(
    @Option("Where the descent starts.") InitialLayout initial,
    @Option(
            value = "How many times stronger points attract each other in the first phase.",
            min = 1,
            max = 100)
        double exaggeration,
    @Option(value = "Length of the first phase.", min = 0, max = 100_000, unit = "iterations")
        int exaggerationIterations,
    @Option(
            value = "Share of the last step that each step repeats, in the first phase.",
            min = 0,
            max = 1,
            maxExclusive = true)
        double earlyMomentum,
    @Option(
            value = "Share of the last step that each step repeats, in the second phase.",
            min = 0,
            max = 1,
            maxExclusive = true)
        double lateMomentum) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public Schedule {
    Parameters.check(Schedule.class, "exaggeration", exaggeration);
    Parameters.check(Schedule.class, "exaggerationIterations", exaggerationIterations);
    Parameters.check(Schedule.class, "earlyMomentum", earlyMomentum);
    Parameters.check(Schedule.class, "lateMomentum", lateMomentum);
  }

  /// {@return start from the principal components, exaggeration 12 for 250 iterations, momentum 0.5
  /// and then 0.8}
  public static Schedule defaults() {
    return new Schedule(InitialLayout.PCA, 12, 250, 0.5, 0.8);
  }
}
