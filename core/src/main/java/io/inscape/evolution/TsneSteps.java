package io.inscape.evolution;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.NeighborSearch;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.tsne.Affinities;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/// What the methods on t-SNE share: a start that is common to all steps, and how much memory a
/// t-SNE takes.
final class TsneSteps {
  private static final double START_DEVIATION = 1e-4;
  private static final double JITTER = 0.01; // of the starting deviation
  private static final int COMPONENTS = 3; // of each step, for the common start

  private TsneSteps() {}

  static void requireEnough(Sequence sequence, double perplexity) {
    int n = sequence.observations();
    if (!(perplexity <= (n - 1) / 3.0)) {
      throw new IllegalArgumentException(
          "perplexity must be at most a third of the other observations, "
              + (n - 1) / 3
              + ", got "
              + perplexity
              + " for "
              + n
              + " observations; lower the perplexity or take more observations");
    }
  }

  /// The affinities of every step.
  static List<Affinities> affinities(
      Sequence sequence, double perplexity, long seed, Workers workers, Progress progress) {
    int k = neighbors(sequence.observations(), perplexity);
    List<Affinities> affinities = new ArrayList<>();
    for (int step = 0; step < sequence.steps(); step++) {
      double done = step;
      Neighbors found =
          NeighborSearch.find(
              sequence.step(step),
              k,
              Metric.EUCLIDEAN,
              seed,
              workers,
              (stage, fraction) -> progress.report(stage, (done + fraction) / sequence.steps()));
      affinities.add(Affinities.of(found, perplexity, workers));
    }
    return affinities;
  }

  static int neighbors(int observations, double perplexity) {
    return Math.min(observations - 1, (int) Math.floor(3 * perplexity));
  }

  /// One start for all steps, `[observation * 2 + dim]`: of every step the three leading
  /// components, at the same total variance, of these side by side the two leading ones, at a
  /// deviation of 1e-4 along the first, and a little noise.
  static float[] start(Sequence sequence, long seed, Workers workers, Progress progress) {
    int n = sequence.observations();
    int cols = sequence.steps() * COMPONENTS;
    progress.report("start", 0);
    Matrix all =
        Matrix.filled(
            n,
            cols,
            target -> {
              for (int step = 0; step < sequence.steps(); step++) {
                put(components(sequence.step(step), COMPONENTS, seed, workers), target, cols, step);
              }
            });
    float[] values = components(all, 2, seed, workers).toArray();
    double squares = 0;
    for (int at = 0; at < values.length; at += 2) {
      squares += (double) values[at] * values[at];
    }
    double scale = squares > 0 ? START_DEVIATION / Math.sqrt(squares / n) : 0;
    RandomGenerator random = Rng.of(seed, "dynamic t-SNE jitter");
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (values[at] * scale + START_DEVIATION * JITTER * random.nextGaussian());
    }
    progress.report("start", 1);
    return values;
  }

  private static Layout components(Matrix data, int count, long seed, Workers workers) {
    return Projections.fit(data, new PcaParams(count, seed), workers, Progress.none());
  }

  private static void put(Layout components, float[] target, int cols, int step) {
    float[] values = components.toArray();
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares / components.observations()) : 0;
    for (int at = 0; at < values.length; at++) {
      target[at / COMPONENTS * cols + step * COMPONENTS + at % COMPONENTS] =
          (float) (values[at] * scale);
    }
  }

  /// The numbers of the constant steps, for reports: such as `0, 3`, empty if there are none.
  static String constantSteps(Sequence sequence) {
    StringJoiner numbers = new StringJoiner(", ");
    for (int step = 0; step < sequence.steps(); step++) {
      if (sequence.constant(step)) {
        numbers.add(Integer.toString(step));
      }
    }
    return numbers.toString();
  }

  /// What the affinities of some observations take while a descent goes on.
  static long affinityBytes(long observations, double perplexity) {
    long k = Math.min(observations - 1, (long) (3 * perplexity));
    return 8 * observations * (2 * k + 16); // index and value, both ways round
  }

  /// What making affinities takes beside them: the search's copies of the data and lists, and the
  /// neighbours in both directions.
  static long searchBytes(long observations, long cols, double perplexity) {
    long k = Math.min(observations - 1, (long) (3 * perplexity));
    return observations * (8 * cols + 8 * (2 * k + Math.max(k, 64) + 64) + 24 * k);
  }
}
