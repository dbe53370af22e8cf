package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.NeighborSearch;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.params.Epochs;
import io.inscape.projection.params.UmapParams;
import io.inscape.projection.params.UmapTuning;
import io.inscape.projection.umap.DescentSettings;
import io.inscape.projection.umap.FuzzyGraph;
import io.inscape.projection.umap.MembershipCurve;
import io.inscape.projection.umap.StartLayout;
import io.inscape.projection.umap.UmapDescent;
import io.inscape.projection.umap.UmapPlacement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// UMAP as a run; an iteration is an epoch. See `docs/methods/umap.md`.
final class UmapRun implements ProjectionRun {
  private static final int PLACING_EPOCHS = 100; // as umap-learn for up to 10,000 new observations
  private static final int PLACING_SHARE = 3; // a third of epochs that were asked for

  private final UmapDescent descent;
  private final int dimensions;
  private final int epochs;
  private final Map<String, Object> details;

  private UmapRun(UmapDescent descent, int dimensions, int epochs, Map<String, Object> details) {
    this.descent = descent;
    this.dimensions = dimensions;
    this.epochs = epochs;
    this.details = Map.copyOf(details);
  }

  /// @param target labels for the supervised variant; null for none
  static UmapRun start(
      Matrix data,
      UmapParams params,
      @Nullable UmapTarget target,
      Workers workers,
      Progress progress) {
    requireEnough(data, params);
    int[] labels = target == null ? new int[0] : target.labels(data.rows());
    Neighbors neighbors =
        NeighborSearch.find(
            data, params.neighbors() - 1, params.metric(), params.seed(), workers, progress);
    progress.report("affinities", 0);
    UmapTuning tuning = params.tuning();
    FuzzyGraph graph =
        FuzzyGraph.of(neighbors, tuning.localConnectivity(), tuning.setOpMix(), workers);
    if (target != null) {
      graph = graph.withLabels(labels, target.weight());
    }
    progress.report("start", 0);
    StartLayout start = start(data, graph, params, workers);
    MembershipCurve curve = MembershipCurve.fit(params.minDist(), tuning.spread());
    int epochs = params.epochs(data.rows());
    UmapDescent descent =
        new UmapDescent(graph, curve, start.positions(), settings(params, epochs), workers);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("neighbors", neighbors.method());
    details.put("neighborRecall", neighbors.recall());
    details.put("edges", graph.edges());
    details.put("components", start.components());
    details.put("start", start.kind());
    details.put("a", curve.a());
    details.put("b", curve.b());
    details.put("epochs", epochs);
    return new UmapRun(descent, params.dimensions(), epochs, details);
  }

  private static void requireEnough(Matrix data, UmapParams params) {
    if (params.neighbors() > data.rows()) {
      throw new IllegalArgumentException(
          "neighbors must be at most the number of observations, "
              + data.rows()
              + ", got "
              + params.neighbors()
              + "; lower neighbors or take more observations");
    }
  }

  private static StartLayout start(
      Matrix data, FuzzyGraph graph, UmapParams params, Workers workers) {
    int dimensions = params.dimensions();
    long seed = params.seed();
    Supplier<float[]> principal = () -> Pca.start(data, dimensions, seed, workers).toArray();
    return switch (params.start()) {
      case SPECTRAL -> StartLayout.spectral(graph, dimensions, seed, principal, workers);
      case PCA -> StartLayout.principal(graph, principal.get(), dimensions, seed);
      case RANDOM -> StartLayout.random(graph, dimensions, seed);
    };
  }

  private static DescentSettings settings(UmapParams params, int epochs) {
    UmapTuning tuning = params.tuning();
    return new DescentSettings(
        params.dimensions(),
        epochs,
        tuning.learningRate(),
        tuning.negativeSamples(),
        tuning.repulsion(),
        params.seed());
  }

  /// Places new observations into a finished layout.
  static Layout place(
      Matrix data,
      Layout layout,
      UmapParams params,
      Matrix added,
      Workers workers,
      Progress progress) {
    requireEnough(data, params);
    progress.report("neighbors", 0);
    int k = params.neighbors();
    Neighbors found = ExactNeighbors.search(data, added, k, params.metric(), workers);
    progress.report("layout", 0);
    int epochs =
        switch (params.epochs()) {
          case Epochs.Auto _ -> PLACING_EPOCHS;
          case Epochs.Fixed(double value) -> Math.max(1, (int) value / PLACING_SHARE);
        };
    float[] positions =
        UmapPlacement.place(
            found,
            layout.toArray(),
            MembershipCurve.fit(params.minDist(), params.tuning().spread()),
            settings(params, epochs),
            params.tuning().localConnectivity(),
            workers);
    progress.report("layout", 1);
    return Layout.of(Matrix.of(added.rows(), layout.dimensions(), positions));
  }

  @Override
  public boolean done() {
    return iteration() >= epochs;
  }

  @Override
  public int iteration() {
    return descent.epoch();
  }

  @Override
  public int iterations() {
    return epochs;
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      descent.step();
    }
  }

  @Override
  public Layout layout() {
    float[] positions = descent.positions();
    return Layout.of(Matrix.of(positions.length / dimensions, dimensions, positions));
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(descent.energy());
  }

  @Override
  public Map<String, Object> details() {
    return details;
  }
}
