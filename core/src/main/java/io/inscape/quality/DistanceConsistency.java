package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;

/// Distance consistency: the share of observations whose nearest class centroid is their own
/// class's. Of centroids equally near, the one of the lowest label counts.
final class DistanceConsistency {
  private static final int ROWS_PER_CHUNK = 256;

  private DistanceConsistency() {}

  /// @param labels one per row, at least 0
  static double of(Matrix points, int[] labels, Workers workers) {
    int[] compact = new int[Arrays.stream(labels).max().orElse(0) + 1];
    for (int label : labels) {
      compact[label] = 1;
    }
    int classes = 0;
    for (int label = 0; label < compact.length; label++) {
      classes += compact[label];
      compact[label] = classes - 1;
    }
    double[][] centroids = centroids(points, labels, compact, classes);
    double hits =
        workers.sumChunks(
            points.rows(),
            ROWS_PER_CHUNK,
            (from, to) -> {
              float[] values = new float[points.cols()];
              int found = 0;
              for (int row = from; row < to; row++) {
                points.copyRow(row, values, 0);
                found += nearest(values, centroids) == compact[labels[row]] ? 1 : 0;
              }
              return found;
            });
    return hits / points.rows();
  }

  private static double[][] centroids(Matrix points, int[] labels, int[] compact, int classes) {
    double[][] centroids = new double[classes][points.cols()];
    int[] members = new int[classes];
    float[] values = new float[points.cols()];
    for (int row = 0; row < labels.length; row++) {
      points.copyRow(row, values, 0);
      double[] sum = centroids[compact[labels[row]]];
      members[compact[labels[row]]]++;
      for (int col = 0; col < values.length; col++) {
        sum[col] += values[col];
      }
    }
    for (int label = 0; label < classes; label++) {
      for (int col = 0; col < values.length; col++) {
        centroids[label][col] /= members[label];
      }
    }
    return centroids;
  }

  private static int nearest(float[] values, double[][] centroids) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int label = 0; label < centroids.length; label++) {
      double sum = 0;
      for (int col = 0; col < values.length; col++) {
        double difference = values[col] - centroids[label][col];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        nearest = label;
      }
    }
    return nearest;
  }
}
