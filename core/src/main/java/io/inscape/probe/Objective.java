package io.inscape.probe;

/// A smooth function to be minimised.
@FunctionalInterface
interface Objective {
  /// The value and the gradient at a point.
  ///
  /// @param point not modified
  /// @param gradient receives the partial derivatives
  /// @return the value
  double at(double[] point, double[] gradient);
}
