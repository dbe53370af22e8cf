package io.inscape.projection.params;

import io.inscape.parameter.Parameters;

/// The length of UMAP's descent.
public sealed interface Epochs {
  /// 500 for up to 10,000 observations, else 200.
  record Auto() implements Epochs {}

  /// A length of one's own.
  ///
  /// @param value a whole number from 1 to 100,000
  record Fixed(double value) implements Epochs {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if the value is out of range or not whole
    public Fixed {
      Parameters.check(UmapParams.class, "epochs", value);
      if (value != Math.rint(value)) {
        throw new IllegalArgumentException("epochs must be a whole number, got " + value);
      }
    }
  }

  /// {@return the automatic choice}
  static Epochs auto() {
    return new Auto();
  }

  /// A length of one's own.
  ///
  /// @param value from 1 to 100,000
  /// @return the length
  static Epochs of(int value) {
    return new Fixed(value);
  }
}
