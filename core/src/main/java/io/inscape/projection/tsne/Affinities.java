package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;

/// t-SNE's affinities P: symmetric, summing to one, in rows of ascending neighbour index.
///
/// Each row's Gaussian has the precision at which the entropy of its weights over the nearest
/// neighbours is the log of the perplexity (Newton's method within a bracket, tolerance 1e-5 nats);
/// `p_ij = (p_j|i + p_i|j) / 2n`. Rows are filled up to whole groups of 16 entries with the
/// observation itself at affinity 0, which attracts nothing.
public final class Affinities {
  private static final double TOLERANCE = 1e-5;
  private static final int MOST_ROUNDS = 200;
  private static final int ROWS_PER_CHUNK = 256;
  private static final int LANES = TsneKernels.LANES;

  private final double[] precision; // beta = 1 / (2 sigma^2) of each observation
  private final int[] rowStart; // one more than observations
  private final int[] index;
  private final float[] value;

  private Affinities(double[] precision, int[] rowStart, int[] index, float[] value) {
    this.precision = precision;
    this.rowStart = rowStart;
    this.index = index;
    this.value = value;
  }

  /// Computes the affinities.
  ///
  /// @param neighbors of every observation
  /// @param perplexity effective number of neighbours, at most that of the neighbours
  /// @param workers do the arithmetic
  /// @return the affinities
  /// @throws IllegalArgumentException if there are more than 2^31 pairs
  public static Affinities of(Neighbors neighbors, double perplexity, Workers workers) {
    int n = neighbors.observations();
    int k = neighbors.k();
    requireFits(n, k);
    double[] precision = new double[n];
    float[] conditional = new float[n * k]; // p_j|i by ascending index j
    int[] order = new int[n * k];
    workers.forEachChunk(
        n,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          double[] excess = new double[k];
          double[] weight = new double[k];
          for (int i = from; i < to; i++) {
            double nearest = neighbors.squaredDistance(i, 0);
            for (int m = 0; m < k; m++) {
              excess[m] = neighbors.squaredDistance(i, m) - nearest; // shifts cancel in p_j|i
            }
            precision[i] = findPrecision(excess, Math.log(perplexity), weight);
            sortRow(neighbors, i, weight, order, conditional);
          }
        });
    return new Symmetric(n, k, order, conditional, workers).affinities(precision);
  }

  private static void requireFits(int n, int k) {
    long most = 2L * n * k + (long) LANES * n;
    if (most > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "affinities of "
              + n
              + " observations with "
              + k
              + " neighbors each may be up to "
              + most
              + " pairs and at most 2147483639 fit; lower the perplexity or take fewer"
              + " observations");
    }
  }

  /// Searches for the precision and leaves the normalised weights.
  static double findPrecision(double[] excess, double entropy, double[] weight) {
    double mean = Arrays.stream(excess).sum() / excess.length;
    double beta = mean > 0 ? 1 / mean : 1;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double[] slope = new double[1];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double difference = weigh(excess, beta, weight, slope) - entropy;
      if (Math.abs(difference) < TOLERANCE) {
        break;
      }
      if (difference > 0) {
        low = beta;
      } else {
        high = beta;
      }
      double next = beta + difference / slope[0];
      if (!(next > low && next < high) || next > 4 * beta || next < beta / 4) {
        next = Double.isInfinite(high) ? beta * 2 : 0.5 * (low + high);
      }
      if (next == beta || next * excess[excess.length - 1] > 1e300) {
        break; // so many equal distances that no precision is high enough
      }
      beta = next;
    }
    return beta;
  }

  /// Fills in the weights for one precision; returns their entropy in nats, and how fast it falls.
  private static double weigh(double[] excess, double beta, double[] weight, double[] slope) {
    double sum = 0;
    double energy = 0;
    double squares = 0;
    for (int m = 0; m < excess.length; m++) {
      double w = Math.exp(-beta * excess[m]);
      weight[m] = w;
      sum += w;
      energy += w * excess[m];
      squares += w * excess[m] * excess[m];
    }
    for (int m = 0; m < excess.length; m++) {
      weight[m] /= sum;
    }
    double mean = energy / sum;
    slope[0] = beta * (squares / sum - mean * mean);
    return Math.log(sum) + beta * mean;
  }

  private static void sortRow(
      Neighbors neighbors, int i, double[] weight, int[] order, float[] conditional) {
    int k = neighbors.k();
    long[] keys = new long[k]; // index in the high half, position in the low
    for (int m = 0; m < k; m++) {
      keys[m] = (long) neighbors.index(i, m) << 32 | m;
    }
    Arrays.sort(keys);
    for (int m = 0; m < k; m++) {
      order[i * k + m] = (int) (keys[m] >>> 32);
      conditional[i * k + m] = (float) weight[(int) keys[m]];
    }
  }

  /// {@return the number of observations}
  public int observations() {
    return rowStart.length - 1;
  }

  double[] precision() {
    return precision;
  }

  int[] rowStart() {
    return rowStart;
  }

  int[] index() {
    return index;
  }

  float[] value() {
    return value;
  }

  /// The same affinities of observations in another order.
  ///
  /// @param order the observation that comes first, second, ...
  Affinities ordered(int[] order, Workers workers) {
    int n = order.length;
    int[] place = new int[n];
    int[] start = new int[n + 1];
    double[] precisions = new double[n];
    for (int at = 0; at < n; at++) {
      place[order[at]] = at;
      start[at + 1] = start[at] + rowStart[order[at] + 1] - rowStart[order[at]];
      precisions[at] = precision[order[at]];
    }
    int[] indexes = new int[start[n]];
    float[] values = new float[start[n]];
    workers.forEachChunk(
        n,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          for (int at = from; at < to; at++) {
            int source = rowStart[order[at]];
            int length = start[at + 1] - start[at];
            long[] keys = new long[length]; // index in the high half, position in the low
            for (int m = 0; m < length; m++) {
              keys[m] = (long) place[index[source + m]] << 32 | m;
            }
            Arrays.sort(keys);
            for (int m = 0; m < length; m++) {
              indexes[start[at] + m] = (int) (keys[m] >>> 32);
              values[start[at] + m] = value[source + (int) keys[m]];
            }
          }
        });
    return new Affinities(precisions, start, indexes, values);
  }

  /// Merges each observation's neighbours with those that have it as a neighbour.
  private static final class Symmetric {
    private final int n;
    private final int k;
    private final int[] order;
    private final float[] conditional;
    private final Workers workers;
    private final int[] incomingStart;
    private final int[] incoming;
    private final float[] incomingWeight;

    Symmetric(int n, int k, int[] order, float[] conditional, Workers workers) {
      this.n = n;
      this.k = k;
      this.order = order;
      this.conditional = conditional;
      this.workers = workers;
      incomingStart = new int[n + 1];
      for (int j : order) {
        incomingStart[j + 1]++;
      }
      for (int j = 0; j < n; j++) {
        incomingStart[j + 1] += incomingStart[j];
      }
      incoming = new int[n * k];
      incomingWeight = new float[n * k];
      int[] fill = incomingStart.clone();
      for (int i = 0; i < n; i++) { // ascending, so that each list is
        for (int at = i * k; at < (i + 1) * k; at++) {
          int slot = fill[order[at]]++;
          incoming[slot] = i;
          incomingWeight[slot] = conditional[at];
        }
      }
    }

    Affinities affinities(double[] precision) {
      int[] length = new int[n];
      workers.forEachChunk(
          n,
          ROWS_PER_CHUNK,
          (_, from, to) -> {
            for (int i = from; i < to; i++) {
              length[i] = merge(i, 0, null, null);
            }
          });
      int[] rowStart = new int[n + 1];
      for (int i = 0; i < n; i++) {
        rowStart[i + 1] = rowStart[i] + Math.ceilDiv(length[i], LANES) * LANES;
      }
      int[] index = new int[rowStart[n]];
      float[] value = new float[rowStart[n]];
      workers.forEachChunk(
          n,
          ROWS_PER_CHUNK,
          (_, from, to) -> {
            for (int i = from; i < to; i++) {
              int end = rowStart[i] + merge(i, rowStart[i], index, value);
              Arrays.fill(index, end, rowStart[i + 1], i);
            }
          });
      return new Affinities(precision, rowStart, index, value);
    }

    /// Writes one row, if there is somewhere to write it; returns its length.
    private int merge(
        int i,
        int target,
        int @org.jspecify.annotations.Nullable [] index,
        float @org.jspecify.annotations.Nullable [] value) {
      int own = i * k;
      int ownEnd = own + k;
      int other = incomingStart[i];
      int otherEnd = incomingStart[i + 1];
      int end = target;
      while (own < ownEnd || other < otherEnd) {
        int mine = own < ownEnd ? order[own] : Integer.MAX_VALUE;
        int theirs = other < otherEnd ? incoming[other] : Integer.MAX_VALUE;
        double sum = mine <= theirs ? conditional[own++] : 0;
        sum += theirs <= mine ? incomingWeight[other++] : 0;
        if (index != null && value != null) {
          index[end] = Math.min(mine, theirs);
          value[end] = (float) (sum / (2.0 * n));
        }
        end++;
      }
      return end - target;
    }
  }
}
