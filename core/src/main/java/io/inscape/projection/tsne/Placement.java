package io.inscape.projection.tsne;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;

/// Places new observations into an existing t-SNE layout, which stays as it is: each starts at the
/// median of its nearest neighbours' positions and descends on its own divergence, attracted by the
/// nearest neighbours and pushed by all points of the layout; new observations do not act on each
/// other.
public final class Placement {
  /// Neighbours whose median is the start.
  public static final int NEIGHBORS = 25;

  private static final double PERPLEXITY = 5;
  private static final int ATTRACTING = 15; // 3 x perplexity
  private static final double EXAGGERATION = 1.5;
  private static final double RATE = 0.1;
  private static final double MOMENTUM = 0.8;
  private static final double LONGEST_GRADIENT = 0.25;
  private static final int ITERATIONS = 250;
  private static final int CHUNK = 16;

  /// Up to so many pairs are summed up one by one: the grid of all points would cost more.
  private static final double MOST_PAIRS = 2e5;

  private Placement() {}

  /// Places observations.
  ///
  /// @param layout positions, `[observation * dimensions + dim]`; not modified
  /// @param dimensions 2 or 3
  /// @param neighbors of the new observations among those of the layout
  /// @param freedom degrees of freedom of the similarity
  /// @param workers do the arithmetic
  /// @return positions of the new observations, `[observation * dimensions + dim]`
  public static float[] place(
      float[] layout, int dimensions, Neighbors neighbors, double freedom, Workers workers) {
    int count = layout.length / dimensions;
    float[][] position = new float[dimensions][Divergence.padded(count)];
    for (int i = 0; i < count; i++) {
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim][i] = layout[i * dimensions + dim];
      }
    }
    Similarity similarity = new Similarity(freedom, false);
    float[] placed = new float[neighbors.observations() * dimensions];
    Extent extent = Extent.of(position, count);
    Field field =
        dimensions == 2
                && (double) neighbors.observations() * count > MOST_PAIRS
                && GridRepulsion.fits(extent, freedom)
            ? new GridRepulsion(count, freedom, workers).field(position, extent)
            : new Pairs(position, count, similarity);
    workers.forEachChunk(
        neighbors.observations(),
        CHUNK,
        (_, from, to) -> {
          for (int i = from; i < to; i++) {
            double[] at = descend(position, neighbors, i, similarity, field);
            for (int dim = 0; dim < dimensions; dim++) {
              placed[i * dimensions + dim] = (float) at[dim];
            }
          }
        });
    return placed;
  }

  /// What all points of the layout do to a new one.
  @FunctionalInterface
  interface Field {
    /// Computes it.
    ///
    /// @param at where
    /// @param push receives the force
    /// @return the sum of the similarities
    double at(double[] at, double[] push);
  }

  @SuppressWarnings("ArrayRecordComponent") // kept within the class, never compared
  private record Pairs(float[][] position, int count, Similarity similarity) implements Field {
    @Override
    public double at(double[] at, double[] push) {
      Arrays.fill(push, 0);
      double z = 0;
      for (int j = 0; j < count; j++) {
        double squared = 0;
        for (int dim = 0; dim < at.length; dim++) {
          double difference = at[dim] - position[dim][j];
          squared += difference * difference;
        }
        double w = similarity.of(squared);
        z += w;
        double strength = w * similarity.steepness(squared);
        for (int dim = 0; dim < at.length; dim++) {
          push[dim] += strength * (at[dim] - position[dim][j]);
        }
      }
      return z;
    }
  }

  private static double[] descend(
      float[][] position, Neighbors neighbors, int i, Similarity similarity, Field field) {
    double[] at = median(position, neighbors, i);
    double[] weight = weights(neighbors, i);
    double[] update = new double[at.length];
    double[] push = new double[at.length];
    double[] gradient = new double[at.length];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double z = Math.max(field.at(at, push), Double.MIN_NORMAL);
      for (int dim = 0; dim < at.length; dim++) {
        gradient[dim] = -push[dim] / z;
      }
      for (int m = 0; m < weight.length; m++) {
        int j = neighbors.index(i, m);
        double squared = 0;
        for (int dim = 0; dim < at.length; dim++) {
          double difference = at[dim] - position[dim][j];
          squared += difference * difference;
        }
        double strength = EXAGGERATION * weight[m] * similarity.steepness(squared);
        for (int dim = 0; dim < at.length; dim++) {
          gradient[dim] += strength * (at[dim] - position[dim][j]);
        }
      }
      move(at, update, gradient);
    }
    return at;
  }

  private static void move(double[] at, double[] update, double[] gradient) {
    double squared = 0;
    for (double slope : gradient) {
      squared += slope * slope;
    }
    double shorter = Math.min(1, LONGEST_GRADIENT / Math.sqrt(Math.max(squared, 1e-300)));
    for (int dim = 0; dim < at.length; dim++) {
      update[dim] = MOMENTUM * update[dim] - RATE * shorter * gradient[dim];
      at[dim] += update[dim];
    }
  }

  private static double[] weights(Neighbors neighbors, int i) {
    int k = Math.min(ATTRACTING, neighbors.k());
    double[] excess = new double[k];
    double nearest = neighbors.squaredDistance(i, 0);
    for (int m = 0; m < k; m++) {
      excess[m] = neighbors.squaredDistance(i, m) - nearest;
    }
    double[] weight = new double[k];
    Affinities.findPrecision(excess, Math.log(Math.min(PERPLEXITY, Math.max(1, k / 3.0))), weight);
    return weight;
  }

  private static double[] median(float[][] position, Neighbors neighbors, int i) {
    double[] at = new double[position.length];
    float[] values = new float[Math.min(NEIGHBORS, neighbors.k())];
    for (int dim = 0; dim < at.length; dim++) {
      for (int m = 0; m < values.length; m++) {
        values[m] = position[dim][neighbors.index(i, m)];
      }
      Arrays.sort(values);
      int middle = values.length / 2;
      at[dim] =
          values.length % 2 == 1
              ? values[middle]
              : 0.5 * ((double) values[middle - 1] + values[middle]);
    }
    return at;
  }
}
