package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.StochasticMdsParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import java.util.concurrent.CancellationException;

/// How unlike the units of a layer are, by their activations over the observations: one less the
/// absolute correlation of every two units.
///
/// Dead units, constant over the observations, correlate with nothing: they are listed and have no
/// place in the table. Cost: observations x units^2 multiply-adds; holds two copies of the
/// activations and the table.
public final class NeuronDissimilarity {
  private static final String STAGE = "distances";
  private static final int MOST_POINTS = 4_000; // their number cubed is the cost of placing them

  private final int units;
  private final int[] live;
  private final int[] dead;
  private final Dissimilarities table;

  private NeuronDissimilarity(int units, int[] live, int[] dead, Dissimilarities table) {
    this.units = units;
    this.live = live;
    this.dead = dead;
    this.table = table;
  }

  /// Compares all live units.
  ///
  /// @param activations rows = observations, columns = units; at least one of each
  /// @param measure how two units are compared
  /// @param workers do the arithmetic
  /// @param progress hears the stage `distances`
  /// @return the dissimilarities
  /// @throws IllegalArgumentException if there is nothing to compare, every unit is dead, or more
  ///   than 20,000 live
  /// @throws CancellationException if the calling thread is interrupted
  public static NeuronDissimilarity of(
      Matrix activations, NeuronMeasure measure, Workers workers, Progress progress) {
    progress.report(STAGE, 0);
    Columns columns = Columns.of(activations, workers);
    int[] live = columns.live();
    if (live.length == 0) {
      throw new IllegalArgumentException(
          "a map of units needs at least 1 that varies, got "
              + columns.units()
              + " that are constant over the "
              + columns.observations()
              + " observations");
    }
    if (live.length > Dissimilarities.MOST) {
      throw new IllegalArgumentException(
          "all pairs fit in memory for at most "
              + Dissimilarities.MOST
              + " units, got "
              + live.length
              + " that vary; take one value per channel, or some of the columns");
    }
    UnitVectors vectors = UnitVectors.of(columns, live, measure, workers);
    progress.report(STAGE, 0.5);
    Dissimilarities table = Dissimilarities.ofRows(live.length, vectors::dissimilarities, workers);
    progress.report(STAGE, 1);
    return new NeuronDissimilarity(columns.units(), live, columns.dead(), table);
  }

  /// {@return the number of units, dead ones included}
  public int units() {
    return units;
  }

  /// {@return the units in the table, by rising number: row r of the table and of its layouts is
  /// unit `live()[r]`}
  public int[] live() {
    return live.clone();
  }

  /// {@return the units that are constant over the observations, by rising number}
  public int[] dead() {
    return dead.clone();
  }

  /// {@return the dissimilarities of the live units, each from 0 to 1}
  public Dissimilarities table() {
    return table;
  }

  /// Prepares a map of the live units: metric or classical MDS of the dissimilarities, or t-SNE or
  /// UMAP of points with the same neighbours.
  ///
  /// Those points have squared distances `2 (1 - r^2)`, which rise with the dissimilarity; finding
  /// them costs units^3 / 3.
  ///
  /// @param params method and options: `smacof`, `mds`, `tsne` or `umap`
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0; its rows are [#live]
  /// @throws IllegalArgumentException for another method, too few units for its options, or more
  ///   than 4,000 live ones for t-SNE and UMAP
  /// @throws CancellationException if the calling thread is interrupted
  public ProjectionRun start(ProjectionParams params, Workers workers, Progress progress) {
    return switch (params) {
      case SmacofParams _, MdsParams _ -> Projections.start(table, params, workers, progress);
      case TsneParams _, UmapParams _ -> {
        requireFew(params);
        progress.report("points", 0);
        yield Projections.start(UnitPoints.of(table, workers), params, workers, progress);
      }
      case PcaParams _, StochasticMdsParams _ ->
          throw new IllegalArgumentException(
              "units are laid out by smacof, mds, tsne or umap, got "
                  + params.method()
                  + ", which takes observations and no correlations");
    };
  }

  private void requireFew(ProjectionParams params) {
    if (live.length > MOST_POINTS) {
      throw new IllegalArgumentException(
          params.method()
              + " lays out at most "
              + MOST_POINTS
              + " units that vary, got "
              + live.length
              + "; take smacof, or some of the units");
    }
  }
}
