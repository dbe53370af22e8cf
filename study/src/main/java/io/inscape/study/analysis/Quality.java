package io.inscape.study.analysis;

import java.util.List;

/// How good a layout is.
///
/// @param k neighbours that the neighborhood hit looks at
/// @param neighborhoodHit mean share of an observation's k nearest in the layout that have its
///   class, in [0, 1]
/// @param neighborhoodHitOwnSpace the same among the vectors that were projected
/// @param neighborhoodHitBaseline what a layout by chance would reach
/// @param neighborhoodHitPerClass of the layout, by class
/// @param trustworthiness of the layout, in [0, 1]
/// @param trustworthinessK neighbours that it looks at
public record Quality(
    int k,
    double neighborhoodHit,
    double neighborhoodHitOwnSpace,
    double neighborhoodHitBaseline,
    List<Double> neighborhoodHitPerClass,
    double trustworthiness,
    int trustworthinessK) {
  /// Copies the list.
  public Quality {
    neighborhoodHitPerClass = List.copyOf(neighborhoodHitPerClass);
  }
}
