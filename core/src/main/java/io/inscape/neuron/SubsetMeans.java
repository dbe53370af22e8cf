package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;

/// The mean activation of each unit over subsets of the observations, and how two subsets differ.
///
/// Sums are in double, each unit's in the order of the rows, so the means are exact to 1e-6 and the
/// same on any number of threads.
public final class SubsetMeans {
  private static final int UNITS_PER_CHUNK = 16;

  private SubsetMeans() {}

  /// Means over several subsets.
  ///
  /// @param activations rows = observations, columns = units
  /// @param subsets row numbers of each; none empty; not modified
  /// @param workers do the arithmetic
  /// @return `[subset * units + unit]`
  /// @throws IllegalArgumentException if a subset is empty or a row is out of range
  public static float[] of(Matrix activations, List<int[]> subsets, Workers workers) {
    subsets.forEach(rows -> require(activations, rows));
    Columns columns = Columns.of(activations, workers);
    int units = columns.units();
    float[] means = new float[Math.multiplyExact(subsets.size(), units)];
    workers.forEachChunk(
        units,
        UNITS_PER_CHUNK,
        (_, from, to) -> {
          for (int unit = from; unit < to; unit++) {
            for (int subset = 0; subset < subsets.size(); subset++) {
              means[subset * units + unit] = (float) mean(columns, unit, subsets.get(subset));
            }
          }
        });
    return means;
  }

  /// How the units' activations differ between two subsets.
  ///
  /// The effect size is Cohen's d, the difference of the means over the pooled standard deviation,
  /// `s^2 = ((n_a - 1) s_a^2 + (n_b - 1) s_b^2) / (n_a + n_b - 2)`; 0 where both are constant.
  /// Welch's t is the difference over `sqrt(s_a^2 / n_a + s_b^2 / n_b)`; 0 where both are constant,
  /// and where a subset is one observation, whose spread nobody knows.
  ///
  /// @param activations rows = observations, columns = units
  /// @param a rows of the one; not modified
  /// @param b rows of the other; not modified
  /// @param workers do the arithmetic
  /// @return mean a, mean b, effect size and t, `[4, unit]`
  /// @throws IllegalArgumentException if a subset is empty or a row is out of range
  public static float[] compare(Matrix activations, int[] a, int[] b, Workers workers) {
    require(activations, a);
    require(activations, b);
    Columns columns = Columns.of(activations, workers);
    int units = columns.units();
    float[] result = new float[4 * units];
    workers.forEachChunk(
        units,
        UNITS_PER_CHUNK,
        (_, from, to) -> {
          for (int unit = from; unit < to; unit++) {
            compare(columns, unit, a, b, result);
          }
        });
    return result;
  }

  private static void compare(Columns columns, int unit, int[] a, int[] b, float[] result) {
    double meanA = mean(columns, unit, a);
    double meanB = mean(columns, unit, b);
    double squaresA = squares(columns, unit, a, meanA);
    double squaresB = squares(columns, unit, b, meanB);
    double difference = meanA - meanB;
    int units = columns.units();
    result[unit] = (float) meanA;
    result[units + unit] = (float) meanB;
    int freedom = a.length + b.length - 2;
    if (squaresA + squaresB == 0) { // then freedom may be 0
      return;
    }
    result[2 * units + unit] = (float) (difference / Math.sqrt((squaresA + squaresB) / freedom));
    if (a.length > 1 && b.length > 1) {
      double error = squaresA / (a.length - 1) / a.length + squaresB / (b.length - 1) / b.length;
      result[3 * units + unit] = (float) (difference / Math.sqrt(error));
    }
  }

  private static double mean(Columns columns, int unit, int[] rows) {
    float[] values = columns.values();
    int base = unit * columns.observations();
    double even = 0;
    double odd = 0;
    int at = 0;
    for (; at + 1 < rows.length; at += 2) { // two sums, which do not wait for each other
      even += values[base + rows[at]];
      odd += values[base + rows[at + 1]];
    }
    return (even + odd + (at < rows.length ? values[base + rows[at]] : 0)) / rows.length;
  }

  /// The sum of squared distances from the mean; exactly 0 where the unit is constant.
  private static double squares(Columns columns, int unit, int[] rows, double mean) {
    float[] values = columns.values();
    int base = unit * columns.observations();
    float first = values[base + rows[0]];
    boolean constant = true;
    double squares = 0;
    for (int row : rows) {
      float value = values[base + row];
      constant &= value == first;
      squares += (value - mean) * (value - mean);
    }
    return constant ? 0 : squares;
  }

  private static void require(Matrix activations, int[] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "a subset needs at least 1 of the " + activations.rows() + " observations, got none");
    }
    for (int row : rows) {
      if (row < 0 || row >= activations.rows()) {
        throw new IllegalArgumentException(
            "rows of a subset must be in [0, " + activations.rows() + "), got " + row);
      }
    }
  }
}
