package io.inscape.projection.params;

import io.inscape.parameter.Parameters;

/// The step size of t-SNE's descent, for the gradient without its factor 4.
///
/// scikit-learn keeps the factor, so its learning rate is a quarter of this one.
public sealed interface LearningRate {
  /// Chosen from the number of observations: their number over the exaggeration, at least 200.
  record Auto() implements LearningRate {}

  /// A step size of one's own.
  ///
  /// @param value above 0, at most 100,000
  record Fixed(double value) implements LearningRate {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if the value is out of range
    public Fixed {
      Parameters.check(TsneParams.class, "learningRate", value);
    }
  }

  /// The least that is chosen automatically.
  double LEAST_AUTO = 200;

  /// The step size for a number of observations.
  ///
  /// @param observations how many there are
  /// @param exaggeration factor on the attraction in the first phase
  /// @return above 0
  default double of(int observations, double exaggeration) {
    return switch (this) {
      case Auto _ -> Math.max(LEAST_AUTO, observations / exaggeration);
      case Fixed(double value) -> value;
    };
  }

  /// {@return the automatic choice}
  static LearningRate auto() {
    return new Auto();
  }

  /// A step size of one's own.
  ///
  /// @param value above 0, at most 100,000
  /// @return the learning rate
  static LearningRate of(double value) {
    return new Fixed(value);
  }
}
