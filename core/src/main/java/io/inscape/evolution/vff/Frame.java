package io.inscape.evolution.vff;

import java.util.Arrays;

/// The layouts of all steps, their mean, and what pulls at every point there.
final class Frame {
  /// `[step][dim][point]`, padded with zeros.
  final float[][][] position;

  /// Mean position over the steps that count, `[dim][point]`, padded with zeros.
  final float[][] mean;

  /// Where the distances within the step pull, `[step][dim][point]`.
  final double[][][] stressPull;

  /// Where the mean positions pull, `[step][dim][point]`.
  final double[][][] alignmentPull;

  /// Per point the squared gaps to the data, summed over steps.
  final double[] stress;

  /// Per point the squared gaps to the wanted distances, summed over steps.
  final double[] alignment;

  /// What is minimised.
  double energy;

  Frame(int steps, int padded) {
    position = new float[steps][2][padded];
    mean = new float[2][padded];
    stressPull = new double[steps][2][padded];
    alignmentPull = new double[steps][2][padded];
    stress = new double[padded];
    alignment = new double[padded];
  }

  /// Sets the mean positions.
  ///
  /// @param share of each step in the mean
  /// @param count points
  void average(double[] share, int count) {
    for (int dim = 0; dim < 2; dim++) {
      for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int step = 0; step < share.length; step++) {
          sum += share[step] * position[step][dim][i];
        }
        mean[dim][i] = (float) sum;
      }
    }
  }

  /// Sets the sums of some points to 0.
  void clear(int first, int points) {
    Arrays.fill(stress, first, first + points, 0);
    Arrays.fill(alignment, first, first + points, 0);
    for (int step = 0; step < position.length; step++) {
      for (int dim = 0; dim < 2; dim++) {
        Arrays.fill(stressPull[step][dim], first, first + points, 0);
        Arrays.fill(alignmentPull[step][dim], first, first + points, 0);
      }
    }
  }
}
