package io.inscape.evolution.vff;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Metric;
import io.inscape.neighbors.Neighbors;
import io.inscape.projection.mds.Dissimilarities;
import java.util.Arrays;

/// Places observations that took no part in a layout by those that did and are near them: local
/// affine multidimensional projection (LAMP) at one step.
///
/// With `x_i` the nearest observations of the layout, `y_i` their positions, weights `a_i = 1 /
/// |x_i - x|^2`, weighted means `xm` and `ym`, and `A`, `B` the rows `sqrt(a_i) (x_i - xm)` and
/// `sqrt(a_i) (y_i - ym)`: `y = (x - xm) M + ym`, where M with `M'M = 1` brings `A M` nearest to B.
/// It is `C (C'C)^(-1/2)` of `C = A'B`, so scalar products suffice, and those follow from the
/// distances to and among the `x_i`: a placement costs `k^2` operations whatever the width. An
/// observation that equals some of the layout's is put at their mean.
public final class LocalMap {
  /// Observations of the layout that an observation follows.
  public static final int NEIGHBORS = 8;

  private static final int SEARCHED_AT_ONCE = 4096;
  private static final int PLACED_PER_CHUNK = 256;
  private static final double FLAT = 1e-12; // an eigenvalue below this share of the other is none

  private final Dissimilarities table;
  private final int k;
  private final int[] index; // [other * k + neighbor], within the layout
  private final float[] distance; // in the unit of the data

  private LocalMap(Dissimilarities table, int k, int others) {
    this.table = table;
    this.k = k;
    index = new int[Math.multiplyExact(others, k)];
    distance = new float[index.length];
  }

  /// Finds who follows whom.
  ///
  /// @param data the step, rows = observations
  /// @param sample rows that are in the layout, at least one
  /// @param others rows that are to be placed
  /// @param table distances among the sample
  /// @param workers do the arithmetic
  /// @return the map
  public static LocalMap of(
      Matrix data, int[] sample, int[] others, Dissimilarities table, Workers workers) {
    int k = Math.min(NEIGHBORS, sample.length);
    LocalMap map = new LocalMap(table, k, others.length);
    Matrix known = data.selectRows(sample);
    for (int from = 0; from < others.length; from += SEARCHED_AT_ONCE) {
      int to = Math.min(others.length, from + SEARCHED_AT_ONCE);
      int[] rows = Arrays.copyOfRange(others, from, to);
      Neighbors found =
          ExactNeighbors.search(known, data.selectRows(rows), k, Metric.EUCLIDEAN, workers);
      for (int at = 0; at < rows.length * k; at++) {
        map.index[from * k + at] = found.index(at / k, at % k);
        map.distance[from * k + at] = (float) found.distance(at / k, at % k);
      }
    }
    return map;
  }

  /// What a map keeps.
  ///
  /// @param others how many observations it places
  /// @return bytes
  public static long bytes(long others) {
    return 8L * NEIGHBORS * others;
  }

  /// How many rows are copied out for a search at a time.
  ///
  /// @param others how many observations a map places
  /// @return at most as many
  public static long searchedAtOnce(long others) {
    return Math.min(others, SEARCHED_AT_ONCE);
  }

  /// The nearest observation of the layout.
  ///
  /// @param other number among the others
  /// @return its number among the sample
  public int nearest(int other) {
    return index[other * k];
  }

  /// {@return the largest distance within the sample, in the unit of the data}
  public double largest() {
    return table.largestKept() * table.scale();
  }

  /// Places all.
  ///
  /// @param layout of the sample, `[observation * 2 + dim]`
  /// @param unit of the layout, in that of the data, such as [#largest]
  /// @param workers do the arithmetic
  /// @return `[other * 2 + dim]`
  public float[] place(float[] layout, double unit, Workers workers) {
    int others = index.length / k;
    float[] placed = new float[2 * others];
    workers.forEachChunk(
        others,
        PLACED_PER_CHUNK,
        (_, from, to) -> {
          Placing placing = new Placing(layout, unit);
          for (int other = from; other < to; other++) {
            placing.place(other, placed);
          }
        });
    return placed;
  }

  /// One observation at a time.
  private final class Placing {
    private final float[] layout;
    private final double unit;
    private final double[] weight = new double[k]; // sum 1
    private final double[] product = new double[k * k]; // of x_i - x and x_j - x
    private final double[] mean = new double[k]; // of the products with i
    private final double[] x = new double[k]; // y_i - ym
    private final double[] y = new double[k];

    Placing(float[] layout, double unit) {
      this.layout = layout;
      this.unit = unit;
    }

    void place(int other, float[] placed) {
      int first = other * k;
      weigh(first);
      double meanX = 0;
      double meanY = 0;
      for (int i = 0; i < k; i++) {
        x[i] = layout[2 * index[first + i]];
        y[i] = layout[2 * index[first + i] + 1];
        meanX += weight[i] * x[i];
        meanY += weight[i] * y[i];
      }
      for (int i = 0; i < k; i++) {
        x[i] -= meanX;
        y[i] -= meanY;
      }
      double[] shift = distance[first] > 0 ? shift(products(first)) : new double[2];
      placed[2 * other] = (float) (meanX + shift[0]);
      placed[2 * other + 1] = (float) (meanY + shift[1]);
    }

    /// `(x - xm) M`.
    private double[] shift(double all) {
      double xx = 0, xy = 0, yy = 0; // C'C
      double cx = 0, cy = 0; // (x - xm) C
      for (int i = 0; i < k; i++) {
        double sumX = 0;
        double sumY = 0;
        for (int j = 0; j < k; j++) {
          double centred = product[i * k + j] - mean[i] - mean[j] + all;
          sumX += weight[j] * centred * x[j];
          sumY += weight[j] * centred * y[j];
        }
        xx += weight[i] * x[i] * sumX;
        xy += weight[i] * x[i] * sumY;
        yy += weight[i] * y[i] * sumY;
        cx -= weight[i] * (mean[i] - all) * x[i];
        cy -= weight[i] * (mean[i] - all) * y[i];
      }
      double[] root = inverseRoot(xx, xy, yy);
      return new double[] {cx * root[0] + cy * root[1], cx * root[1] + cy * root[2]};
    }

    /// One over the squared distances; where some are 0, those alone.
    private void weigh(int first) {
      double nearest = distance[first];
      double sum = 0;
      for (int i = 0; i < k; i++) {
        double ratio = nearest / distance[first + i];
        weight[i] = nearest > 0 ? ratio * ratio : distance[first + i] == 0 ? 1 : 0;
        sum += weight[i];
      }
      for (int i = 0; i < k; i++) {
        weight[i] /= sum;
      }
    }

    /// Fills in the products and their weighted means; returns the mean of all.
    private double products(int first) {
      double all = 0;
      for (int i = 0; i < k; i++) {
        double own = distance[first + i] / unit;
        mean[i] = 0;
        for (int j = 0; j < k; j++) {
          double across = distance[first + j] / unit;
          double between = table.get(index[first + i], index[first + j]) / unit;
          product[i * k + j] = 0.5 * (own * own + across * across - between * between);
          mean[i] += weight[j] * product[i * k + j];
        }
        all += weight[i] * mean[i];
      }
      return all;
    }
  }

  /// One over the root of a symmetric positive matrix of 2 x 2, upper triangle; directions without
  /// extent stay without.
  static double[] inverseRoot(double xx, double xy, double yy) {
    double middle = 0.5 * (xx + yy);
    double apart = Math.hypot(0.5 * (xx - yy), xy);
    double most = middle + apart;
    double least = middle - apart;
    if (!(most > 0)) {
      return new double[3];
    }
    double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double first = 1 / Math.sqrt(most);
    double second = least > FLAT * most ? 1 / Math.sqrt(least) : 0;
    return new double[] {
      first * cos * cos + second * sin * sin,
      (first - second) * cos * sin,
      first * sin * sin + second * cos * cos
    };
  }
}
