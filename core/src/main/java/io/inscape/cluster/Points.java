package io.inscape.cluster;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.List;

/// Points of a layout, and how dense it is around each.
final class Points {
  private static final int CHUNK = 32;

  private final int count;
  private final int dims;
  private final float[] positions; // [point * dims + dim]

  Points(Matrix layout) {
    count = layout.rows();
    dims = layout.cols();
    positions = layout.toArray();
  }

  int count() {
    return count;
  }

  double distance(int one, int other) {
    double sum = 0;
    for (int dim = 0; dim < dims; dim++) {
      double difference = (double) positions[one * dims + dim] - positions[other * dims + dim];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /// The mean of some points' first coordinates.
  double middle(List<Integer> some) {
    double sum = 0;
    for (int point : some) {
      sum += positions[point * dims];
    }
    return sum / some.size();
  }

  /// The distance from each point to its k-th nearest other one.
  double[] coreDistances(int k, Workers workers) {
    double[] core = new double[count];
    workers.forEachChunk(
        count,
        CHUNK,
        (_, from, to) -> {
          double[] row = new double[count];
          for (int point = from; point < to; point++) {
            for (int other = 0; other < count; other++) {
              row[other] = distance(point, other);
            }
            Arrays.sort(row);
            core[point] = row[k]; // row[0] is the point itself
          }
        });
    return core;
  }

  /// How much nearer the points of each group lie to their own group than to the nearest other one,
  /// from -1 to 1.
  ///
  /// @param group of each point; those below 0 do not take part
  double silhouette(int[] group, int groups) {
    int[] sizes = new int[groups];
    for (int one : group) {
      if (one >= 0) {
        sizes[one]++;
      }
    }
    double sum = 0;
    int judged = 0;
    double[] mean = new double[groups];
    for (int point = 0; point < count; point++) {
      if (group[point] < 0) {
        continue;
      }
      Arrays.fill(mean, 0);
      for (int other = 0; other < count; other++) {
        if (group[other] >= 0) {
          mean[group[other]] += distance(point, other);
        }
      }
      double own = mean[group[point]] / Math.max(1, sizes[group[point]] - 1);
      double nearest = Double.POSITIVE_INFINITY;
      for (int one = 0; one < groups; one++) {
        if (one != group[point]) {
          nearest = Math.min(nearest, mean[one] / sizes[one]);
        }
      }
      double larger = Math.max(own, nearest);
      sum += larger == 0 ? 0 : (nearest - own) / larger;
      judged++;
    }
    return sum / judged;
  }
}
