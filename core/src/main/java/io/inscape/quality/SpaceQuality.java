package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A few figures of one space and of several layouts of it, at the price of one: the distances in
/// the space are computed once.
///
/// The figures are those of [LayoutQuality], to the last bit where both stand on all observations:
/// neighborhood hits of layouts on all observations, of the space on the sampled ones among all,
/// the rest on the sampled ones among themselves. In addition the class ratio: the mean distance of
/// pairs of different labels over the mean distance of pairs of one label, over all sampled pairs.
///
/// @param observations how many there are
/// @param sampled how many of them all pairs are compared of
/// @param k neighbours of the neighborhood hit; lower than asked for if there are too few
/// @param trustworthinessK neighbours of trustworthiness; 0 if there are too few for any
/// @param ownNeighborhoodHit in the space; null without labels
/// @param ownClassRatio in the space; null without labels, without pairs of both kinds, or where
///   all of one label are at one place but others are not
/// @param layouts figures of each layout
public record SpaceQuality(
    int observations,
    int sampled,
    int k,
    int trustworthinessK,
    @Nullable Double ownNeighborhoodHit,
    @Nullable Double ownClassRatio,
    List<LayoutFigures> layouts) {

  /// Copies the list.
  public SpaceQuality {
    layouts = List.copyOf(layouts);
  }

  /// Figures of one layout.
  ///
  /// @param neighborhoodHit from 0 to 1; null without labels
  /// @param classRatio 0 and up; null where that of a space is
  /// @param stress at the best scale, from 0 to 1
  /// @param trustworthiness from 0 to 1; 1 if there are too few observations
  public record LayoutFigures(
      @Nullable Double neighborhoodHit,
      @Nullable Double classRatio,
      double stress,
      double trustworthiness) {}

  /// Judges layouts.
  ///
  /// @param data rows = observations, in their own space; at least two
  /// @param layouts rows = the same observations, at least one layout
  /// @param labels one per observation, at least 0; empty if there are none; not modified
  /// @param params options
  /// @param workers do the arithmetic
  /// @return the figures
  /// @throws IllegalArgumentException if the counts do not fit, or a label is negative
  /// @throws CancellationException if the calling thread is interrupted
  public static SpaceQuality of(
      Matrix data,
      List<Matrix> layouts,
      Optional<int[]> labels,
      QualityParams params,
      Workers workers) {
    if (data.rows() < 2) {
      throw new IllegalArgumentException(
          "a space to be judged needs at least 2 observations, got " + data.rows());
    }
    for (Matrix layout : layouts) {
      if (layout.rows() != data.rows()) {
        throw new IllegalArgumentException(
            "the layout has " + layout.rows() + " observations but the data have " + data.rows());
      }
    }
    if (labels.isPresent() && labels.get().length != data.rows()) {
      throw new IllegalArgumentException(
          "there are " + labels.get().length + " labels for " + data.rows() + " observations");
    }
    labels.ifPresent(NeighborhoodHit::requireLabels);
    return new SpaceComparison(data, layouts, labels.orElse(null), params).compute(workers);
  }
}
