package io.inscape.quality;

import java.util.List;

/// How well classes separate, in the layout and in the data's own space.
///
/// @param neighborhoodHit in the layout, mean over all observations
/// @param ownNeighborhoodHit the same among the data
/// @param randomNeighborhoodHit what points placed at random would get
/// @param perClass neighborhood hit in the layout by label; NaN for a label that none has
/// @param ownPerClass the same among the data
/// @param curve the neighborhood hit over numbers of neighbours, ascending
/// @param distanceConsistency share of observations whose nearest class centroid is their own's
/// @param centroids the same in the data's own space, and for labels dealt out at random
public record ClassQuality(
    double neighborhoodHit,
    double ownNeighborhoodHit,
    double randomNeighborhoodHit,
    List<Double> perClass,
    List<Double> ownPerClass,
    List<HitPoint> curve,
    double distanceConsistency,
    ConsistencyReference centroids) {
  /// Copies the lists.
  public ClassQuality {
    perClass = List.copyOf(perClass);
    ownPerClass = List.copyOf(ownPerClass);
    curve = List.copyOf(curve);
  }

  /// A point of the curve.
  ///
  /// @param k number of neighbours
  /// @param neighborhoodHit in the layout
  /// @param ownNeighborhoodHit among the data
  public record HitPoint(int k, double neighborhoodHit, double ownNeighborhoodHit) {}

  /// What a distance consistency is to be compared with.
  ///
  /// @param own in the data's own space
  /// @param random of the layout with the labels dealt out at random, one seeded deal
  public record ConsistencyReference(double own, double random) {}
}
