package io.inscape.evolution.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of Visual Feature Fusion.
///
/// @param lambda share of the distances within each step, against that of the alignment, from 0 to
///   1
/// @param target what the alignment wants distances to be
/// @param scale what the distances of a step are divided by
/// @param sweeps the most sweeps over all pairs, from 1 to 100,000
/// @param tolerance relative fall of the energy in one sweep at which the descent ends, from 0 to
///   below 1
/// @param sample the most observations that are aligned pair by pair, from 10 to 20,000; the others
///   follow the ones that are near them
/// @param seed of the sample
public record VffParams(
    @Option(
            value =
                "How much the distances within each step count against alignment: 1 lays out every"
                    + " step on its own, 0 lets all steps look the same.",
            min = 0,
            max = 1)
        double lambda,
    @Option(
            "What alignment pulls distances towards: the mean distance in all layouts, the distance"
                + " between mean positions, or the mean of the original distances.")
        AlignmentTarget target,
    @Option(
            "What a step's distances are divided by: own, its largest, so that growth from step to"
                + " step is not seen; common, the largest of all steps, so that what grows spreads"
                + " out.")
        StepScale scale,
    @Option(value = "The most sweeps over all pairs.", min = 1, max = 100_000, unit = "sweeps")
        int sweeps,
    @Option(
            value =
                "The descent ends early once a sweep lowers the energy by no more than this share of"
                    + " it.",
            min = 0,
            max = 1,
            maxExclusive = true)
        double tolerance,
    @Option(
            value =
                "The most observations that are compared pair by pair; of more, a random sample is"
                    + " aligned and the others follow the ones near them.",
            min = 10,
            max = 20_000)
        int sample,
    @Option("Seed of the sample.") long seed)
    implements AlignmentParams {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public VffParams {
    Parameters.check(VffParams.class, "lambda", lambda);
    Parameters.check(VffParams.class, "sweeps", sweeps);
    Parameters.check(VffParams.class, "tolerance", tolerance);
    Parameters.check(VffParams.class, "sample", sample);
  }

  /// {@return lambda 0.5, mean distances, own scales, at most 300 sweeps, tolerance 1e-5, a sample
  /// of 2,000, seed 0}
  public static VffParams defaults() {
    return new VffParams(.5, AlignmentTarget.MEAN_DISTANCE, StepScale.OWN, 300, 1e-5, 2000, 0);
  }

  /// A copy with another balance.
  ///
  /// @param changed from 0 to 1
  /// @return the copy
  public VffParams withLambda(double changed) {
    return new VffParams(changed, target, scale, sweeps, tolerance, sample, seed);
  }

  /// A copy with another target.
  ///
  /// @param changed the target
  /// @return the copy
  public VffParams withTarget(AlignmentTarget changed) {
    return new VffParams(lambda, changed, scale, sweeps, tolerance, sample, seed);
  }

  /// A copy with another scale.
  ///
  /// @param changed the scale
  /// @return the copy
  public VffParams withScale(StepScale changed) {
    return new VffParams(lambda, target, changed, sweeps, tolerance, sample, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 100,000
  /// @return the copy
  public VffParams withSweeps(int changed) {
    return new VffParams(lambda, target, scale, changed, tolerance, sample, seed);
  }

  /// A copy with another tolerance.
  ///
  /// @param changed from 0 to below 1
  /// @return the copy
  public VffParams withTolerance(double changed) {
    return new VffParams(lambda, target, scale, sweeps, changed, sample, seed);
  }

  /// A copy with another sample size.
  ///
  /// @param changed from 10 to 20,000
  /// @return the copy
  public VffParams withSample(int changed) {
    return new VffParams(lambda, target, scale, sweeps, tolerance, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public VffParams withSeed(long changed) {
    return new VffParams(lambda, target, scale, sweeps, tolerance, sample, changed);
  }

  @Override
  public String method() {
    return "vff";
  }
}
