package io.inscape.projection;

import io.inscape.matrix.Kernels;
import io.inscape.matrix.Workers;

/// The gradient of t-SNE's energy without its factor 4, and the energy itself; working arrays are
/// kept between calls.
///
/// `g_i = e sum_j p_ij w_ij (y_i - y_j) - 1/Z sum_j w_ij^2 (y_i - y_j)` with `w_ij = 1 / (1 + |y_i
/// - y_j|^2)`, Z the sum of w over all ordered pairs, and e the exaggeration.
final class TsneGradient {
  private static final int POINTS_PER_CHUNK = 4 * Kernels.LANES;

  private final Affinities affinities;
  private final int count;
  private final int padded;
  private final Workers workers;
  private final double[][] repulsion;
  private final double[] weight;

  TsneGradient(Affinities affinities, int dimensions, Workers workers) {
    this.affinities = affinities;
    this.workers = workers;
    count = affinities.rowStart().length - 1;
    padded = padded(count);
    repulsion = new double[dimensions][padded];
    weight = new double[padded];
  }

  /// The length of an array that holds one value per point and fills whole vectors.
  static int padded(int count) {
    return Math.ceilDiv(count, Kernels.LANES) * Kernels.LANES;
  }

  /// Computes the gradient.
  ///
  /// @param position one padded array per dimension
  /// @param exaggeration factor on the attraction
  /// @param gradient receives the gradient, one padded array per dimension
  void compute(float[][] position, double exaggeration, double[][] gradient) {
    workers.forEachChunk(
        padded,
        POINTS_PER_CHUNK,
        (_, from, to) -> {
          Kernels.repulsion(position, count, from, to, repulsion, weight);
          attract(position, from, Math.min(to, count), gradient);
        });
    double inverse = 1 / normaliser();
    for (int dim = 0; dim < position.length; dim++) {
      for (int i = 0; i < count; i++) {
        gradient[dim][i] = exaggeration * gradient[dim][i] - inverse * repulsion[dim][i];
      }
    }
  }

  /// The Kullback-Leibler divergence of the affinities from those of the layout, in nats.
  double energy(float[][] position) {
    workers.forEachChunk(
        padded,
        POINTS_PER_CHUNK,
        (_, from, to) -> Kernels.repulsion(position, count, from, to, repulsion, weight));
    double normaliser = normaliser();
    return workers.sumChunks(
        count, POINTS_PER_CHUNK, (from, to) -> divergence(position, from, to, normaliser));
  }

  private double divergence(float[][] position, int from, int to, double normaliser) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        double squared = 1;
        for (float[] axis : position) {
          double difference = (double) axis[i] - axis[affinities.index()[at]];
          squared += difference * difference;
        }
        double p = affinities.value()[at];
        if (p > 0) {
          sum += p * Math.log(p * squared * normaliser);
        }
      }
    }
    return sum;
  }

  /// Z, less what the kernel counted for each point itself.
  private double normaliser() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight[i] - 1;
    }
    return Math.max(sum, Double.MIN_NORMAL);
  }

  private void attract(float[][] position, int from, int to, double[][] gradient) {
    if (position.length == 2) {
      attractFlat(position[0], position[1], from, to, gradient);
    } else {
      attractDeep(position, from, to, gradient);
    }
  }

  private void attractFlat(float[] x, float[] y, int from, int to, double[][] gradient) {
    int[] rowStart = affinities.rowStart();
    int[] index = affinities.index();
    float[] value = affinities.value();
    for (int i = from; i < to; i++) {
      double sumX = 0;
      double sumY = 0;
      for (int at = rowStart[i]; at < rowStart[i + 1]; at++) {
        float dx = x[i] - x[index[at]];
        float dy = y[i] - y[index[at]];
        float pull = value[at] / (1 + dx * dx + dy * dy);
        sumX += pull * dx;
        sumY += pull * dy;
      }
      gradient[0][i] = sumX;
      gradient[1][i] = sumY;
    }
  }

  private void attractDeep(float[][] position, int from, int to, double[][] gradient) {
    float[] x = position[0];
    float[] y = position[1];
    float[] z = position[2];
    for (int i = from; i < to; i++) {
      double sumX = 0;
      double sumY = 0;
      double sumZ = 0;
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        int j = affinities.index()[at];
        float dx = x[i] - x[j];
        float dy = y[i] - y[j];
        float dz = z[i] - z[j];
        float pull = affinities.value()[at] / (1 + dx * dx + dy * dy + dz * dz);
        sumX += pull * dx;
        sumY += pull * dy;
        sumZ += pull * dz;
      }
      gradient[0][i] = sumX;
      gradient[1][i] = sumY;
      gradient[2][i] = sumZ;
    }
  }
}
