package io.inscape.projection.params;

import io.inscape.neighbors.Metric;
import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of UMAP.
///
/// @param dimensions dimensions of the layout, 2 or 3
/// @param neighbors size of the neighbourhoods, the observation itself included, from 3 to 1,000
///   and at most the number of observations
/// @param minDist how close points of the layout may lie, from 0 to the spread
/// @param epochs length of the descent
/// @param start where the descent starts
/// @param tuning the finer options
/// @param metric what distance between observations means
/// @param seed of every random choice
public record UmapParams(
    @Option(value = "Dimensions of the layout.", min = 2, max = 3) int dimensions,
    @Option(
            value =
                "Size of the neighbourhoods that are kept together, each observation counted in its"
                    + " own; small shows detail, large the whole.",
            min = 3,
            max = 1000)
        int neighbors,
    @Option(
            value = "How close points of the layout may lie; small packs groups tightly.",
            min = 0,
            max = 100)
        double minDist,
    @Option(
            value =
                "Length of the descent; auto is 500 epochs for up to 10,000 observations, else 200.",
            min = 1,
            max = 100_000,
            unit = "epochs")
        Epochs epochs,
    @Option("Where the descent starts.") UmapStart start,
    UmapTuning tuning,
    @Option("What distance between observations means.") Metric metric,
    @Option("Seed of the random choices of start and descent.") long seed)
    implements ProjectionParams {
  private static final int SMALL = 10_000; // observations
  private static final int MANY_EPOCHS = 500;
  private static final int FEW_EPOCHS = 200;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public UmapParams {
    Parameters.check(UmapParams.class, "dimensions", dimensions);
    Parameters.check(UmapParams.class, "neighbors", neighbors);
    Parameters.check(UmapParams.class, "minDist", minDist);
    if (!(minDist <= tuning.spread())) {
      throw new IllegalArgumentException(
          "minDist must be at most the spread, "
              + tuning.spread()
              + ", got "
              + minDist
              + "; raise tuning.spread with it");
    }
  }

  /// {@return two dimensions, 15 neighbours, least distance 0.1, automatic length, spectral start,
  /// Euclidean, seed 0}
  public static UmapParams defaults() {
    return new UmapParams(
        2, 15, 0.1, Epochs.auto(), UmapStart.SPECTRAL, UmapTuning.defaults(), Metric.EUCLIDEAN, 0);
  }

  /// A copy with another number of dimensions.
  ///
  /// @param changed 2 or 3
  /// @return the copy
  public UmapParams withDimensions(int changed) {
    return new UmapParams(changed, neighbors, minDist, epochs, start, tuning, metric, seed);
  }

  /// A copy with neighbourhoods of another size.
  ///
  /// @param changed from 3 to 1,000
  /// @return the copy
  public UmapParams withNeighbors(int changed) {
    return new UmapParams(dimensions, changed, minDist, epochs, start, tuning, metric, seed);
  }

  /// A copy with another least distance.
  ///
  /// @param changed from 0 to the spread
  /// @return the copy
  public UmapParams withMinDist(double changed) {
    return new UmapParams(dimensions, neighbors, changed, epochs, start, tuning, metric, seed);
  }

  /// A copy with another length.
  ///
  /// @param changed the length
  /// @return the copy
  public UmapParams withEpochs(Epochs changed) {
    return new UmapParams(dimensions, neighbors, minDist, changed, start, tuning, metric, seed);
  }

  /// A copy with another start.
  ///
  /// @param changed the start
  /// @return the copy
  public UmapParams withStart(UmapStart changed) {
    return new UmapParams(dimensions, neighbors, minDist, epochs, changed, tuning, metric, seed);
  }

  /// A copy with other finer options.
  ///
  /// @param changed the finer options
  /// @return the copy
  public UmapParams withTuning(UmapTuning changed) {
    return new UmapParams(dimensions, neighbors, minDist, epochs, start, changed, metric, seed);
  }

  /// A copy with another metric.
  ///
  /// @param changed the metric
  /// @return the copy
  public UmapParams withMetric(Metric changed) {
    return new UmapParams(dimensions, neighbors, minDist, epochs, start, tuning, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public UmapParams withSeed(long changed) {
    return new UmapParams(dimensions, neighbors, minDist, epochs, start, tuning, metric, changed);
  }

  @Override
  public String method() {
    return "umap";
  }

  /// The length of the descent for a number of observations.
  ///
  /// @param observations how many there are
  /// @return the number of epochs
  public int epochs(int observations) {
    return switch (epochs) {
      case Epochs.Auto _ -> observations <= SMALL ? MANY_EPOCHS : FEW_EPOCHS;
      case Epochs.Fixed(double value) -> (int) value;
    };
  }
}
