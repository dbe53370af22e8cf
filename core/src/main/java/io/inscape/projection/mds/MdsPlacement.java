package io.inscape.projection.mds;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.SymmetricEigen;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Places new observations into existing layouts that keep distances; the layouts stay as they are
/// and new observations do not act on each other.
///
/// | symbol | code | unit |
/// |---|---|---|
/// | `x_j` | `layout` | the data's |
/// | `d_j` | distance of the new observation to observation j | the data's |
/// | `w_j` | `weights`: uniform 1, sammon `1 / d_j` | |
///
/// Classical scaling: Gower's formula `y = 1/2 (X'X)^-1 X' (b - d^2)` with `X` the centred layout
/// and `b_j` the squared distance of observation j to the mean of the data. For a layout of
/// principal components, turned or not, that is the projection onto them.
///
/// Metric MDS: the stress `sum_j w_j (d_j - |y - x_j|)^2` of the new position alone is majorised:
/// `y <- sum_j w_j (x_j + d_j (y - x_j) / |y - x_j|) / sum_j w_j`, which never raises it. The
/// descent begins at Gower's position and at that of the nearest observation, and the better end
/// counts: the stress of one point may have several minima.
public final class MdsPlacement {
  private static final int ITERATIONS = 500;
  private static final double TOLERANCE = 1e-9; // relative fall of the stress
  private static final double SMALLEST = 1e-3; // of the mean distance, as Sammon's weights have it
  private static final double FLAT = 1e-10; // an eigenvalue below this share of the largest is none
  private static final int ROWS_PER_CHUNK = 256;

  private MdsPlacement() {}

  /// Places by Gower's formula.
  ///
  /// @param data what the layout is of, rows = observations
  /// @param layout of the data, `[observation * dimensions + dim]`; not modified
  /// @param dimensions 2 or 3
  /// @param added rows = new observations, with the columns of the data
  /// @param workers do the arithmetic
  /// @return positions of the new observations, `[observation * dimensions + dim]`
  public static float[] gower(
      Matrix data, float[] layout, int dimensions, Matrix added, Workers workers) {
    Gower formula = new Gower(data, layout, dimensions, workers);
    double[][] squares = squares(data, added, workers);
    float[] placed = new float[added.rows() * dimensions];
    for (int i = 0; i < squares.length; i++) {
      double[] at = formula.at(squares[i]);
      for (int dim = 0; dim < dimensions; dim++) {
        placed[i * dimensions + dim] = (float) at[dim];
      }
    }
    return placed;
  }

  /// Places by majorising the stress of each new position.
  ///
  /// @param data what the layout is of, rows = observations
  /// @param layout of the data, `[observation * dimensions + dim]`; not modified
  /// @param dimensions 2 or 3
  /// @param weights how much each distance counts
  /// @param added rows = new observations, with the columns of the data
  /// @param workers do the arithmetic
  /// @return positions of the new observations, `[observation * dimensions + dim]`
  @SuppressWarnings("TooManyParameters") // a layout of plain arrays, and what is to be added to it
  public static float[] majorise(
      Matrix data, float[] layout, int dimensions, Weights weights, Matrix added, Workers workers) {
    Gower formula = new Gower(data, layout, dimensions, workers);
    double[][] squares = squares(data, added, workers);
    float[] placed = new float[added.rows() * dimensions];
    workers.forEachChunk(
        added.rows(),
        1,
        (_, i, _) -> {
          Stress stress = new Stress(layout, dimensions, squares[i], weights);
          double[] far = stress.descend(formula.at(squares[i]));
          double[] near = stress.descend(stress.nearest());
          double[] at = stress.of(near) < stress.of(far) ? near : far;
          for (int dim = 0; dim < dimensions; dim++) {
            placed[i * dimensions + dim] = (float) at[dim];
          }
        });
    return placed;
  }

  /// Squared distances in the data, `[new observation][observation]`.
  private static double[][] squares(Matrix data, Matrix added, Workers workers) {
    float[] fresh = added.toArray();
    double[][] squares = new double[added.rows()][data.rows()];
    workers.forEachChunk(
        data.rows(),
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] row = new float[data.cols()];
          for (int j = from; j < to; j++) {
            data.copyRow(j, row, 0);
            for (int i = 0; i < squares.length; i++) {
              squares[i][j] = Kernels.squaredDistance(fresh, i * row.length, row, 0, row.length);
            }
          }
        });
    return squares;
  }

  /// Gower's formula for one layout.
  private static final class Gower {
    private final int dimensions;
    private final double[] mean;
    private final double[] centred; // [observation * dimensions + dim]
    private final double[] fromMean; // squared distance of each observation to the mean
    private final double[][] inverse; // of X'X

    Gower(Matrix data, float[] layout, int dimensions, Workers workers) {
      this.dimensions = dimensions;
      mean = new double[dimensions];
      centred = new double[layout.length];
      for (int at = 0; at < layout.length; at++) {
        mean[at % dimensions] += (double) layout[at] * dimensions / layout.length;
      }
      for (int at = 0; at < layout.length; at++) {
        centred[at] = layout[at] - mean[at % dimensions];
      }
      fromMean = fromMean(data, workers);
      inverse = inverse();
    }

    private static double[] fromMean(Matrix data, Workers workers) {
      double[] middle = SquaredDistances.columnMeans(data);
      double[] squared = new double[data.rows()];
      workers.forEachChunk(
          data.rows(),
          ROWS_PER_CHUNK,
          (_, from, to) -> {
            for (int j = from; j < to; j++) {
              for (int col = 0; col < middle.length; col++) {
                double difference = data.get(j, col) - middle[col];
                squared[j] += difference * difference;
              }
            }
          });
      return squared;
    }

    /// Directions without extent stay without.
    private double[][] inverse() {
      double[][] products = new double[dimensions][dimensions];
      for (int at = 0; at < centred.length; at += dimensions) {
        for (int a = 0; a < dimensions; a++) {
          for (int b = 0; b < dimensions; b++) {
            products[a][b] += centred[at + a] * centred[at + b];
          }
        }
      }
      SymmetricEigen eigen = SymmetricEigen.of(products);
      double[][] result = new double[dimensions][dimensions];
      for (int e = 0; e < dimensions; e++) {
        double value = eigen.values()[e];
        if (value > FLAT * eigen.values()[0]) {
          double[] vector = eigen.vectors()[e];
          for (int a = 0; a < dimensions; a++) {
            for (int b = 0; b < dimensions; b++) {
              result[a][b] += vector[a] * vector[b] / value;
            }
          }
        }
      }
      return result;
    }

    double[] at(double[] squares) {
      double[] product = new double[dimensions]; // X' (b - d^2)
      for (int j = 0; j < squares.length; j++) {
        double difference = fromMean[j] - squares[j];
        for (int dim = 0; dim < dimensions; dim++) {
          product[dim] += centred[j * dimensions + dim] * difference;
        }
      }
      double[] at = mean.clone();
      for (int a = 0; a < dimensions; a++) {
        for (int b = 0; b < dimensions; b++) {
          at[a] += 0.5 * inverse[a][b] * product[b];
        }
      }
      return at;
    }
  }

  /// The stress of one new position, and its descent.
  private static final class Stress {
    private final float[] layout;
    private final int dimensions;
    private final double[] distance;
    private final double[] weight;
    private final double allWeights;

    Stress(float[] layout, int dimensions, double[] squares, Weights weights) {
      this.layout = layout;
      this.dimensions = dimensions;
      distance = new double[squares.length];
      double sum = 0;
      for (int j = 0; j < distance.length; j++) {
        distance[j] = Math.sqrt(squares[j]);
        sum += distance[j];
      }
      double least = Math.max(SMALLEST * sum / distance.length, Double.MIN_NORMAL);
      weight = new double[distance.length];
      double all = 0;
      for (int j = 0; j < weight.length; j++) {
        weight[j] =
            switch (weights) {
              case UNIFORM -> 1;
              case SAMMON -> 1 / Math.max(least, distance[j]);
            };
        all += weight[j];
      }
      allWeights = all;
    }

    double[] nearest() {
      int nearest = 0;
      for (int j = 1; j < distance.length; j++) {
        if (distance[j] < distance[nearest]) {
          nearest = j;
        }
      }
      double[] at = new double[dimensions];
      for (int dim = 0; dim < dimensions; dim++) {
        at[dim] = layout[nearest * dimensions + dim];
      }
      return at;
    }

    double of(double[] at) {
      return step(at, new double[dimensions]);
    }

    double[] descend(double[] start) {
      double[] at = start;
      double[] next = new double[dimensions];
      double before = Double.POSITIVE_INFINITY;
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        double stress = step(at, next);
        if (before - stress <= TOLERANCE * before && before < Double.POSITIVE_INFINITY) {
          break;
        }
        before = stress;
        at = next.clone();
      }
      return at;
    }

    /// Fills in the next position; returns the stress of this one.
    private double step(double[] at, double[] next) {
      Arrays.fill(next, 0);
      double stress = 0;
      for (int j = 0; j < distance.length; j++) {
        double squared = 0;
        for (int dim = 0; dim < dimensions; dim++) {
          double difference = at[dim] - layout[j * dimensions + dim];
          squared += difference * difference;
        }
        double length = Math.sqrt(squared);
        double ratio = length > 0 ? distance[j] / length : 0;
        for (int dim = 0; dim < dimensions; dim++) {
          double known = layout[j * dimensions + dim];
          next[dim] += weight[j] * (known + ratio * (at[dim] - known));
        }
        stress += weight[j] * (distance[j] - length) * (distance[j] - length);
      }
      for (int dim = 0; dim < dimensions; dim++) {
        next[dim] /= allWeights;
      }
      return stress;
    }
  }
}
