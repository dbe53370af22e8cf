package io.inscape.evolution.params;

/// How layouts made one by one are turned towards each other.
public enum Orientation {
  /// Each layout as it came out.
  AS_IS,

  /// Each layout rotated, reflected and moved onto the one before, as near as that brings it; no
  /// distance changes.
  PROCRUSTES
}
