package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// How far to trust a layout: all measures, each beside what the data's own space and a random
/// layout get.
///
/// The formulas are in `docs/methods/quality.md`. Neighborhood hit and distance consistency of the
/// layout stand on all observations; what compares all pairs stands on a sample, of all
/// observations if there are few enough, see [Sample]. Equal distances are ordered by observation
/// number. The same input gives the same bits on any number of threads. Costs s^2 times the columns
/// for a sample of s, and memory for s^2 / 2 pairs.
///
/// No figure is NaN but those of a label that none has: with too few observations for a measure, it
/// has the value of a perfect layout.
///
/// @param observations how many there are
/// @param sampled how many of them all pairs are compared of
/// @param k neighbours of the neighborhood hit; lower than asked for if there are too few
/// @param classes figures that need labels; empty without
/// @param neighbors whether neighbours stay neighbours
/// @param distances whether distances stay distances
/// @param perObservation columns of one value per observation: `neighborhoodHit` (if there are
///   labels), `trustworthiness`, `continuity`, `neighborhoodPreservation`, `stress`; those outside
///   the sample are compared with the sampled ones; not to be modified
public record LayoutQuality(
    int observations,
    int sampled,
    int k,
    Optional<ClassQuality> classes,
    NeighborQuality neighbors,
    DistanceQuality distances,
    Map<String, float[]> perObservation) {

  /// Judges a layout.
  ///
  /// @param data rows = observations, in their own space; at least one
  /// @param layout rows = the same observations
  /// @param labels one per observation, at least 0; empty if there are none; not modified
  /// @param params options
  /// @param workers do the arithmetic
  /// @param progress hears of the stage `quality`
  /// @return all measures
  /// @throws IllegalArgumentException if the counts do not fit, or a label is negative
  /// @throws CancellationException if the calling thread is interrupted
  public static LayoutQuality of(
      Matrix data,
      Matrix layout,
      Optional<int[]> labels,
      QualityParams params,
      Workers workers,
      Progress progress) {
    return new QualityComputation(data, layout, labels, params, workers, progress).compute();
  }

  /// {@return whether all pairs of all observations are compared}
  public boolean exact() {
    return sampled == observations;
  }

  /// All figures under flat names, as the faces show and keep them; without the columns.
  ///
  /// @return names to numbers, booleans, and lists of them; a label that none has is `null` in the
  ///   lists by class
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("observations", observations);
    map.put("sampled", sampled);
    map.put("exact", exact());
    classes.ifPresent(found -> putClasses(found, map));
    map.put("trustworthinessK", neighbors.k());
    map.put("trustworthiness", neighbors.trustworthiness());
    map.put("continuity", neighbors.continuity());
    map.put("randomTrustworthiness", neighbors.randomRank());
    map.put("randomContinuity", neighbors.randomRank());
    map.put("neighborhoodPreservation", neighbors.preservation());
    map.put("randomNeighborhoodPreservation", neighbors.randomPreservation());
    map.put("rawStress", distances.rawStress());
    map.put("maxNormalizedStress", distances.maxNormalizedStress());
    map.put("scaleOptimalStress", distances.scaleOptimalStress());
    map.put("stress1", distances.stress1());
    map.put("randomScaleOptimalStress", distances.randomStress());
    map.put("shepardGoodness", distances.shepardGoodness());
    map.put("randomShepardGoodness", 0.0);
    map.put("shepardPairs", distances.shepardPairs());
    return map;
  }

  private void putClasses(ClassQuality found, Map<String, Object> map) {
    map.put("k", k);
    map.put("neighborhoodHit", found.neighborhoodHit());
    map.put("ownNeighborhoodHit", found.ownNeighborhoodHit());
    map.put("baseline", found.randomNeighborhoodHit());
    map.put("neighborhoodHitPerClass", withoutNan(found.perClass()));
    map.put("ownNeighborhoodHitPerClass", withoutNan(found.ownPerClass()));
    List<Map<String, Object>> curve = new ArrayList<>();
    for (ClassQuality.HitPoint point : found.curve()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("k", point.k());
      entry.put("neighborhoodHit", point.neighborhoodHit());
      entry.put("ownNeighborhoodHit", point.ownNeighborhoodHit());
      curve.add(entry);
    }
    map.put("neighborhoodHitCurve", curve);
    map.put("distanceConsistency", found.distanceConsistency());
    map.put("ownDistanceConsistency", found.centroids().own());
    map.put("randomDistanceConsistency", found.centroids().random());
  }

  private static List<Object> withoutNan(List<Double> values) {
    List<Object> list = new ArrayList<>();
    for (double value : values) {
      list.add(Double.isNaN(value) ? null : (Object) value);
    }
    return list;
  }
}
