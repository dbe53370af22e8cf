package io.inscape.neuron;

import io.inscape.parameter.Parameters;

/// How many cuts lie at most between a tree's root and a leaf.
public sealed interface DepthLimit {
  /// No limit: trees grow until their leaves are pure.
  record Auto() implements DepthLimit {}

  /// A limit of one's own.
  ///
  /// @param value a whole number from 1 to 1,000,000
  record Fixed(double value) implements DepthLimit {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if the value is out of range or not whole
    public Fixed {
      Parameters.check(ForestParams.class, "depth", value);
      Whole.require("depth", value);
    }
  }

  /// {@return the most cuts on a path, `Integer.MAX_VALUE` where there is no limit}
  default int most() {
    return switch (this) {
      case Auto _ -> Integer.MAX_VALUE;
      case Fixed(double value) -> (int) value;
    };
  }

  /// {@return no limit}
  static DepthLimit auto() {
    return new Auto();
  }

  /// A limit of one's own.
  ///
  /// @param value from 1 to 1,000,000
  /// @return the limit
  static DepthLimit of(double value) {
    return new Fixed(value);
  }
}
