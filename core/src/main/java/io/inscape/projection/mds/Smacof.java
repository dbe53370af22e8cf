package io.inscape.projection.mds;

import io.inscape.matrix.Workers;
import java.util.concurrent.CancellationException;

/// Metric multidimensional scaling by stress majorisation (SMACOF).
///
/// Each step moves every point to the mean of where the others want it, `y_i + 1/n sum_j (D_ij /
/// d_ij - 1) (y_i - y_j)`, which minimises a function that lies above the stress and touches it at
/// the present layout: the stress cannot rise. With other weights the exact minimum would take a
/// linear system; a step of `1 / (r sum_j w_ij)` stays below the same function for r = 2 at the
/// latest and does for r near 1 mostly, so r begins there and grows whenever a step would raise the
/// stress. One pass over the table per step; the sums have one order whatever the threads.
public final class Smacof {
  private static final int PANELS_PER_CHUNK = 2;
  private static final double CAUTION = 1.25;
  private static final double MOST_CAUTION = 2.5; // 2 is enough but for rounding
  private static final double SMALLEST_WEIGHT = 1e-3; // of the mean dissimilarity

  private final Dissimilarities table;
  private final int count;
  private final float floor;
  private final Workers workers;
  private final double[] totalWeight; // per point; empty where all weights are 1
  private float[][] position; // [dim][point], padded
  private double[][] pull; // at the present position
  private float[][] nextPosition;
  private double[][] nextPull;
  private final double[] stress;
  private double energy;
  private double caution;
  private boolean stuck;

  private Smacof(Dissimilarities table, float[][] start, Weights weights, Workers workers) {
    this.table = table;
    this.workers = workers;
    count = table.count();
    int dimensions = start.length;
    int padded = table.panelCount() * Dissimilarities.LANES;
    position = new float[dimensions][padded];
    nextPosition = new float[dimensions][padded];
    pull = new double[dimensions][padded];
    nextPull = new double[dimensions][padded];
    stress = new double[padded];
    floor = weights == Weights.UNIFORM ? 0 : (float) (SMALLEST_WEIGHT * mean());
    totalWeight = floor > 0 ? totalWeights() : new double[0];
    caution = count > 1 ? count / (count - 1.0) : 1;
    for (int dim = 0; dim < dimensions; dim++) {
      for (int i = 0; i < count; i++) {
        position[dim][i] = (float) (start[dim][i] / table.unit());
      }
    }
    energy = evaluate(position, pull, floor);
  }

  /// Begins at a layout.
  ///
  /// @param table dissimilarities
  /// @param start `[dim][observation]`, 2 or 3 dimensions, finite, in the unit of the
  ///   dissimilarities; not modified
  /// @param weights of the pairs
  /// @param workers do the arithmetic
  /// @return the descent, before its first step
  /// @throws CancellationException if the calling thread is interrupted
  public static Smacof start(
      Dissimilarities table, float[][] start, Weights weights, Workers workers) {
    return new Smacof(table, start, weights, workers);
  }

  /// One step. The layout is replaced when it is complete, so an interrupt leaves the last one.
  ///
  /// @return whether the stress fell; if not, the layout is the best that can be reached
  /// @throws CancellationException if the calling thread is interrupted
  public boolean step() {
    while (!stuck) {
      move();
      double reached = evaluate(nextPosition, nextPull, floor);
      if (reached < energy) {
        float[][] lastPosition = position;
        double[][] lastPull = pull;
        position = nextPosition;
        pull = nextPull;
        nextPosition = lastPosition;
        nextPull = lastPull;
        energy = reached;
        return true;
      }
      stuck = totalWeight.length == 0 || caution * CAUTION > MOST_CAUTION;
      caution *= CAUTION;
    }
    return false;
  }

  private void move() {
    for (int dim = 0; dim < position.length; dim++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        double weight = totalWeight.length == 0 ? count - 1 : totalWeight[i];
        double step = weight > 0 ? pull[dim][i] / (caution * weight) : 0;
        nextPosition[dim][i] = (float) (position[dim][i] + step);
        sum += nextPosition[dim][i];
      }
      float mean = (float) (sum / count);
      for (int i = 0; i < count; i++) {
        nextPosition[dim][i] -= mean;
      }
    }
  }

  private double evaluate(float[][] at, double[][] into, float least) {
    return 0.5
        * workers.sumChunks(
            table.panelCount(),
            PANELS_PER_CHUNK,
            (from, to) -> {
              double sum = 0;
              for (int panel = from; panel < to; panel++) {
                int first = panel * Dissimilarities.LANES;
                SmacofKernels.pull(
                    table.panel(panel),
                    0,
                    Dissimilarities.LANES,
                    at,
                    first,
                    count,
                    least,
                    into,
                    stress);
                for (int i = first; i < Math.min(count, first + Dissimilarities.LANES); i++) {
                  sum += stress[i];
                }
              }
              return sum;
            });
  }

  /// {@return the weighted stress, `sum over pairs of w (D - d)^2`, in the unit of the
  /// dissimilarities}
  public double energy() {
    return energy * (floor > 0 ? table.unit() : table.unit() * table.unit());
  }

  /// {@return a copy of the layout, `[observation * dimensions + dim]`}
  public float[] layout() {
    int dimensions = position.length;
    float[] values = new float[count * dimensions];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (position[at % dimensions][at / dimensions] * table.unit());
    }
    return values;
  }

  /// Stress-1 at the best scale, unweighted: the root of `1 - (sum D d)^2 / (sum D^2 sum d^2)`, in
  /// [0, 1]. Costs about as much as a step.
  ///
  /// @return the stress; 0 if all dissimilarities are 0
  /// @throws CancellationException if the calling thread is interrupted
  public double stress1() {
    double raw = floor > 0 ? evaluate(position, nextPull, 0) : energy;
    double laidOut = 0; // sum over pairs of d^2 = n sum |y|^2 - |sum y|^2
    for (float[] axis : position) {
      double sum = 0;
      double squared = 0;
      for (int i = 0; i < count; i++) {
        sum += axis[i];
        squared += (double) axis[i] * axis[i];
      }
      laidOut += count * squared - sum * sum;
    }
    double both = 0.5 * (table.squares() + laidOut - raw);
    if (table.squares() == 0 || laidOut <= 0) {
      return table.squares() == 0 ? 0 : 1;
    }
    return Math.sqrt(Math.clamp(1 - both * both / (table.squares() * laidOut), 0, 1));
  }

  private double mean() {
    double sum =
        workers.sumChunks(
            table.panelCount(),
            1,
            (panel, _) -> {
              double total = 0;
              for (float value : table.panel(panel)) {
                total += value;
              }
              return total;
            });
    return count > 1 ? sum / ((double) count * (count - 1)) : 0;
  }

  private double[] totalWeights() {
    double[] total = new double[position[0].length];
    workers.forEachChunk(
        table.panelCount(),
        1,
        (_, panel, _) -> {
          float[] values = table.panel(panel);
          for (int at = 0; at < values.length; at++) {
            int i = panel * Dissimilarities.LANES + at % Dissimilarities.LANES;
            if (at / Dissimilarities.LANES != i) {
              total[i] += 1 / Math.max(values[at], floor);
            }
          }
        });
    return total;
  }
}
