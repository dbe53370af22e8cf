package io.inscape.projection.params;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;
import io.inscape.projection.tsne.RepulsionMethod;

/// How t-SNE computes the forces between points.
///
/// @param repulsion how the repulsion of all pairs is summed
/// @param theta accuracy of Barnes-Hut, from 0 (all pairs) to 1
/// @param degreesOfFreedom of the layout's Student t kernel, from 0.1 to 100; 1 is t-SNE's own
public record TsneForces(
    @Option(
            "How the repulsion is summed: auto takes the fastest for the size, fft is for two"
                + " dimensions.")
        RepulsionMethod repulsion,
    @Option(
            value =
                "Width over distance below which Barnes-Hut takes a cell as one point; 0 is exact.",
            min = 0,
            max = 1)
        double theta,
    @Option(
            value = "Tails of the layout's kernel; below 1 heavier, clusters further apart.",
            min = 0.1,
            max = 100)
        double degreesOfFreedom) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public TsneForces {
    Parameters.check(TsneForces.class, "theta", theta);
    Parameters.check(TsneForces.class, "degreesOfFreedom", degreesOfFreedom);
  }

  /// {@return automatic repulsion, theta 0.5, one degree of freedom}
  public static TsneForces defaults() {
    return new TsneForces(RepulsionMethod.AUTO, 0.5, 1);
  }

  /// A copy with another way of summing the repulsion.
  ///
  /// @param changed the way
  /// @return the copy
  public TsneForces withRepulsion(RepulsionMethod changed) {
    return new TsneForces(changed, theta, degreesOfFreedom);
  }

  /// A copy with another theta.
  ///
  /// @param changed from 0 to 1
  /// @return the copy
  public TsneForces withTheta(double changed) {
    return new TsneForces(repulsion, changed, degreesOfFreedom);
  }

  /// A copy with other degrees of freedom.
  ///
  /// @param changed from 0.1 to 100
  /// @return the copy
  public TsneForces withDegreesOfFreedom(double changed) {
    return new TsneForces(repulsion, theta, changed);
  }
}
