package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;

/// t-SNE's gradient descent: momentum, one gain per coordinate, two phases, recentred after every
/// step.
///
/// Points are kept in the order of the Morton curve of the layout, set at the start and twice on
/// the way, so that neighbours are near each other in memory. To be used by one thread at a time.
public final class Descent {
  /// Points from which on the order in memory matters.
  private static final int WORTH_ORDERING = 20_000;

  /// Iterations before which points are ordered anew, beside the end of the first phase.
  private static final int SECOND_ORDERING = 75;

  private static final double GAIN_STEP = 0.2;
  private static final double GAIN_DECAY = 0.8;
  private static final double LEAST_GAIN = 0.01;
  private static final double LONGEST_STEP = 5;

  private final DescentSettings settings;
  private final int count;
  private final int dimensions;
  private final Divergence divergence;
  private int[] observation; // [point]
  private float[][] position; // one padded array per dimension, [point]
  private float[][] update;
  private float[][] gain;
  private final double[][] slope;
  private RepulsionMethod used;
  private int iteration;

  /// Prepares the descent.
  ///
  /// @param affinities of the observations
  /// @param initial first positions, `[observation * dimensions + dim]`; not modified
  /// @param settings how to go
  /// @param workers do the arithmetic
  public Descent(
      Affinities affinities, float[] initial, DescentSettings settings, Workers workers) {
    this.settings = settings;
    count = affinities.observations();
    dimensions = initial.length / count;
    divergence = new Divergence(affinities, dimensions, settings.forces(), workers);
    int padded = Divergence.padded(count);
    position = new float[dimensions][padded];
    update = new float[dimensions][padded];
    gain = new float[dimensions][padded];
    slope = new double[dimensions][count];
    observation = new int[count];
    for (int i = 0; i < count; i++) {
      observation[i] = i;
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim][i] = initial[i * dimensions + dim];
        gain[dim][i] = 1;
      }
    }
    used = divergence.repulsionAt(position);
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
    computeSlope(1);
    double[] gradient = new double[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        gradient[observation[i] * dimensions + dim] = slope[dim][i];
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
    computeSlope(early ? settings.exaggeration() : 1);
    // From here on nothing is interrupted: a step is whole or it is not.
    descend(early ? settings.earlyMomentum() : settings.lateMomentum());
    iteration++;
  }

  private void computeSlope(double exaggeration) {
    divergence.compute(position);
    for (int dim = 0; dim < dimensions; dim++) {
      divergence.slope(dim, exaggeration, 0, count, slope[dim]);
    }
    used = divergence.repulsion();
  }

  private void descend(double momentum) {
    for (int dim = 0; dim < dimensions; dim++) {
      float[] gains = gain[dim];
      float[] updates = update[dim];
      double[] slopes = slope[dim];
      for (int i = 0; i < count; i++) {
        double last = updates[i];
        boolean same = (slopes[i] > 0) == (last > 0);
        double grown = same ? gains[i] * GAIN_DECAY : gains[i] + GAIN_STEP;
        gains[i] = (float) Math.max(grown, LEAST_GAIN);
        updates[i] = (float) (momentum * last - settings.rate() * gains[i] * slopes[i]);
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
    int[] order = divergence.curve(position);
    int[] observations = new int[count];
    for (int at = 0; at < count; at++) {
      observations[at] = observation[order[at]];
    }
    divergence.take(divergence.ordered(order)); // the last that can be interrupted
    observation = observations;
    position = Divergence.ordered(position, order);
    update = Divergence.ordered(update, order);
    gain = Divergence.ordered(gain, order);
  }

  /// The Kullback-Leibler divergence of the affinities from those of the layout, in nats: with the
  /// sum over all pairs up to 20,000 points, beyond that with Z as the descent computes it.
  ///
  /// @return the energy at the present positions
  public double energy() {
    return divergence.energy(position);
  }
}
