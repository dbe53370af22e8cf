package io.inscape.neuron;

import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.ProjectionParams;
import java.util.List;
import java.util.concurrent.CancellationException;

/// The live units of a layer in the plane, by how alike they are.
///
/// @param units which of them live, and how unlike they are
/// @param layout rows = live units
/// @param stress stress-1 of the layout against the dissimilarities, from 0 to 1
public record NeuronMap(NeuronDissimilarity units, Layout layout, double stress) {
  /// The names of the methods that lay units out, the usual one first.
  public static final List<String> METHODS = List.of("smacof", "mds", "tsne", "umap");

  private static final int ROWS_PER_CHUNK = 64;

  /// A method that lays units out, by its name.
  ///
  /// @param name one of [#METHODS]
  /// @return the method
  /// @throws IllegalArgumentException if units cannot be laid out by it
  public static ProjectionMethod method(String name) {
    if (!METHODS.contains(name)) {
      throw new IllegalArgumentException(
          "units are laid out by " + String.join(", ", METHODS) + ", got " + name);
    }
    return Projections.method(name);
  }

  /// Lays units out.
  ///
  /// @param units their dissimilarities
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears the stages before the first iteration and `layout`
  /// @return the map
  /// @throws IllegalArgumentException as [NeuronDissimilarity#start] has it
  /// @throws CancellationException if the calling thread is interrupted
  public static NeuronMap of(
      NeuronDissimilarity units, ProjectionParams params, Workers workers, Progress progress) {
    ProjectionRun run = units.start(params, workers, progress);
    while (!run.done()) {
      run.step(1);
      progress.report("layout", (double) run.iteration() / run.iterations());
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
    }
    Layout layout = run.layout();
    return new NeuronMap(units, layout, stress(units.table(), layout, workers));
  }

  /// How far a layout, scaled as is best for it, is from dissimilarities: the root of `sum (D -
  /// d)^2 / sum D^2` over all pairs.
  ///
  /// @param table dissimilarities D
  /// @param layout one point for each row of the table
  /// @param workers do the arithmetic
  /// @return from 0 to 1; 0 where there is nothing to keep
  public static double stress(Dissimilarities table, Layout layout, Workers workers) {
    int count = table.count();
    int dimensions = layout.dimensions();
    float[] position = layout.toArray();
    int chunks = Math.ceilDiv(count, ROWS_PER_CHUNK);
    double[] sums = new double[3 * chunks]; // [chunk * 3], of D^2, D d and d^2
    workers.forEachChunk(
        count,
        ROWS_PER_CHUNK,
        (chunk, from, to) -> {
          for (int row = from; row < to; row++) {
            for (int col = 0; col < row; col++) {
              double wanted = table.get(row, col);
              double squared = 0;
              for (int dim = 0; dim < dimensions; dim++) {
                double way =
                    (double) position[row * dimensions + dim] - position[col * dimensions + dim];
                squared += way * way;
              }
              sums[3 * chunk] += wanted * wanted;
              sums[3 * chunk + 1] += wanted * Math.sqrt(squared);
              sums[3 * chunk + 2] += squared;
            }
          }
        });
    double given = 0;
    double both = 0;
    double laidOut = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      given += sums[3 * chunk];
      both += sums[3 * chunk + 1];
      laidOut += sums[3 * chunk + 2];
    }
    if (given == 0) {
      return 0;
    }
    return laidOut == 0 ? 1 : Math.sqrt(Math.max(0, 1 - both * both / (given * laidOut)));
  }
}
