package io.inscape.evolution;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.evolution.params.StepMethod;
import io.inscape.evolution.params.StepScale;
import io.inscape.evolution.params.VffParams;
import io.inscape.evolution.vff.LocalMap;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.TsneParams;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Places new observations into one step of a finished sequence of layouts, which stays as it is.
///
/// Visual Feature Fusion: as it places those beyond its sample, by the eight of the sample that are
/// nearest ([LocalMap]). Methods on t-SNE, and independent layouts: as the step's own method places
/// into a layout of its own; principal components that were turned, by Gower's formula, which turns
/// with them. Each step is placed by itself: a trail of a new observation is not pulled towards
/// itself as those of the layout are.
public final class SequencePlacement {
  private final AlignmentParams params;
  private final Workers workers;

  /// Places into sequences that were laid out with given options.
  ///
  /// @param params method and options of the sequence
  /// @param workers do the arithmetic
  public SequencePlacement(AlignmentParams params, Workers workers) {
    this.params = params;
    this.workers = workers;
  }

  /// What one step's positions are measured in, which takes a pass over all pairs of the sample. It
  /// is the same for any number of new observations, so it should be asked for once.
  ///
  /// @param step the vectors of the step, rows = observations
  /// @return the largest distance within the sample of Visual Feature Fusion, in the unit of the
  ///   data; 0 for other methods, which need none
  public double unit(Matrix step) {
    if (!(params instanceof VffParams vff)) {
      return 0;
    }
    Split split = Split.draw(step.rows(), vff.sample(), vff.seed());
    Dissimilarities table = Dissimilarities.euclidean(step.selectRows(split.sample()), workers);
    return table.largestKept() * table.scale();
  }

  /// The unit to place a step with.
  ///
  /// @param units what [#unit] said of every step
  /// @param t in [0, steps)
  /// @return that of the step, or the largest where all steps have one scale
  public double unit(double[] units, int t) {
    boolean common = params instanceof VffParams vff && vff.scale() == StepScale.COMMON;
    return common ? Arrays.stream(units).max().orElse(0) : units[t];
  }

  /// Places.
  ///
  /// @param step the vectors of the step, rows = observations
  /// @param layout of the step
  /// @param scale what [#unit(double\[\], int)] says
  /// @param added rows = new observations, with the columns of the step
  /// @return their positions
  /// @throws IllegalArgumentException if sizes do not fit
  public Layout place(Matrix step, Layout layout, double scale, Matrix added) {
    return switch (params) {
      case VffParams vff -> follow(step, layout, vff, scale, added);
      case DynamicTsneParams dtsne -> tsne(step, layout, dtsne.perplexity(), added);
      case ChainedParams chained -> tsne(step, layout, chained.perplexity(), added);
      case JointParams joint -> tsne(step, layout, joint.perplexity(), added);
      case IndependentParams independent ->
          project(
              step,
              layout,
              independent.projection() == StepMethod.PCA
                  ? MdsParams.defaults()
                  : IndependentRun.of(independent),
              added);
    };
  }

  private Layout tsne(Matrix step, Layout layout, double perplexity, Matrix added) {
    return project(step, layout, TsneParams.defaults().withPerplexity(perplexity), added);
  }

  private Layout project(Matrix step, Layout layout, ProjectionParams method, Matrix added) {
    return Projections.place(step, layout, method, added, workers, Progress.none());
  }

  /// Those of the sample that some new observation follows are enough: the others are never asked
  /// for.
  private Layout follow(Matrix step, Layout layout, VffParams vff, double scale, Matrix added) {
    int[] sample = Split.draw(step.rows(), vff.sample(), vff.seed()).sample();
    Matrix known = step.selectRows(sample);
    int k = Math.min(LocalMap.NEIGHBORS, sample.length);
    Neighbors found = ExactNeighbors.search(known, added, k, Metric.EUCLIDEAN, workers);
    int[] followed =
        IntStream.range(0, added.rows() * k)
            .map(at -> found.index(at / k, at % k))
            .sorted()
            .distinct()
            .toArray();
    Matrix leaders = known.selectRows(followed);
    int count = followed.length;
    Matrix both = joined(leaders, added);
    LocalMap map =
        LocalMap.of(
            both,
            IntStream.range(0, count).toArray(),
            IntStream.range(count, both.rows()).toArray(),
            Dissimilarities.euclidean(leaders, workers),
            workers);
    float[] positions = new float[2 * count];
    for (int i = 0; i < count; i++) {
      positions[2 * i] = layout.positions().get(sample[followed[i]], 0);
      positions[2 * i + 1] = layout.positions().get(sample[followed[i]], 1);
    }
    double used = scale > 0 ? scale : 1; // a step that tells nobody apart has no distances
    return Layout.of(Matrix.of(added.rows(), 2, map.place(positions, used, workers)));
  }

  private static Matrix joined(Matrix first, Matrix second) {
    return Matrix.filled(
        first.rows() + second.rows(),
        first.cols(),
        target -> {
          float[] values = second.toArray();
          System.arraycopy(first.toArray(), 0, target, 0, first.rows() * first.cols());
          System.arraycopy(values, 0, target, first.rows() * first.cols(), values.length);
        });
  }
}
