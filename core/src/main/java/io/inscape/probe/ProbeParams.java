package io.inscape.probe;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of a linear probe.
///
/// @param penalty factor of half the squared weights beside the mean loss, from 0 to 1,000;
///   scikit-learn's `C` is one over penalty times observations
/// @param iterations the most iterations, from 1 to 10,000
/// @param tolerance the fit ends once no partial derivative is larger, from 0 to 1
public record ProbeParams(
    @Option(
            value =
                "How much large weights cost: factor of half their sum of squares beside the mean"
                    + " loss.",
            min = 0,
            max = 1_000)
        double penalty,
    @Option(value = "The most iterations of the fit.", min = 1, max = 10_000, unit = "iterations")
        int iterations,
    @Option(
            value = "The fit ends once no partial derivative of the loss is larger than this.",
            min = 0,
            max = 1)
        double tolerance) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ProbeParams {
    Parameters.check(ProbeParams.class, "penalty", penalty);
    Parameters.check(ProbeParams.class, "iterations", iterations);
    Parameters.check(ProbeParams.class, "tolerance", tolerance);
  }

  /// {@return penalty 0.001, at most 200 iterations, tolerance 1e-4}
  public static ProbeParams defaults() {
    return new ProbeParams(1e-3, 200, 1e-4);
  }

  /// A copy with another penalty.
  ///
  /// @param changed from 0 to 1,000
  /// @return the copy
  public ProbeParams withPenalty(double changed) {
    return new ProbeParams(changed, iterations, tolerance);
  }

  /// A copy with another length.
  ///
  /// @param changed from 1 to 10,000
  /// @return the copy
  public ProbeParams withIterations(int changed) {
    return new ProbeParams(penalty, changed, tolerance);
  }

  /// A copy with another tolerance.
  ///
  /// @param changed from 0 to 1
  /// @return the copy
  public ProbeParams withTolerance(double changed) {
    return new ProbeParams(penalty, iterations, changed);
  }
}
