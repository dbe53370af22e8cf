package io.inscape.study.unit;

import io.inscape.evolution.params.VffParams;
import io.inscape.neuron.NeuronMeasure;
import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of trails of units.
///
/// @param measure how two units are compared
/// @param lambda share of the dissimilarities within each step, against that of the alignment, from
///   0 to 1
/// @param sweeps the most sweeps over all pairs, from 1 to 100,000
/// @param tolerance relative fall of the energy in one sweep at which the descent ends, from 0 to
///   below 1
public record UnitTrailParams(
    @Option(
            "How two units are compared: 1 less the absolute value of Pearson's correlation, of the"
                + " cosine, or of Spearman's rank correlation.")
        NeuronMeasure measure,
    @Option(
            value =
                "How much the dissimilarities within each step count against alignment: 1 lays out"
                    + " every step on its own, 0 lets all steps look the same.",
            min = 0,
            max = 1)
        double lambda,
    @Option(value = "The most sweeps over all pairs.", min = 1, max = 100_000, unit = "sweeps")
        int sweeps,
    @Option(
            value =
                "The descent ends early once a sweep lowers the energy by no more than this share of"
                    + " it.",
            min = 0,
            max = 1,
            maxExclusive = true)
        double tolerance) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public UnitTrailParams {
    Parameters.check(UnitTrailParams.class, "lambda", lambda);
    Parameters.check(UnitTrailParams.class, "sweeps", sweeps);
    Parameters.check(UnitTrailParams.class, "tolerance", tolerance);
  }

  /// {@return Pearson's correlation, and the usual options of Visual Feature Fusion}
  public static UnitTrailParams defaults() {
    VffParams usual = VffParams.defaults();
    return new UnitTrailParams(
        NeuronMeasure.PEARSON, usual.lambda(), usual.sweeps(), usual.tolerance());
  }

  VffParams fusion() {
    return VffParams.defaults().withLambda(lambda).withSweeps(sweeps).withTolerance(tolerance);
  }
}
