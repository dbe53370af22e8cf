package io.inscape.projection;

/// Where an iterative projection starts.
public enum InitialLayout {
  /// The principal components.
  PCA,

  /// Normal noise from the seed.
  RANDOM
}
