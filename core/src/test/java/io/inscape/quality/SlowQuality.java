package io.inscape.quality;

import io.inscape.matrix.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every measure as its formula says, with full distance matrices and sorted lists: the oracle.
final class SlowQuality {
  final double[] trustworthiness;
  final double[] continuity;
  final double[] preservation;
  final double[] hit;
  final double[] ownHit;
  final double[] stress;
  final double rawStress;
  final double maxNormalizedStress;
  final double scaleOptimalStress;
  final double shepardGoodness;
  final double consistency;
  final double ownConsistency;
  private final int n;

  SlowQuality(Matrix data, Matrix layout, int[] labels, QualityParams params) {
    n = data.rows();
    double[][] far = distances(data);
    double[][] near = distances(layout);
    trustworthiness = ranks(near, far, params.trustworthinessK());
    continuity = ranks(far, near, params.trustworthinessK());
    preservation = new double[n];
    hit = hits(near, labels, params.k());
    ownHit = hits(far, labels, params.k());
    for (int i = 0; i < n; i++) {
      List<Integer> common =
          new ArrayList<>(ranked(far[i], i).subList(0, params.trustworthinessK()));
      common.retainAll(ranked(near[i], i).subList(0, params.trustworthinessK()));
      preservation[i] = common.size() / (double) params.trustworthinessK();
    }
    double product = 0;
    double squares = 0;
    double mostFar = 0;
    double mostNear = 0;
    List<Double> farPairs = new ArrayList<>();
    List<Double> nearPairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        farPairs.add(far[i][j]);
        nearPairs.add(near[i][j]);
        product += far[i][j] * near[i][j];
        squares += near[i][j] * near[i][j];
        mostFar = Math.max(mostFar, far[i][j]);
        mostNear = Math.max(mostNear, near[i][j]);
      }
    }
    rawStress = stress(far, near, 1, 1, 0, n);
    maxNormalizedStress = stress(far, near, 1 / mostFar, 1 / mostNear, 0, n);
    scaleOptimalStress = stress(far, near, 1, product / squares, 0, n);
    stress = new double[n];
    for (int i = 0; i < n; i++) {
      stress[i] = stress(far, near, 1, product / squares, i, i + 1);
    }
    shepardGoodness = pearson(averageRanks(farPairs), averageRanks(nearPairs));
    consistency = consistency(layout, labels);
    ownConsistency = consistency(data, labels);
  }

  private double stress(
      double[][] far, double[][] near, double scaleFar, double scaleNear, int from, int to) {
    double error = 0;
    double total = 0;
    for (int i = from; i < to; i++) {
      for (int j = 0; j < n; j++) {
        error += Math.pow(scaleFar * far[i][j] - scaleNear * near[i][j], 2);
        total += Math.pow(scaleFar * far[i][j], 2);
      }
    }
    return total == 0 ? error == 0 ? 0 : 1 : error / total;
  }

  private static double[][] distances(Matrix points) {
    int n = points.rows();
    double[][] distances = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int col = 0; col < points.cols(); col++) {
          double difference = (double) points.get(i, col) - points.get(j, col);
          sum += difference * difference;
        }
        distances[i][j] = Math.sqrt(sum);
      }
    }
    return distances;
  }

  private static List<Integer> ranked(double[] distances, int i) {
    List<Integer> others = new ArrayList<>();
    for (int j = 0; j < distances.length; j++) {
      if (j != i) {
        others.add(j);
      }
    }
    others.sort(Comparator.comparingDouble(j -> distances[j]));
    return others;
  }

  /// One minus the normalised excess ranks in the second space of the neighbours in the first.
  private double[] ranks(double[][] first, double[][] second, int k) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      List<Integer> order = ranked(second[i], i);
      double excess = 0;
      for (int j : ranked(first[i], i).subList(0, k)) {
        excess += Math.max(0, order.indexOf(j) + 1 - k);
      }
      values[i] = 1 - 2 * excess / (k * (2.0 * n - 3 * k - 1));
    }
    return values;
  }

  private double[] hits(double[][] distances, int[] labels, int k) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j : ranked(distances[i], i).subList(0, k)) {
        values[i] += labels[j] == labels[i] ? 1.0 / k : 0;
      }
    }
    return values;
  }

  private static double[] averageRanks(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    Map<Double, Integer> first = new HashMap<>();
    Map<Double, Integer> last = new HashMap<>();
    for (int at = 0; at < sorted.size(); at++) {
      first.putIfAbsent(sorted.get(at), at);
      last.put(sorted.get(at), at);
    }
    double[] ranks =
        values.stream().mapToDouble(value -> (first.get(value) + last.get(value)) / 2.0).toArray();
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = java.util.Arrays.stream(x).average().orElseThrow();
    double meanY = java.util.Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int at = 0; at < x.length; at++) {
      xx += (x[at] - meanX) * (x[at] - meanX);
      xy += (x[at] - meanX) * (y[at] - meanY);
      yy += (y[at] - meanY) * (y[at] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private double consistency(Matrix points, int[] labels) {
    int hits = 0;
    for (int i = 0; i < n; i++) {
      double least = Double.POSITIVE_INFINITY;
      int nearest = -1;
      for (int label = 0; label < 5; label++) {
        double[] sum = new double[points.cols()];
        int members = 0;
        for (int j = 0; j < n; j++) {
          if (labels[j] == label) {
            members++;
            for (int col = 0; col < sum.length; col++) {
              sum[col] += points.get(j, col);
            }
          }
        }
        double squared = 0;
        for (int col = 0; col < sum.length; col++) {
          squared += Math.pow(points.get(i, col) - sum[col] / members, 2);
        }
        if (members > 0 && squared < least) {
          least = squared;
          nearest = label;
        }
      }
      hits += nearest == labels[i] ? 1 : 0;
    }
    return hits / (double) n;
  }
}
