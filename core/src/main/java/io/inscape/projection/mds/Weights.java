package io.inscape.projection.mds;

/// How much each pair of observations counts in the stress.
public enum Weights {
  /// All alike: large distances decide the layout.
  UNIFORM,

  /// One over the dissimilarity, as in Sammon's mapping: small distances count more. Those below a
  /// thousandth of the mean count as that.
  SAMMON
}
