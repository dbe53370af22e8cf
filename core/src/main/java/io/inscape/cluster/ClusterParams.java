package io.inscape.cluster;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// When points of a layout count as several clusters.
///
/// @param share the least share of the points that a cluster has
/// @param gap how many times wider than the usual distance between neighbours the gap between two
///   clusters must be
/// @param most how many points are compared pair by pair; of more, so many are drawn with the seed,
///   and the others belong where their nearest one does
/// @param seed of the draw; any value
public record ClusterParams(
    @Option(
            value =
                "The least share of a class that counts as a cluster; what is smaller is left over.",
            min = .01,
            max = .5)
        double share,
    @Option(
            value =
                "How many times wider than the usual distance between neighbours the gap between two"
                    + " clusters must be.",
            min = 1,
            max = 100)
        double gap,
    @Option(
            value = "How many observations of a class are compared pair by pair; of more, so many.",
            min = 20,
            max = 20_000,
            unit = "observations")
        int most,
    @Option("Seed of the choice of those, and of the permutations.") long seed) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ClusterParams {
    Parameters.check(ClusterParams.class, "share", share);
    Parameters.check(ClusterParams.class, "gap", gap);
    Parameters.check(ClusterParams.class, "most", most);
  }

  /// {@return at least 15 % of the points, gaps of twice the usual distance, at most 4,000 points
  /// compared, seed 0}
  public static ClusterParams defaults() {
    return new ClusterParams(.15, 2, 4000, 0);
  }

  /// A copy with another least share.
  ///
  /// @param changed from .01 to .5
  /// @return the copy
  public ClusterParams withShare(double changed) {
    return new ClusterParams(changed, gap, most, seed);
  }

  /// A copy with another gap.
  ///
  /// @param changed from 1 to 100
  /// @return the copy
  public ClusterParams withGap(double changed) {
    return new ClusterParams(share, changed, most, seed);
  }

  /// A copy that compares another number of points.
  ///
  /// @param changed from 20 to 20,000
  /// @return the copy
  public ClusterParams withMost(int changed) {
    return new ClusterParams(share, gap, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public ClusterParams withSeed(long changed) {
    return new ClusterParams(share, gap, most, changed);
  }
}
