package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// t-SNE with the exact repulsion of all pairs and the attraction of the 3 x perplexity nearest
/// neighbours.
///
/// Gradient descent with momentum and one gain per coordinate, in the two phases of the [Schedule];
/// the layout is recentred after every step. See `docs/methods/tsne.md`.
final class TsneRun implements ProjectionRun {
  private static final double START_DEVIATION = 1e-4;
  private static final double JITTER = 0.01; // of the starting deviation
  private static final double LEAST_AUTO_RATE = 200;
  private static final double GAIN_STEP = 0.2;
  private static final double GAIN_DECAY = 0.8;
  private static final double LEAST_GAIN = 0.01;
  private static final double LONGEST_STEP = 5;

  private final TsneParams params;
  private final int count;
  private final double rate;
  private final TsneGradient gradients;
  private final float[][] position; // one padded array per dimension
  private final float[][] update;
  private final float[][] gain;
  private final double[][] gradient;
  private int iteration;

  private TsneRun(TsneParams params, Affinities affinities, Matrix initial, Workers workers) {
    this.params = params;
    count = initial.rows();
    int dimensions = params.dimensions();
    int padded = TsneGradient.padded(count);
    rate = rate(params, count);
    gradients = new TsneGradient(affinities, dimensions, workers);
    position = new float[dimensions][padded];
    update = new float[dimensions][padded];
    gain = new float[dimensions][padded];
    gradient = new double[dimensions][padded];
    for (int dim = 0; dim < dimensions; dim++) {
      for (int i = 0; i < count; i++) {
        position[dim][i] = initial.get(i, dim);
        gain[dim][i] = 1;
      }
    }
  }

  static TsneRun start(Matrix data, TsneParams params, Workers workers, Progress progress) {
    requireEnough(data, params);
    progress.report("principal components", 0);
    Matrix scores = Pca.of(data, params.dimensions(), params.seed(), workers).scores();
    return startFrom(data, params, Layout.of(initial(scores, params)), workers, progress);
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
    progress.report("neighbors", 0);
    int k = Math.min(data.rows() - 1, (int) Math.floor(3 * params.perplexity()));
    Neighbors neighbors = ExactNeighbors.find(data, k, workers);
    progress.report("affinities", 0);
    Affinities affinities = Affinities.of(neighbors, params.perplexity(), workers);
    return new TsneRun(params, affinities, initial.positions(), workers);
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
  private static Matrix initial(Matrix scores, TsneParams params) {
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
    return Matrix.of(scores.rows(), dimensions, values);
  }

  private static double rate(TsneParams params, int count) {
    return switch (params.learningRate()) {
      case LearningRate.Auto _ ->
          Math.max(LEAST_AUTO_RATE, count / params.schedule().exaggeration());
      case LearningRate.Fixed(double value) -> value;
    };
  }

  @Override
  public boolean done() {
    return iteration >= params.iterations();
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return params.iterations();
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      boolean early = iteration < params.schedule().exaggerationIterations();
      Schedule schedule = params.schedule();
      gradients.compute(position, early ? schedule.exaggeration() : 1, gradient);
      // From here on nothing can be interrupted: a step is whole or it is not.
      descend(early ? schedule.earlyMomentum() : schedule.lateMomentum());
      iteration++;
    }
  }

  private void descend(double momentum) {
    for (int dim = 0; dim < position.length; dim++) {
      for (int i = 0; i < count; i++) {
        double slope = gradient[dim][i];
        double last = update[dim][i];
        boolean same = (slope > 0) == (last > 0);
        double grown = same ? gain[dim][i] * GAIN_DECAY : gain[dim][i] + GAIN_STEP;
        gain[dim][i] = (float) Math.max(grown, LEAST_GAIN);
        update[dim][i] = (float) (momentum * last - rate * gain[dim][i] * slope);
      }
    }
    shortenSteps();
    for (int dim = 0; dim < position.length; dim++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        position[dim][i] += update[dim][i];
        sum += position[dim][i];
      }
      float mean = (float) (sum / count);
      for (int i = 0; i < count; i++) {
        position[dim][i] -= mean;
      }
    }
  }

  private void shortenSteps() {
    for (int i = 0; i < count; i++) {
      double squared = 0;
      for (float[] axis : update) {
        squared += (double) axis[i] * axis[i];
      }
      if (squared > LONGEST_STEP * LONGEST_STEP) {
        double factor = LONGEST_STEP / Math.sqrt(squared);
        for (float[] axis : update) {
          axis[i] = (float) (axis[i] * factor);
        }
      }
    }
  }

  @Override
  public Layout layout() {
    int dimensions = position.length;
    float[] values = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        values[i * dimensions + dim] = position[dim][i];
      }
    }
    return Layout.of(Matrix.of(count, dimensions, values));
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(gradients.energy(position));
  }
}
