package io.inscape.projection.mds;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/// Metric multidimensional scaling for more observations than all pairs of fit in memory:
/// stochastic steps of stress majorisation.
///
/// Each iteration deals the observations out into groups of 64 and takes, within every group, a
/// step of [Smacof] shortened by a factor that falls from 1 to 0 linearly: steps long enough to
/// travel at first, short enough for the noise of the groups to average out at last. Groups share
/// no point, so they run side by side, and who is in which depends on the seed alone. A group needs
/// each of its rows once for 63 pairs; nothing of n x n is kept.
public final class StochasticMds {
  private static final int GROUP = Kernels.PANEL;
  private static final int GROUPS_PER_CHUNK = 4;
  private static final int JUDGED = 1024;
  private static final float NEAR = 1e-3f; // see EuclideanRows

  private final Matrix data;
  private final int count;
  private final int cols;
  private final int iterations;
  private final Workers workers;
  private final RandomGenerator random;
  private final double[] mean;
  private final double scale;
  private final int[] order;
  private final float[][] position; // [dim][observation], scaled like the data
  private final float[][] next;
  private final int[] judged;
  private final Dissimilarities judgedTable;
  private int iteration;

  private StochasticMds(Matrix data, float[][] start, int iterations, long seed, Workers workers) {
    this.data = data;
    this.iterations = iterations;
    this.workers = workers;
    count = data.rows();
    cols = data.cols();
    random = Rng.of(seed, "stochastic MDS groups");
    mean = SquaredDistances.columnMeans(data);
    scale = scale();
    order = new int[count];
    Arrays.setAll(order, i -> i);
    position = new float[start.length][count];
    next = new float[start.length][count];
    for (int dim = 0; dim < start.length; dim++) {
      for (int i = 0; i < count; i++) {
        position[dim][i] = (float) (start[dim][i] * scale);
      }
    }
    judged = judged(seed);
    judgedTable = Dissimilarities.euclidean(data.selectRows(judged), workers);
  }

  /// Begins at a layout.
  ///
  /// @param data rows = observations
  /// @param start `[dim][observation]`, 2 or 3 dimensions, in the unit of the data; not modified
  /// @param iterations length of the descent, at least 1
  /// @param seed of the groups and of the observations whose stress is measured
  /// @param workers do the arithmetic
  /// @return the descent, before its first step
  /// @throws CancellationException if the calling thread is interrupted
  public static StochasticMds start(
      Matrix data, float[][] start, int iterations, long seed, Workers workers) {
    return new StochasticMds(data, start, iterations, seed, workers);
  }

  private double scale() {
    double[] norms = new double[count];
    workers.forEachChunk(
        count,
        256,
        (_, from, to) -> {
          float[] values = new float[cols];
          for (int row = from; row < to; row++) {
            data.copyRow(row, values, 0);
            for (int col = 0; col < cols; col++) {
              norms[row] += (values[col] - mean[col]) * (values[col] - mean[col]);
            }
          }
        });
    double largest = Arrays.stream(norms).max().orElse(0);
    return largest == 0 ? 1 : Math.scalb(1.0, -Math.getExponent(Math.sqrt(largest)) - 2);
  }

  /// The root of the mean squared distance of a row from the mean of all.
  ///
  /// @param data at least one row
  /// @return at least 0
  public static double deviation(Matrix data) {
    double[] mean = SquaredDistances.columnMeans(data);
    float[] values = new float[mean.length];
    double sum = 0;
    for (int row = 0; row < data.rows(); row++) {
      data.copyRow(row, values, 0);
      for (int col = 0; col < mean.length; col++) {
        sum += (values[col] - mean[col]) * (values[col] - mean[col]);
      }
    }
    return Math.sqrt(sum / data.rows());
  }

  private int[] judged(long seed) {
    int[] all = order.clone();
    int size = Math.min(JUDGED, count);
    RandomGenerator drawn = Rng.of(seed, "stochastic MDS stress");
    for (int at = 0; at < size && size < count; at++) {
      int other = drawn.nextInt(at, count);
      int swap = all[at];
      all[at] = all[other];
      all[other] = swap;
    }
    return Arrays.copyOf(all, size);
  }

  /// One iteration: every observation meets 63 others. The layout is replaced when it is complete.
  ///
  /// @throws CancellationException if the calling thread is interrupted
  public void step() {
    shuffle();
    double step = count <= GROUP ? 1 : 1 - (double) iteration / iterations;
    for (int dim = 0; dim < position.length; dim++) {
      System.arraycopy(position[dim], 0, next[dim], 0, count);
    }
    workers.forEachChunk(
        Math.ceilDiv(count, GROUP),
        GROUPS_PER_CHUNK,
        (_, from, to) -> {
          Group group = new Group();
          for (int number = from; number < to; number++) {
            group.move(number * GROUP, Math.min(count, (number + 1) * GROUP), step);
          }
        });
    for (int dim = 0; dim < position.length; dim++) {
      System.arraycopy(next[dim], 0, position[dim], 0, count);
    }
    iteration++;
  }

  private void shuffle() {
    for (int at = count - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int swap = order[at];
      order[at] = order[other];
      order[other] = swap;
    }
  }

  /// One group at a time: its rows, their distances, where they are.
  private final class Group {
    private final float[] raw = new float[GROUP * cols];
    private final float[] values = new float[GROUP * cols];
    private final float[] packed = new float[GROUP * cols];
    private final float[] norms = new float[GROUP];
    private final float[] table = new float[GROUP * GROUP];
    private final float[][] place = new float[position.length][GROUP];
    private final double[][] pull = new double[position.length][GROUP];
    private final double[] stress = new double[GROUP];

    void move(int from, int to, double step) {
      int members = to - from;
      gather(from, members);
      Kernels.products(values, 0, members, cols, packed, table, 0, GROUP);
      for (int row = 0; row < members; row++) {
        for (int other = 0; other < members; other++) {
          table[row * GROUP + other] = distance(row, other, table[row * GROUP + other]);
        }
      }
      for (int first = 0; first < members; first += Dissimilarities.LANES) {
        SmacofKernels.pull(table, first, GROUP, place, first, members, 0, pull, stress);
      }
      for (int dim = 0; dim < place.length; dim++) {
        for (int row = 0; row < members; row++) {
          next[dim][order[from + row]] =
              (float) (place[dim][row] + step * pull[dim][row] / members);
        }
      }
    }

    private void gather(int from, int members) {
      for (int row = 0; row < members; row++) {
        int observation = order[from + row];
        data.copyRow(observation, raw, row * cols);
        double norm = 0;
        for (int col = 0; col < cols; col++) {
          float value = (float) ((raw[row * cols + col] - mean[col]) * scale);
          values[row * cols + col] = value;
          packed[col * GROUP + row] = value;
          norm += (double) value * value;
        }
        norms[row] = (float) norm;
        for (int dim = 0; dim < place.length; dim++) {
          place[dim][row] = position[dim][observation];
        }
      }
    }

    private float distance(int row, int other, float product) {
      float sum = norms[row] + norms[other];
      float squared = sum - 2 * product;
      if (squared >= NEAR * sum) {
        return (float) Math.sqrt(squared);
      }
      return row == other
          ? 0
          : (float)
              (scale
                  * Math.sqrt(Kernels.squaredDistance(raw, row * cols, raw, other * cols, cols)));
    }
  }

  /// The stress of all pairs, `sum (D - d)^2`, in the unit of the data: exact up to 1,024
  /// observations, estimated from all pairs of 1,024 fixed ones above that.
  ///
  /// @return the stress or its estimate
  /// @throws CancellationException if the calling thread is interrupted
  public double energy() {
    double pairs = (double) judged.length * (judged.length - 1);
    double all = (double) count * (count - 1);
    return pairs == 0 ? 0 : judge().energy() * all / pairs;
  }

  /// Stress-1 at the best scale, of the pairs that [#energy] looks at.
  ///
  /// @return in [0, 1]
  /// @throws CancellationException if the calling thread is interrupted
  public double stress1() {
    return judge().stress1();
  }

  /// {@return how many observations [#energy] and [#stress1] compare with each other}
  public int measuredOn() {
    return judged.length;
  }

  private Smacof judge() {
    float[][] there = new float[position.length][judged.length];
    for (int dim = 0; dim < there.length; dim++) {
      for (int at = 0; at < judged.length; at++) {
        there[dim][at] = (float) (position[dim][judged[at]] / scale);
      }
    }
    return Smacof.start(judgedTable, there, Weights.UNIFORM, workers);
  }

  /// {@return a copy of the layout, `[observation * dimensions + dim]`}
  public float[] layout() {
    int dimensions = position.length;
    float[] layout = new float[count * dimensions];
    for (int at = 0; at < layout.length; at++) {
      layout[at] = (float) (position[at % dimensions][at / dimensions] / scale);
    }
    return layout;
  }
}
