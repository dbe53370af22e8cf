package io.inscape.quality;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import io.inscape.neighbors.Neighbors;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/// Neighborhood hit: the share of each observation's k nearest neighbours that have its label.
///
/// The observation itself is not among its neighbours. Equal distances are ordered by index.
///
/// @param mean over all observations, in [0, 1]
/// @param perObservation one value per observation, multiples of 1/k
/// @param perClass mean over the observations of each label; NaN for a label that none has
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record NeighborhoodHit(double mean, float[] perObservation, double[] perClass) {
  /// Copies the arrays.
  public NeighborhoodHit {
    perObservation = perObservation.clone();
    perClass = perClass.clone();
  }

  /// {@return a copy: one value per observation}
  @Override
  public float[] perObservation() {
    return perObservation.clone();
  }

  /// {@return a copy: one value per label}
  @Override
  public double[] perClass() {
    return perClass.clone();
  }

  /// Measures points, in a layout or in their own space.
  ///
  /// @param points rows = observations; at least `k + 1` of them
  /// @param labels one per observation, at least 0; not modified
  /// @param k number of neighbours, at least 1
  /// @param workers do the arithmetic
  /// @return the measure
  /// @throws IllegalArgumentException if the counts do not fit, or a label is negative
  public static NeighborhoodHit of(Matrix points, int[] labels, int k, Workers workers) {
    if (labels.length != points.rows()) {
      throw new IllegalArgumentException(
          "there are " + labels.length + " labels for " + points.rows() + " observations");
    }
    requireLabels(labels);
    Neighbors neighbors = ExactNeighbors.find(points, k, workers);
    return count(
        labels,
        labels,
        k,
        (observation, neighbor) -> labels[neighbors.index(observation, neighbor)]);
  }

  /// Counts the hits of lists of neighbours.
  ///
  /// @param own the label of each observation that is judged
  /// @param all every label there is, for the number of classes
  /// @param label the label of a neighbour, by observation and neighbour
  static NeighborhoodHit count(int[] own, int[] all, int k, IntBinaryOperator label) {
    int classes = classes(all);
    float[] share = new float[own.length];
    long[] hits = new long[classes];
    long[] members = new long[classes];
    for (int observation = 0; observation < own.length; observation++) {
      int same = 0;
      for (int neighbor = 0; neighbor < k; neighbor++) {
        if (label.applyAsInt(observation, neighbor) == own[observation]) {
          same++;
        }
      }
      share[observation] = (float) same / k;
      hits[own[observation]] += same;
      members[own[observation]]++;
    }
    double[] perClass = new double[classes];
    Arrays.setAll(perClass, one -> hits[one] / ((double) members[one] * k));
    double mean = Arrays.stream(hits).sum() / ((double) own.length * k);
    return new NeighborhoodHit(mean, share, perClass);
  }

  static void requireLabels(int[] labels) {
    classes(labels);
  }

  /// What points placed at random get on average: the chance that another observation has the same
  /// label.
  ///
  /// @param labels one per observation, at least 0, at least two of them; not modified
  /// @return the expected mean, in [0, 1]
  /// @throws IllegalArgumentException if there are fewer than 2 labels, or one is negative
  public static double baseline(int[] labels) {
    if (labels.length < 2) {
      throw new IllegalArgumentException(
          "a neighborhood hit needs at least 2 observations, got " + labels.length);
    }
    long[] members = new long[classes(labels)];
    for (int label : labels) {
      members[label]++;
    }
    double pairs = 0;
    for (long count : members) {
      pairs += (double) count * (count - 1);
    }
    return pairs / ((double) labels.length * (labels.length - 1));
  }

  private static int classes(int[] labels) {
    int classes = 0;
    for (int observation = 0; observation < labels.length; observation++) {
      if (labels[observation] < 0 || labels[observation] > 1_000_000) {
        throw new IllegalArgumentException(
            "labels must be from 0 to 1000000, got "
                + labels[observation]
                + " for observation "
                + observation);
      }
      classes = Math.max(classes, labels[observation] + 1);
    }
    return classes;
  }
}
