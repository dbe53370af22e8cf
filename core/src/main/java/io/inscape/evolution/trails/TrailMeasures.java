package io.inscape.evolution.trails;

import io.inscape.evolution.LayoutSequence;

/// How far observations move through a sequence of layouts, in the layouts' unit.
public final class TrailMeasures {
  private final int observations;
  private final float[] stepLength; // [transition][observation]
  private final float[] length; // [observation]

  private TrailMeasures(int observations, float[] stepLength, float[] length) {
    this.observations = observations;
    this.stepLength = stepLength;
    this.length = length;
  }

  /// Measures all trails.
  ///
  /// @param layouts at least 2 steps, any number of dimensions
  /// @return the measures
  /// @throws IllegalArgumentException if there is one step only
  public static TrailMeasures of(LayoutSequence layouts) {
    int steps = layouts.steps();
    if (steps < 2) {
      throw new IllegalArgumentException("trails need at least 2 steps, got " + steps);
    }
    int n = layouts.observations();
    float[] stepLength = new float[(steps - 1) * n];
    float[] length = new float[n];
    for (int i = 0; i < n; i++) {
      double total = 0;
      for (int step = 0; step < steps - 1; step++) {
        double moved = distance(layouts, i, step);
        stepLength[step * n + i] = (float) moved;
        total += moved;
      }
      length[i] = (float) total;
    }
    return new TrailMeasures(n, stepLength, length);
  }

  private static double distance(LayoutSequence layouts, int i, int step) {
    double squared = 0;
    for (int dim = 0; dim < layouts.dimensions(); dim++) {
      double way = (double) layouts.get(step + 1, i, dim) - layouts.get(step, i, dim);
      squared += way * way;
    }
    return Math.sqrt(squared);
  }

  /// {@return the number of ways from one step to the next: steps less one}
  public int transitions() {
    return stepLength.length / observations;
  }

  /// {@return a copy of the lengths of the trails, per observation}
  public float[] length() {
    return length.clone();
  }

  /// {@return a copy of the lengths from step to step, `[transition][observation]`}
  public float[] stepLength() {
    return stepLength.clone();
  }

  /// Mean lengths per class.
  ///
  /// @param labels class of each observation, in [0, classes)
  /// @param classes number of classes, at least 1
  /// @return `[transition][class]`; 0 for a class that nobody is in
  /// @throws IllegalArgumentException if there is not one label per observation, or one is out of
  ///   range
  public double[] meanStepLength(int[] labels, int classes) {
    int[] size = sizes(labels, classes);
    double[] mean = new double[transitions() * classes];
    for (int step = 0; step < transitions(); step++) {
      for (int i = 0; i < observations; i++) {
        mean[step * classes + labels[i]] +=
            stepLength[step * observations + i] / (double) size[labels[i]];
      }
    }
    return mean;
  }

  /// Mean length of the trails per class.
  ///
  /// @param labels class of each observation, in [0, classes)
  /// @param classes number of classes, at least 1
  /// @return one value per class; 0 for a class that nobody is in
  /// @throws IllegalArgumentException if there is not one label per observation, or one is out of
  ///   range
  public double[] meanLength(int[] labels, int classes) {
    int[] size = sizes(labels, classes);
    double[] mean = new double[classes];
    for (int i = 0; i < observations; i++) {
      mean[labels[i]] += length[i] / (double) size[labels[i]];
    }
    return mean;
  }

  private int[] sizes(int[] labels, int classes) {
    StraightTrails.checkLabels(labels, observations);
    int[] size = new int[classes];
    for (int i = 0; i < observations; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "labels must be from 0 to "
                + (classes - 1)
                + ", got "
                + labels[i]
                + " for observation "
                + i);
      }
      size[labels[i]]++;
    }
    return size;
  }
}
