package io.inscape.evolution.trails;

/// Whether the way in which trails run matters.
public enum Direction {
  /// Trails that run opposite ways share a bundle.
  MIXED,

  /// Trails attract those that run the same way only, and keep to their right: opposite ways lie
  /// side by side.
  SEPARATED
}
