package io.inscape.network;

import java.util.List;
import java.util.Locale;

/// The networks of the papers.
public enum Architecture {
  /// Four fully connected hidden layers of 1,000 units.
  MLP,
  /// The first hidden layer of [#MLP] only.
  RMLP,
  /// Two blocks of two 3 x 3 convolutions and a maximum pool, then fully connected layers of 4,096
  /// and 512 units.
  CNN;

  /// {@return the papers' dropout ratio of each place that has dropout, from input to output}
  public List<Double> dropout() {
    return switch (this) {
      case MLP -> List.of(0.2, 0.3, 0.4, 0.5);
      case RMLP -> List.of(0.2);
      case CNN -> List.of(0.25, 0.25, 0.5);
    };
  }

  /// {@return the name for people: `mlp`, `rmlp`, `cnn`}
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
