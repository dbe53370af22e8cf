package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.mds.Weights;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.StochasticMdsParams;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.params.UmapParams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// Projects observations into two or three dimensions.
///
/// The same data, parameters and seed give the same bytes on any number of threads.
public final class Projections {
  private static final List<ProjectionMethod> METHODS =
      List.of(
          new ProjectionMethod(
              "tsne",
              "t-SNE",
              "Keeps neighbours together. Distances between groups and the sizes of groups mean"
                  + " little.",
              TsneParams.class),
          new ProjectionMethod(
              "umap",
              "UMAP",
              "Keeps neighbours together and packs groups tightly. Distances between groups and the"
                  + " sizes of groups mean little.",
              UmapParams.class),
          new ProjectionMethod(
              "pca",
              "PCA",
              "Looks along the directions of largest variance. Linear: straight lines stay"
                  + " straight.",
              PcaParams.class),
          new ProjectionMethod(
              "mds",
              "Classical MDS",
              "Keeps scalar products. Linear: the principal components, for Euclidean distances.",
              MdsParams.class),
          new ProjectionMethod(
              "smacof",
              "Metric MDS",
              "Keeps distances, as well as a plane can: far means far. Compares all pairs, so for up"
                  + " to 20,000 observations.",
              SmacofParams.class),
          new ProjectionMethod(
              "smds",
              "Stochastic MDS",
              "Keeps distances like metric MDS, looking at some pairs at a time: for any number of"
                  + " observations.",
              StochasticMdsParams.class));

  private Projections() {}

  /// {@return the methods there are}
  public static List<ProjectionMethod> methods() {
    return METHODS;
  }

  /// A method by its name.
  ///
  /// @param name such as `tsne`
  /// @return the method
  /// @throws IllegalArgumentException if there is none of this name
  public static ProjectionMethod method(String name) {
    for (ProjectionMethod method : METHODS) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "no projection method "
            + name
            + "; there are "
            + String.join(", ", METHODS.stream().map(ProjectionMethod::name).toList()));
  }

  /// Prepares a projection: all that comes before the first iteration.
  ///
  /// @param data rows = observations, columns = units; at least one of each
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if the data are too few for the options
  /// @throws CancellationException if the calling thread is interrupted
  public static ProjectionRun start(
      Matrix data, ProjectionParams params, Workers workers, Progress progress) {
    requireData(data);
    return switch (params) {
      case PcaParams pca ->
          immediate(
              () -> Layout.of(Pca.of(data, pca.dimensions(), pca.seed(), workers).scores()),
              Map.of(),
              progress);
      case TsneParams tsne -> TsneRun.start(data, tsne, workers, progress);
      case UmapParams umap -> UmapRun.start(data, umap, null, workers, progress);
      case MdsParams mds ->
          immediate(
              () -> ClassicalMds.of(data, mds.dimensions(), mds.seed(), workers),
              Map.of("way", "principal components"),
              progress);
      case SmacofParams smacof -> SmacofRun.start(data, smacof, workers, progress);
      case StochasticMdsParams smds -> StochasticMdsRun.start(data, smds, workers, progress);
    };
  }

  /// Prepares a projection of given dissimilarities instead of data: classical or metric MDS.
  ///
  /// @param table dissimilarities of at least one observation
  /// @param params method and options; `mds` or `smacof`
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if the method needs data
  /// @throws CancellationException if the calling thread is interrupted
  public static ProjectionRun start(
      Dissimilarities table, ProjectionParams params, Workers workers, Progress progress) {
    return switch (params) {
      case MdsParams mds ->
          immediate(
              () -> ClassicalMds.of(table, mds.dimensions(), mds.seed(), workers),
              Map.of("way", "scalar products"),
              progress);
      case SmacofParams smacof -> SmacofRun.start(table, smacof, workers, progress);
      case PcaParams _, TsneParams _, StochasticMdsParams _, UmapParams _ ->
          throw new IllegalArgumentException(
              "dissimilarities can be laid out by mds and smacof, got "
                  + params.method()
                  + ", which needs the data");
    };
  }

  /// Prepares a t-SNE that starts from a given layout instead of the principal components.
  ///
  /// @param data rows = observations, columns = units; at least one of each
  /// @param params options; the seed has no effect, for the layout is taken as it is
  /// @param initial one position per observation, with the dimensions that `params` asks for
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if the data are too few for the options, or the layout does
  ///   not fit them
  /// @throws CancellationException if the calling thread is interrupted
  public static ProjectionRun startFrom(
      Matrix data, TsneParams params, Layout initial, Workers workers, Progress progress) {
    requireData(data);
    return TsneRun.startFrom(data, params, initial, workers, progress);
  }

  /// Prepares a UMAP that keeps observations of one label together.
  ///
  /// @param data rows = observations, columns = units; at least one of each
  /// @param params options
  /// @param target the labels
  /// @param workers do the arithmetic
  /// @param progress hears of the stages before the first iteration
  /// @return the run, at iteration 0
  /// @throws IllegalArgumentException if the data are too few for the options, or the labels are
  ///   not one per observation
  /// @throws CancellationException if the calling thread is interrupted
  public static ProjectionRun startSupervised(
      Matrix data, UmapParams params, UmapTarget target, Workers workers, Progress progress) {
    requireData(data);
    return UmapRun.start(data, params, target, workers, progress);
  }

  /// Projects: starts, and steps until done.
  ///
  /// An interrupt ends the iterations early and the layout so far is returned; the thread's
  /// interrupt flag stays set.
  ///
  /// @param data rows = observations, columns = units; at least one of each
  /// @param params method and options
  /// @param workers do the arithmetic
  /// @param progress hears of every stage and iteration
  /// @return the layout
  /// @throws IllegalArgumentException if the data are too few for the options
  /// @throws CancellationException if the calling thread is interrupted before the first iteration
  public static Layout fit(
      Matrix data, ProjectionParams params, Workers workers, Progress progress) {
    ProjectionRun run = start(data, params, workers, progress);
    try {
      while (!run.done()) {
        run.step(1);
        progress.report("layout", (double) run.iteration() / run.iterations());
      }
    } catch (CancellationException stopped) {
      if (!Thread.currentThread().isInterrupted()) {
        throw stopped; // somebody else's, thrown by the progress listener
      }
    }
    return run.layout();
  }

  /// Places new observations into an existing layout, which stays as it is.
  ///
  /// t-SNE starts each at the median of its 25 nearest neighbours, UMAP at the mean of its own, and
  /// lets it descend on its own; PCA and classical MDS take Gower's formula, which projects onto
  /// the same components; metric and stochastic MDS majorise the stress of each new position.
  ///
  /// @param data what the layout is of, rows = observations
  /// @param layout of the data
  /// @param params of the layout
  /// @param added rows = new observations, with the columns of the data
  /// @param workers do the arithmetic
  /// @param progress hears of the stages
  /// @return positions of the new observations
  /// @throws IllegalArgumentException if sizes do not fit
  /// @throws CancellationException if the calling thread is interrupted
  public static Layout place(
      Matrix data,
      Layout layout,
      ProjectionParams params,
      Matrix added,
      Workers workers,
      Progress progress) {
    requireData(data);
    requireData(added);
    NewObservations.requireFit(data, layout, added);
    return switch (params) {
      case TsneParams tsne -> NewObservations.place(data, layout, tsne, added, workers, progress);
      case UmapParams umap -> UmapRun.place(data, layout, umap, added, workers, progress);
      case PcaParams _, MdsParams _ ->
          NewObservations.place(data, layout, added, workers, progress);
      case SmacofParams smacof ->
          NewObservations.place(data, layout, smacof.weights(), added, workers, progress);
      case StochasticMdsParams _ ->
          NewObservations.place(data, layout, Weights.UNIFORM, added, workers, progress);
    };
  }

  private static ProjectionRun immediate(
      Supplier<Layout> method, Map<String, Object> details, Progress progress) {
    progress.report("start", 0);
    Layout layout = method.get();
    progress.report("start", 1);
    return new ImmediateRun(layout, details);
  }

  private static void requireData(Matrix data) {
    if (data.rows() < 1 || data.cols() < 1) {
      throw new IllegalArgumentException(
          "a projection needs at least 1 observation and 1 column, got "
              + data.rows()
              + " x "
              + data.cols());
    }
  }
}
