package io.inscape.projection.tsne;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Workers;

/// The repulsion of all pairs.
final class ExactRepulsion implements Repulsion {
  private static final int POINTS_PER_CHUNK = 4 * Kernels.LANES;

  private final int count;
  private final Similarity similarity;
  private final Workers workers;
  private final double[][] force;
  private final double[] weight;

  ExactRepulsion(int count, int dimensions, Similarity similarity, Workers workers) {
    this.count = count;
    this.similarity = similarity;
    this.workers = workers;
    int padded = Divergence.padded(count);
    force = new double[dimensions][padded];
    weight = new double[padded];
  }

  @Override
  public double compute(float[][] position, Extent extent, float[][] push) {
    workers.forEachChunk(
        Divergence.padded(count),
        POINTS_PER_CHUNK,
        (_, from, to) -> {
          if (similarity.freedom() == 1) {
            Kernels.repulsion(position, count, from, to, force, weight);
          } else {
            sum(position, from, Math.min(to, count));
          }
          for (int dim = 0; dim < push.length; dim++) {
            for (int i = from; i < to; i++) {
              push[dim][i] = (float) force[dim][i];
            }
          }
        });
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight[i] - 1; // what was counted for the point itself
    }
    return sum;
  }

  private void sum(float[][] position, int from, int to) {
    double[] difference = new double[position.length];
    for (int i = from; i < to; i++) {
      weight[i] = 0;
      for (double[] axis : force) {
        axis[i] = 0;
      }
      for (int j = 0; j < count; j++) {
        double squared = 0;
        for (int dim = 0; dim < difference.length; dim++) {
          difference[dim] = (double) position[dim][i] - position[dim][j];
          squared += difference[dim] * difference[dim];
        }
        double w = similarity.of(squared);
        weight[i] += w;
        double strength = w * similarity.steepness(squared);
        for (int dim = 0; dim < difference.length; dim++) {
          force[dim][i] += strength * difference[dim];
        }
      }
    }
  }
}
