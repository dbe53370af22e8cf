package io.inscape.projection.tsne;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// t-SNE's gradient descent: momentum, one gain per coordinate, two phases, recentred after every
/// step.
///
/// `g_i = e sum_j p_ij s_ij (y_i - y_j) - 1/Z sum_j w_ij s_ij (y_i - y_j)`, the gradient without
/// its factor 4. Points are kept in the order of the Morton curve of the layout, set at the start
/// and twice on the way, so that neighbours are near each other in memory. To be used by one thread
/// at a time.
public final class Descent {
  /// Points from which on the order in memory matters.
  private static final int WORTH_ORDERING = 20_000;

  /// Iterations before which points are ordered anew, beside the end of the first phase.
  private static final int SECOND_ORDERING = 75;

  /// Points up to which the energy is computed from all pairs.
  private static final int EXACT_ENERGY = 20_000;

  private static final int POINTS_PER_CHUNK = 512;
  private static final double GAIN_STEP = 0.2;
  private static final double GAIN_DECAY = 0.8;
  private static final double LEAST_GAIN = 0.01;
  private static final double LONGEST_STEP = 5;

  private final DescentSettings settings;
  private final Workers workers;
  private final int count;
  private final int dimensions;
  private final Forces forces;
  private final Similarity similarity;
  private Affinities affinities;
  private int[] observation; // [point]
  private float[][] position; // one padded array per dimension, [point]
  private float[][] update;
  private float[][] gain;
  private final float[][] push;
  private final float[][] pull;
  private RepulsionMethod used = RepulsionMethod.EXACT;
  private int iteration;

  /// Prepares the descent.
  ///
  /// @param affinities of the observations
  /// @param initial first positions, `[observation * dimensions + dim]`; not modified
  /// @param settings how to go
  /// @param workers do the arithmetic
  public Descent(
      Affinities affinities, float[] initial, DescentSettings settings, Workers workers) {
    this.affinities = affinities;
    this.settings = settings;
    this.workers = workers;
    count = affinities.observations();
    dimensions = initial.length / count;
    forces = new Forces(count, dimensions, settings.forces(), workers);
    similarity = new Similarity(settings.forces().freedom(), false);
    int padded = padded(count);
    position = new float[dimensions][padded];
    update = new float[dimensions][padded];
    gain = new float[dimensions][padded];
    push = new float[dimensions][padded];
    pull = new float[dimensions][padded];
    observation = new int[count];
    for (int i = 0; i < count; i++) {
      observation[i] = i;
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim][i] = initial[i * dimensions + dim];
        gain[dim][i] = 1;
      }
    }
    used = forces.choose(Extent.of(position, count));
  }

  /// The length of an array that holds one value per point and fills whole vectors.
  static int padded(int count) {
    return Math.ceilDiv(count, Kernels.LANES) * Kernels.LANES;
  }

  /// {@return how many iterations are done}
  public int iteration() {
    return iteration;
  }

  /// {@return how the repulsion was last summed}
  public RepulsionMethod repulsion() {
    return used;
  }

  /// {@return the positions, `[observation * dimensions + dim]`}
  public float[] positions() {
    float[] values = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        values[observation[i] * dimensions + dim] = position[dim][i];
      }
    }
    return values;
  }

  /// The gradient at the present positions in the second phase, without its factor 4, as the steps
  /// use it: `[observation * dimensions + dim]`.
  double[] gradient() {
    double z = computeForces();
    double[] gradient = new double[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        gradient[observation[i] * dimensions + dim] =
            similarity.strength() * pull[dim][i] - push[dim][i] / z;
      }
    }
    return gradient;
  }

  /// Goes on by one iteration. An interrupt is noticed before anything changes or not at all.
  public void step() {
    boolean early = iteration < settings.exaggerationIterations();
    if (count >= WORTH_ORDERING
        && (iteration == 0
            || iteration == SECOND_ORDERING
            || iteration == settings.exaggerationIterations())) {
      order();
    }
    double z = computeForces();
    // From here on nothing is interrupted: a step is whole or it is not.
    double attraction = similarity.strength() * (early ? settings.exaggeration() : 1);
    descend(attraction, 1 / z, early ? settings.earlyMomentum() : settings.lateMomentum());
    iteration++;
  }

  /// Fills push and pull; returns Z.
  private double computeForces() {
    Extent extent = Extent.of(position, count);
    RepulsionMethod method = forces.choose(extent);
    double z = Math.max(forces.of(method).compute(position, extent, push), Double.MIN_NORMAL);
    float scale = (float) (1 / similarity.freedom());
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (_, from, to) ->
            TsneKernels.attraction(
                position,
                affinities.rowStart(),
                affinities.index(),
                affinities.value(),
                scale,
                from,
                to,
                pull));
    used = method;
    return z;
  }

  private void descend(double attraction, double repulsion, double momentum) {
    for (int dim = 0; dim < dimensions; dim++) {
      float[] gains = gain[dim];
      float[] updates = update[dim];
      float[] pulls = pull[dim];
      float[] pushes = push[dim];
      for (int i = 0; i < count; i++) {
        double slope = attraction * pulls[i] - repulsion * pushes[i];
        double last = updates[i];
        boolean same = (slope > 0) == (last > 0);
        double grown = same ? gains[i] * GAIN_DECAY : gains[i] + GAIN_STEP;
        gains[i] = (float) Math.max(grown, LEAST_GAIN);
        updates[i] = (float) (momentum * last - settings.rate() * gains[i] * slope);
      }
    }
    shortenSteps();
    for (int dim = 0; dim < dimensions; dim++) {
      float[] axis = position[dim];
      float[] updates = update[dim];
      double sum = 0;
      for (int i = 0; i < count; i++) {
        axis[i] += updates[i];
        sum += axis[i];
      }
      float mean = (float) (sum / count);
      for (int i = 0; i < count; i++) {
        axis[i] -= mean;
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

  /// Puts the points in the order of the Morton curve of their present positions.
  private void order() {
    long[] keys = Morton.keys(position, count, Extent.of(position, count), workers);
    Arrays.sort(keys);
    int[] order = new int[count];
    int[] observations = new int[count];
    for (int at = 0; at < count; at++) {
      order[at] = Morton.index(keys[at]);
      observations[at] = observation[order[at]];
    }
    Affinities ordered = affinities.ordered(order, workers); // the last that can be interrupted
    affinities = ordered;
    observation = observations;
    position = ordered(position, order);
    update = ordered(update, order);
    gain = ordered(gain, order);
  }

  private static float[][] ordered(float[][] values, int[] order) {
    float[][] moved = new float[values.length][values[0].length];
    for (int dim = 0; dim < values.length; dim++) {
      for (int at = 0; at < order.length; at++) {
        moved[dim][at] = values[dim][order[at]];
      }
    }
    return moved;
  }

  /// The Kullback-Leibler divergence of the affinities from those of the layout, in nats: with the
  /// sum over all pairs up to 20,000 points, beyond that with Z as the descent computes it.
  ///
  /// @return the energy at the present positions
  public double energy() {
    Extent extent = Extent.of(position, count);
    RepulsionMethod method = count <= EXACT_ENERGY ? RepulsionMethod.EXACT : forces.choose(extent);
    float[][] unused = new float[dimensions][padded(count)];
    double z = Math.max(forces.of(method).compute(position, extent, unused), Double.MIN_NORMAL);
    return workers.sumChunks(count, POINTS_PER_CHUNK, (from, to) -> divergence(from, to, z));
  }

  private double divergence(int from, int to, double z) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        double p = affinities.value()[at];
        if (p > 0) {
          double squared = 0;
          for (float[] axis : position) {
            double difference = (double) axis[i] - axis[affinities.index()[at]];
            squared += difference * difference;
          }
          sum += p * Math.log(p * z / similarity.of(squared));
        }
      }
    }
    return sum;
  }
}
