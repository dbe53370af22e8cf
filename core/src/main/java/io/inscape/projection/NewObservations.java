package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.mds.MdsPlacement;
import io.inscape.projection.mds.Weights;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.tsne.Placement;

/// Puts new observations into existing layouts.
final class NewObservations {
  private NewObservations() {}

  static void requireFit(Matrix data, Layout layout, Matrix added) {
    if (layout.observations() != data.rows()) {
      throw new IllegalArgumentException(
          "the layout has "
              + layout.observations()
              + " observations but the data have "
              + data.rows()
              + "; give the data that the layout was made of");
    }
    if (added.cols() != data.cols()) {
      throw new IllegalArgumentException(
          "the new observations have "
              + added.cols()
              + " columns but the data of the layout have "
              + data.cols()
              + "; both must be of the same space");
    }
  }

  static Layout place(
      Matrix data,
      Layout layout,
      TsneParams params,
      Matrix added,
      Workers workers,
      Progress progress) {
    progress.report("neighbors", 0);
    int k = Math.min(data.rows(), Placement.NEIGHBORS);
    Neighbors neighbors = ExactNeighbors.search(data, added, k, params.metric(), workers);
    progress.report("neighbors", 1);
    progress.report("layout", 0);
    float[] positions =
        Placement.place(
            layout.toArray(),
            layout.dimensions(),
            neighbors,
            params.forces().degreesOfFreedom(),
            workers);
    progress.report("layout", 1);
    return Layout.of(Matrix.of(added.rows(), layout.dimensions(), positions));
  }

  /// By Gower's formula: onto the components of PCA and classical scaling, turned or not.
  static Layout place(
      Matrix data, Layout layout, Matrix added, Workers workers, Progress progress) {
    progress.report("layout", 0);
    int dimensions = layout.dimensions();
    float[] positions = MdsPlacement.gower(data, layout.toArray(), dimensions, added, workers);
    progress.report("layout", 1);
    return Layout.of(Matrix.of(added.rows(), dimensions, positions));
  }

  /// Where the distances fit best, as metric MDS has it.
  static Layout place(
      Matrix data,
      Layout layout,
      Weights weights,
      Matrix added,
      Workers workers,
      Progress progress) {
    progress.report("layout", 0);
    int dimensions = layout.dimensions();
    float[] positions =
        MdsPlacement.majorise(data, layout.toArray(), dimensions, weights, added, workers);
    progress.report("layout", 1);
    return Layout.of(Matrix.of(added.rows(), dimensions, positions));
  }
}
