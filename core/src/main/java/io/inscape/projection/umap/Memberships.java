package io.inscape.projection.umap;

import io.inscape.matrix.Workers;
import io.inscape.neighbors.Neighbors;

/// How strongly an observation belongs together with each of its neighbours, as it sees it:
/// `exp(-(d - rho) / sigma)`, at most 1.
///
/// rho is the distance of the nearest neighbour that is not a duplicate; sigma makes the strengths
/// sum to `log2(k + 1)` (bisection, tolerance 1e-5) and is at least a thousandth of the mean
/// distance.
final class Memberships {
  private static final double TOLERANCE = 1e-5;
  private static final int MOST_HALVINGS = 64;
  private static final double LEAST_SHARE = 1e-3; // of the mean distance
  private static final int ROWS_PER_CHUNK = 1024;

  private final Neighbors neighbors;
  private final double localConnectivity;
  private final double meanDistance;

  Memberships(Neighbors neighbors, double localConnectivity, Workers workers) {
    this.neighbors = neighbors;
    this.localConnectivity = localConnectivity;
    int k = neighbors.k();
    double sum =
        workers.sumChunks(
            neighbors.observations(),
            ROWS_PER_CHUNK,
            (from, to) -> {
              double part = 0;
              for (int i = from; i < to; i++) {
                for (int m = 0; m < k; m++) {
                  part += neighbors.distance(i, m);
                }
              }
              return part;
            });
    meanDistance = sum / ((double) neighbors.observations() * (k + 1)); // itself, at 0, counts
  }

  /// Fills in the strengths of one observation's neighbours, in their order.
  void of(int observation, float[] strength) {
    int k = neighbors.k();
    double[] distance = new double[k];
    for (int m = 0; m < k; m++) {
      distance[m] = neighbors.distance(observation, m);
    }
    weigh(distance, rho(distance, localConnectivity), meanDistance, strength);
  }

  /// The distance up to which a neighbour counts as fully connected: of the `localConnectivity`-th
  /// neighbour that is no duplicate, interpolated.
  static double rho(double[] distance, double localConnectivity) {
    int duplicates = 0;
    while (duplicates < distance.length && distance[duplicates] <= 0) {
      duplicates++;
    }
    int distinct = distance.length - duplicates;
    if (distinct == 0) {
      return 0;
    }
    if (distinct < localConnectivity) {
      return distance[distance.length - 1];
    }
    int whole = (int) Math.floor(localConnectivity);
    double part = localConnectivity - whole;
    double below = whole > 0 ? distance[duplicates + whole - 1] : 0;
    return part > 0 ? below + part * (distance[duplicates + whole] - below) : below;
  }

  /// Finds sigma and fills in the strengths.
  static void weigh(double[] distance, double rho, double meanOfAll, float[] strength) {
    double target = Math.log(distance.length + 1) / Math.log(2);
    double sum = 0;
    for (double d : distance) {
      sum += d;
    }
    double mean = rho > 0 ? sum / (distance.length + 1) : meanOfAll;
    double sigma = Math.max(bisect(distance, rho, target), LEAST_SHARE * mean);
    for (int m = 0; m < distance.length; m++) {
      double excess = distance[m] - rho;
      strength[m] = excess <= 0 || sigma == 0 ? 1 : (float) Math.exp(-excess / sigma);
    }
  }

  private static double bisect(double[] distance, double rho, double target) {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double sigma = 1;
    for (int round = 0; round < MOST_HALVINGS; round++) {
      double sum = 0;
      for (double d : distance) {
        sum += d > rho ? Math.exp(-(d - rho) / sigma) : 1;
      }
      if (Math.abs(sum - target) < TOLERANCE) {
        break;
      }
      if (sum > target) {
        high = sigma;
        sigma = (low + high) / 2;
      } else {
        low = sigma;
        sigma = Double.isInfinite(high) ? sigma * 2 : (low + high) / 2;
      }
    }
    return sigma;
  }
}
