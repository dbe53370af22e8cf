package io.inscape.evolution.trails;

/// Which trails attract each other.
public enum Grouping {
  /// All trails, whatever their class.
  ALL,

  /// Only trails of the same class; a class is bundled as if it were alone.
  CLASS
}
