package io.inscape.projection.params;

/// Where an iterative projection starts.
public enum InitialLayout {
  /// The principal components.
  PCA,

  /// Normal noise from the seed.
  RANDOM
}
