package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.NeighborSearch;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.params.Schedule;
import io.inscape.projection.params.TsneForces;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.tsne.Affinities;
import io.inscape.projection.tsne.Descent;
import io.inscape.projection.tsne.DescentSettings;
import io.inscape.projection.tsne.ForceSettings;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// t-SNE: affinities of the 3 x perplexity nearest neighbours, then the [Descent]. See
/// `docs/methods/tsne.md`.
final class TsneRun implements ProjectionRun {
  private static final double START_DEVIATION = 1e-4;
  private static final double JITTER = 0.01; // of the starting deviation

  private final TsneParams params;
  private final int count;
  private final Descent descent;
  private final String neighborMethod;
  private final double neighborRecall;

  private TsneRun(
      TsneParams params, Neighbors neighbors, Affinities affinities, float[] initial, Workers w) {
    this.params = params;
    count = neighbors.observations();
    neighborMethod = neighbors.method();
    neighborRecall = neighbors.recall();
    descent = new Descent(affinities, initial, settings(params, count), w);
  }

  static TsneRun start(Matrix data, TsneParams params, Workers workers, Progress progress) {
    requireEnough(data, params);
    Neighbors neighbors = neighbors(data, params, workers, progress);
    Affinities affinities = affinities(neighbors, params, workers, progress);
    progress.report("start", 0);
    float[] initial =
        switch (params.schedule().initial()) {
          case PCA ->
              components(Pca.start(data, params.dimensions(), params.seed(), workers), params);
          case RANDOM -> noise(data.rows(), params);
        };
    progress.report("start", 1);
    return new TsneRun(params, neighbors, affinities, initial, workers);
  }

  static TsneRun startFrom(
      Matrix data, TsneParams params, Layout initial, Workers workers, Progress progress) {
    requireEnough(data, params);
    if (initial.observations() != data.rows() || initial.dimensions() != params.dimensions()) {
      throw new IllegalArgumentException(
          "the initial layout must be "
              + data.rows()
              + " x "
              + params.dimensions()
              + " like the data and parameters, got "
              + initial.observations()
              + " x "
              + initial.dimensions());
    }
    Neighbors neighbors = neighbors(data, params, workers, progress);
    Affinities affinities = affinities(neighbors, params, workers, progress);
    return new TsneRun(params, neighbors, affinities, initial.toArray(), workers);
  }

  private static Neighbors neighbors(
      Matrix data, TsneParams params, Workers workers, Progress progress) {
    int k = Math.min(data.rows() - 1, (int) Math.floor(3 * params.perplexity()));
    return NeighborSearch.find(data, k, params.metric(), params.seed(), workers, progress);
  }

  private static Affinities affinities(
      Neighbors neighbors, TsneParams params, Workers workers, Progress progress) {
    progress.report("affinities", 0);
    Affinities affinities = Affinities.of(neighbors, params.perplexity(), workers);
    progress.report("affinities", 1);
    return affinities;
  }

  private static void requireEnough(Matrix data, TsneParams params) {
    if (!(params.perplexity() <= (data.rows() - 1) / 3.0)) {
      throw new IllegalArgumentException(
          "perplexity must be at most a third of the other observations, "
              + (data.rows() - 1) / 3
              + ", got "
              + params.perplexity()
              + " for "
              + data.rows()
              + " observations; lower the perplexity or take more observations");
    }
  }

  /// Principal components at a standard deviation of 1e-4 for the first, plus a little noise.
  private static float[] components(Matrix scores, TsneParams params) {
    int dimensions = scores.cols();
    float[] values = scores.toArray();
    double squares = 0;
    for (int at = 0; at < values.length; at += dimensions) {
      squares += (double) values[at] * values[at];
    }
    double deviation = Math.sqrt(squares / scores.rows());
    double scale = deviation > 0 ? START_DEVIATION / deviation : 0;
    RandomGenerator random = Rng.of(params.seed(), "t-SNE jitter");
    for (int at = 0; at < values.length; at++) {
      double noise = START_DEVIATION * JITTER * random.nextGaussian();
      values[at] = (float) (values[at] * scale + noise);
    }
    return values;
  }

  private static float[] noise(int count, TsneParams params) {
    float[] values = new float[count * params.dimensions()];
    RandomGenerator random = Rng.of(params.seed(), "t-SNE start");
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (START_DEVIATION * random.nextGaussian());
    }
    return values;
  }

  private static DescentSettings settings(TsneParams params, int count) {
    Schedule schedule = params.schedule();
    TsneForces forces = params.forces();
    return new DescentSettings(
        schedule.exaggeration(),
        schedule.exaggerationIterations(),
        schedule.earlyMomentum(),
        schedule.lateMomentum(),
        params.learningRate().of(count, schedule.exaggeration()),
        new ForceSettings(forces.repulsion(), forces.theta(), forces.degreesOfFreedom()));
  }

  @Override
  public boolean done() {
    return descent.iteration() >= params.iterations();
  }

  @Override
  public int iteration() {
    return descent.iteration();
  }

  @Override
  public int iterations() {
    return params.iterations();
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      descent.step();
    }
  }

  @Override
  public Layout layout() {
    return Layout.of(Matrix.of(count, params.dimensions(), descent.positions()));
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(descent.energy());
  }

  @Override
  public Map<String, Object> details() {
    return Map.of(
        "neighbors", neighborMethod,
        "neighborRecall", neighborRecall,
        "repulsion", descent.repulsion().word());
  }
}
