package io.inscape.neuron;

import io.inscape.parameter.Parameters;

/// How many units a tree draws at each node to find a cut.
public sealed interface FeatureCount {
  /// The root of the number of units, rounded down, at least 1.
  record Auto() implements FeatureCount {}

  /// A number of one's own; more than there are units counts as all of them.
  ///
  /// @param value a whole number from 1 to 1,000,000
  record Fixed(double value) implements FeatureCount {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if the value is out of range or not whole
    public Fixed {
      Parameters.check(ForestParams.class, "features", value);
      Whole.require("features", value);
    }
  }

  /// The number for a layer.
  ///
  /// @param units how many the layer has, at least 1
  /// @return from 1 to `units`
  default int among(int units) {
    return switch (this) {
      case Auto _ -> (int) Math.sqrt(units);
      case Fixed(double value) -> (int) Math.min(value, units);
    };
  }

  /// {@return the root of the number of units}
  static FeatureCount auto() {
    return new Auto();
  }

  /// A number of one's own.
  ///
  /// @param value from 1 to 1,000,000
  /// @return the count
  static FeatureCount of(double value) {
    return new Fixed(value);
  }
}
