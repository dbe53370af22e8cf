package io.inscape.quality;

/// Whether distances in the layout are those in the data, over all pairs of the sample.
///
/// With `D` the distances in the data and `d` those in the layout. Data without extent (`D = 0`
/// throughout) have stress 0 in a layout without extent, and 1 in any other.
///
/// @param rawStress `sum (D - d)^2 / sum D^2`: as the layout is, so only for methods that keep
///   distances in their unit
/// @param maxNormalizedStress the same after dividing both by their largest
/// @param scaleOptimalStress the same for the layout scaled as is best for it, in [0, 1]
/// @param randomStress scale-optimal stress that the layout gets on average if its points are dealt
///   out at random
/// @param shepardGoodness Spearman's rank correlation of `D` and `d`, in [-1, 1]; points placed at
///   random get 0
/// @param shepardPairs pairs that it stands on
public record DistanceQuality(
    double rawStress,
    double maxNormalizedStress,
    double scaleOptimalStress,
    double randomStress,
    double shepardGoodness,
    long shepardPairs) {

  /// {@return stress-1, the root of the scale-optimal stress}
  public double stress1() {
    return Math.sqrt(scaleOptimalStress);
  }
}
