package io.inscape.evolution.dtsne;

import io.inscape.matrix.Workers;
import io.inscape.projection.tsne.Affinities;
import io.inscape.projection.tsne.DescentSettings;
import io.inscape.projection.tsne.Divergence;
import io.inscape.projection.tsne.RepulsionMethod;
import java.util.ArrayList;
import java.util.List;

/// Dynamic t-SNE's descent [Rauber2016]: `C = sum_t KL_t + lambda / 2n sum_t sum_i |y_i[t] -
/// y_i[t+1]|^2` over all steps at once.
///
/// The divergences descend as t-SNE's own descent does (momentum, one gain per coordinate, two
/// phases); the penalty is taken at the end of the step instead of its beginning, see [Coupling],
/// so that no weight makes it unstable. A gain looks at the slope together with the pull of the
/// penalty in the last step. Every layout is recentred after every step, as t-SNE's is: the penalty
/// is least where all means agree. With lambda 0 every step's layout is that of a t-SNE of its own,
/// to the last bit below 20,000 points.
///
/// From 20,000 points on all steps are kept in one order in memory, that of the middle step's
/// layout along a curve. To be used by one thread at a time; the same bits on any number of
/// workers.
public final class CoupledDescent {
  private static final int WORTH_ORDERING = 20_000;
  private static final int SECOND_ORDERING = 75; // as t-SNE's descent has it
  private static final int POINTS_PER_CHUNK = 128;

  /// What a gain is multiplied with, and what is added: where slope and last step have the same
  /// sign, and where they differ.
  private static final double[] GAIN_FACTOR = {0.8, 1};

  private static final double[] GAIN_STEP = {0, 0.2};
  private static final double LEAST_GAIN = 0.01;
  private static final double LONGEST_STEP = 5;

  private final DescentSettings settings;
  private final Workers workers;
  private final int steps;
  private final int count;
  private final int dimensions;
  private final double lambda;
  private final double weight; // of the penalty, for gradients without their factor 4
  private final List<Divergence> divergences;
  private final float[][][] position; // [step][dim][point]
  private float[][][] update;
  private float[][][] gain;
  private float[][][] pull; // of the penalty at the end of the last step
  private float[][][] nextUpdate;
  private float[][][] nextGain;
  private float[][][] nextPull;
  private int[] observation; // [point]
  private int iteration;

  /// Prepares the descent.
  ///
  /// @param affinities of every step, of the same observations
  /// @param initial first positions of every step, `[step][observation * dimensions + dim]`; the
  ///   same for all steps as a rule; not modified
  /// @param lambda weight of the movement, at least 0
  /// @param settings how to go
  /// @param workers do the arithmetic
  public CoupledDescent(
      List<Affinities> affinities,
      float[][] initial,
      double lambda,
      DescentSettings settings,
      Workers workers) {
    this.settings = settings;
    this.workers = workers;
    this.lambda = lambda;
    steps = affinities.size();
    count = affinities.getFirst().observations();
    dimensions = initial[0].length / count;
    weight = lambda / (4.0 * count);
    divergences = new ArrayList<>();
    position = values();
    update = values();
    gain = values();
    pull = values();
    nextUpdate = values();
    nextGain = values();
    nextPull = values();
    observation = new int[count];
    for (int step = 0; step < steps; step++) {
      divergences.add(new Divergence(affinities.get(step), dimensions, settings.forces(), workers));
      for (int dim = 0; dim < dimensions; dim++) {
        for (int i = 0; i < count; i++) {
          position[step][dim][i] = initial[step][i * dimensions + dim];
          gain[step][dim][i] = 1;
          observation[i] = i;
        }
      }
    }
  }

  private float[][][] values() {
    return new float[steps][dimensions][Divergence.padded(count)];
  }

  /// {@return how many iterations are done}
  public int iteration() {
    return iteration;
  }

  /// {@return how the repulsion of the first step was last summed}
  public RepulsionMethod repulsion() {
    return iteration == 0
        ? divergences.getFirst().repulsionAt(position[0])
        : divergences.getFirst().repulsion();
  }

  /// {@return the positions, `[step][observation][dim]`}
  public float[] positions() {
    float[] values = new float[steps * count * dimensions];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < count; i++) {
        for (int dim = 0; dim < dimensions; dim++) {
          values[(step * count + observation[i]) * dimensions + dim] = position[step][dim][i];
        }
      }
    }
    return values;
  }

  /// {@return the sum of the divergences in nats, without the penalty}
  public double divergence() {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      sum += divergences.get(step).energy(position[step]);
    }
    return sum;
  }

  /// {@return C at the present positions}
  public double energy() {
    double squares = 0;
    for (int step = 0; step + 1 < steps; step++) {
      for (int dim = 0; dim < dimensions; dim++) {
        for (int i = 0; i < count; i++) {
          double moved = (double) position[step + 1][dim][i] - position[step][dim][i];
          squares += moved * moved;
        }
      }
    }
    return divergence() + lambda / (2.0 * count) * squares;
  }

  /// The gradient of C at the present positions, in the second phase, `[step][observation][dim]`.
  double[] gradient() {
    double[] gradient = new double[steps * count * dimensions];
    double[] slope = new double[count];
    for (int step = 0; step < steps; step++) {
      divergences.get(step).compute(position[step]);
      for (int dim = 0; dim < dimensions; dim++) {
        divergences.get(step).slope(dim, 1, 0, count, slope);
        for (int i = 0; i < count; i++) {
          double here = position[step][dim][i];
          double apart = step == 0 ? 0 : here - position[step - 1][dim][i];
          apart += step == steps - 1 ? 0 : here - position[step + 1][dim][i];
          gradient[(step * count + observation[i]) * dimensions + dim] =
              4 * (slope[i] + weight * apart);
        }
      }
    }
    return gradient;
  }

  /// Goes on by one iteration of all steps. An interrupt is noticed before anything changes or not
  /// at all.
  public void step() {
    boolean early = iteration < settings.exaggerationIterations();
    if (count >= WORTH_ORDERING
        && (iteration == 0
            || iteration == SECOND_ORDERING
            || iteration == settings.exaggerationIterations())) {
      order();
    }
    workers.forEachChunk(steps, 1, (step, _, _) -> divergences.get(step).compute(position[step]));
    double exaggeration = early ? settings.exaggeration() : 1;
    double momentum = early ? settings.earlyMomentum() : settings.lateMomentum();
    workers.forEachChunk(
        count,
        POINTS_PER_CHUNK,
        (_, from, to) -> {
          Coupling coupling = new Coupling(steps, to - from, weight);
          for (int dim = 0; dim < dimensions; dim++) {
            plan(coupling, dim, from, to, exaggeration, momentum);
          }
        });
    // From here on nothing is interrupted: a step is whole or it is not.
    commit();
    for (int step = 0; step < steps; step++) {
      shortenSteps(update[step]);
      for (int dim = 0; dim < dimensions; dim++) {
        move(position[step][dim], update[step][dim]);
      }
    }
    iteration++;
  }

  /// Where some points go along one dimension, at all steps.
  private void plan(
      Coupling coupling, int dim, int from, int to, double exaggeration, double momentum) {
    double[] slope = new double[to - from];
    for (int step = 0; step < steps; step++) {
      divergences.get(step).slope(dim, exaggeration, from, to, slope);
      float[] last = update[step][dim];
      float[] gains = gain[step][dim];
      float[] pulls = pull[step][dim];
      float[] grown = nextGain[step][dim];
      double[] readiness = coupling.readiness(step);
      double[] wanted = coupling.wanted(step);
      for (int i = from; i < to; i++) {
        int turned = positive(slope[i - from] + pulls[i]) ^ positive(last[i]);
        double next = gains[i] * GAIN_FACTOR[turned] + GAIN_STEP[turned];
        grown[i] = (float) Math.max(next, LEAST_GAIN);
        double s = settings.rate() * grown[i];
        readiness[i - from] = s;
        wanted[i - from] = momentum * last[i] - s * slope[i - from];
      }
    }
    if (weight == 0) {
      for (int step = 0; step < steps; step++) {
        double[] wanted = coupling.wanted(step);
        float[] planned = nextUpdate[step][dim];
        for (int i = from; i < to; i++) {
          planned[i] = (float) wanted[i - from];
        }
      }
    } else {
      couple(coupling, dim, from, to);
    }
  }

  /// 1 for a number above 0, else 0; without a branch, which half of all coordinates would mislead.
  private static int positive(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return (int) ((~bits & -bits) >>> 63);
  }

  private void couple(Coupling coupling, int dim, int from, int to) {
    double[][] planned = new double[steps][to - from];
    for (int step = 0; step < steps; step++) {
      float[] axis = position[step][dim];
      double[] wanted = coupling.wanted(step);
      for (int i = from; i < to; i++) {
        wanted[i - from] += axis[i];
      }
      System.arraycopy(wanted, 0, planned[step], 0, to - from);
    }
    coupling.solve(to - from);
    double[] origin = coupling.origin();
    for (int step = 0; step < steps; step++) {
      float[] axis = position[step][dim];
      float[] updates = nextUpdate[step][dim];
      float[] pulls = nextPull[step][dim];
      double[] readiness = coupling.readiness(step);
      double[] found = coupling.wanted(step);
      for (int i = from; i < to; i++) {
        double end = origin[i - from] + found[i - from];
        updates[i] = (float) (end - axis[i]);
        pulls[i] = (float) ((planned[step][i - from] - end) / readiness[i - from]);
      }
    }
  }

  private void commit() {
    float[][][] spare = update;
    update = nextUpdate;
    nextUpdate = spare;
    spare = gain;
    gain = nextGain;
    nextGain = spare;
    spare = pull;
    pull = nextPull;
    nextPull = spare;
  }

  private void shortenSteps(float[][] updates) {
    for (int i = 0; i < count; i++) {
      double squared = 0;
      for (float[] axis : updates) {
        squared += (double) axis[i] * axis[i];
      }
      if (squared > LONGEST_STEP * LONGEST_STEP) {
        double factor = LONGEST_STEP / Math.sqrt(squared);
        for (float[] axis : updates) {
          axis[i] = (float) (axis[i] * factor);
        }
      }
    }
  }

  private void move(float[] axis, float[] updates) {
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

  /// Puts the points of all steps in the order of the middle one's layout along a curve.
  private void order() {
    int[] order = divergences.get(steps / 2).curve(position[steps / 2]);
    List<Affinities> ordered = new ArrayList<>();
    for (Divergence divergence : divergences) {
      ordered.add(divergence.ordered(order));
    }
    // From here on nothing is interrupted.
    int[] observations = new int[count];
    for (int at = 0; at < count; at++) {
      observations[at] = observation[order[at]];
    }
    observation = observations;
    for (int step = 0; step < steps; step++) {
      divergences.get(step).take(ordered.get(step));
      position[step] = Divergence.ordered(position[step], order);
      update[step] = Divergence.ordered(update[step], order);
      gain[step] = Divergence.ordered(gain[step], order);
      pull[step] = Divergence.ordered(pull[step], order);
    }
  }
}
