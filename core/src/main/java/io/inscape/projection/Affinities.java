package io.inscape.projection;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;

/// t-SNE's affinities P: symmetric, summing to one, in rows of ascending neighbour index.
///
/// Each row's Gaussian has the precision at which the entropy of its weights over the nearest
/// neighbours is the log of the perplexity (bisection, tolerance 1e-5 nats); `p_ij = (p_j|i +
/// p_i|j) / 2n`.
///
/// @param precision beta = 1 / (2 sigma^2) of each observation
/// @param rowStart where each observation's entries begin, one more than observations
/// @param index neighbours
/// @param value affinities
@SuppressWarnings("ArrayRecordComponent") // kept within the package, never compared
record Affinities(double[] precision, int[] rowStart, int[] index, float[] value) {
  private static final double TOLERANCE = 1e-5;
  private static final int MOST_HALVINGS = 200;
  private static final int ROWS_PER_CHUNK = 64;

  static Affinities of(Neighbors neighbors, double perplexity, Workers workers) {
    int n = neighbors.observations();
    int k = neighbors.k();
    double[] precision = new double[n];
    double[] conditional = new double[n * k]; // p_j|i by ascending index j
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
    return symmetric(n, k, order, conditional, precision);
  }

  /// Bisects for the precision and leaves the normalised weights.
  private static double findPrecision(double[] excess, double entropy, double[] weight) {
    double mean = Arrays.stream(excess).sum() / excess.length;
    double beta = mean > 0 ? 1 / mean : 1;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_HALVINGS; round++) {
      double difference = weigh(excess, beta, weight) - entropy;
      if (Math.abs(difference) < TOLERANCE) {
        break;
      }
      if (difference > 0) {
        low = beta;
      } else {
        high = beta;
      }
      double next = Double.isInfinite(high) ? beta * 2 : 0.5 * (low + high);
      if (next == beta || next * excess[excess.length - 1] > 1e300) {
        break; // so many equal distances that no precision is high enough
      }
      beta = next;
    }
    return beta;
  }

  /// Fills in the weights for one precision; returns their entropy in nats.
  private static double weigh(double[] excess, double beta, double[] weight) {
    double sum = 0;
    double energy = 0;
    for (int m = 0; m < excess.length; m++) {
      weight[m] = Math.exp(-beta * excess[m]);
      sum += weight[m];
      energy += weight[m] * excess[m];
    }
    for (int m = 0; m < excess.length; m++) {
      weight[m] /= sum;
    }
    return Math.log(sum) + beta * energy / sum;
  }

  private static void sortRow(
      Neighbors neighbors, int i, double[] weight, int[] order, double[] conditional) {
    int k = neighbors.k();
    long[] keys = new long[k]; // index in the high half, position in the low
    for (int m = 0; m < k; m++) {
      keys[m] = (long) neighbors.index(i, m) << 32 | m;
    }
    Arrays.sort(keys);
    for (int m = 0; m < k; m++) {
      order[i * k + m] = (int) (keys[m] >>> 32);
      conditional[i * k + m] = weight[(int) keys[m]];
    }
  }

  private static Affinities symmetric(
      int n, int k, int[] order, double[] conditional, double[] precision) {
    int[] incomingStart = new int[n + 1];
    for (int j : order) {
      incomingStart[j + 1]++;
    }
    for (int j = 0; j < n; j++) {
      incomingStart[j + 1] += incomingStart[j];
    }
    int[] incoming = new int[n * k];
    double[] incomingWeight = new double[n * k];
    int[] fill = incomingStart.clone();
    for (int at = 0; at < order.length; at++) {
      int slot = fill[order[at]]++;
      incoming[slot] = at / k; // ascending, for `at` ascends
      incomingWeight[slot] = conditional[at];
    }
    int[] rowStart = new int[n + 1];
    int[] index = new int[2 * n * k];
    float[] value = new float[2 * n * k];
    int end = 0;
    for (int i = 0; i < n; i++) {
      int own = i * k;
      int other = incomingStart[i];
      while (own < (i + 1) * k || other < incomingStart[i + 1]) {
        int mine = own < (i + 1) * k ? order[own] : Integer.MAX_VALUE;
        int theirs = other < incomingStart[i + 1] ? incoming[other] : Integer.MAX_VALUE;
        double sum = mine <= theirs ? conditional[own++] : 0;
        sum += theirs <= mine ? incomingWeight[other++] : 0;
        index[end] = Math.min(mine, theirs);
        value[end++] = (float) (sum / (2.0 * n));
      }
      rowStart[i + 1] = end;
    }
    return new Affinities(
        precision, rowStart, Arrays.copyOf(index, end), Arrays.copyOf(value, end));
  }
}
