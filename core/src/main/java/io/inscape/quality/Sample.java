package io.inscape.quality;

import io.inscape.parameter.Parameters;

/// On how many observations the measures that compare all pairs stand.
public sealed interface Sample {
  /// The most observations that the automatic choice compares.
  int AUTOMATIC = 5000;

  /// All of them up to 5,000, above that 5,000 drawn at random.
  record Auto() implements Sample {}

  /// A number of one's own; all of them if there are no more.
  ///
  /// @param observations a whole number, from 10 to 20,000
  record Fixed(double observations) implements Sample {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if the number is out of range or not whole
    public Fixed {
      Parameters.check(QualityParams.class, "sample", observations);
      if (observations != Math.rint(observations)) {
        throw new IllegalArgumentException(
            "sample must be a whole number of observations, got " + observations);
      }
    }
  }

  /// {@return the automatic choice}
  static Sample auto() {
    return new Auto();
  }

  /// A number of one's own.
  ///
  /// @param observations from 10 to 20,000
  /// @return the sample
  /// @throws IllegalArgumentException if the number is out of range
  static Sample of(int observations) {
    return new Fixed(observations);
  }

  /// How many observations are compared.
  ///
  /// @param observations how many there are
  /// @return at most as many
  default int size(int observations) {
    return switch (this) {
      case Auto _ -> Math.min(observations, AUTOMATIC);
      case Fixed(double most) -> (int) Math.min(observations, most);
    };
  }
}
