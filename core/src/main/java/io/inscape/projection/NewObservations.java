package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.params.PcaParams;
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
      Matrix data, PcaParams params, Matrix added, Workers workers, Progress progress) {
    progress.report("layout", 0);
    double[][] loadings = Pca.of(data, params.dimensions(), params.seed(), workers).loadings();
    double[] mean = SquaredDistances.columnMeans(data);
    float[] positions = new float[added.rows() * loadings.length];
    for (int row = 0; row < added.rows(); row++) {
      for (int component = 0; component < loadings.length; component++) {
        double sum = 0;
        for (int col = 0; col < mean.length; col++) {
          sum += (added.get(row, col) - mean[col]) * loadings[component][col];
        }
        positions[row * loadings.length + component] = (float) sum;
      }
    }
    progress.report("layout", 1);
    return Layout.of(Matrix.of(added.rows(), loadings.length, positions));
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
}
