package io.inscape.evolution.params;

/// What the distances of an observation to the others' mean positions are to be.
public enum AlignmentTarget {
  /// The pair's mean distance over all layouts.
  MEAN_DISTANCE,

  /// The distance between the pair's mean positions.
  MEAN_POSITION,

  /// The mean over all steps of the pair's distance in the data, each step's largest being 1.
  ORIGINAL
}
