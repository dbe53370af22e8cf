package io.inscape.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one unit does, class by class and at its extremes.
///
/// @param classMean mean activation by class; null where a class has no observation
/// @param classDeviation standard deviation by class, as NumPy's `std` has it; null where a class
///   has no observation
/// @param best the class of the largest mean, the lowest of equals
/// @param low lower edge of the histogram, the least activation
/// @param high upper edge, the greatest activation
/// @param counts observations in each of the equally wide bins between them; of a constant unit all
///   in the first
/// @param top rows of the greatest activations, greatest first, of equals the lower row first
/// @param bottom rows of the least activations, least first, of equals the lower row first
public record UnitProfile(
    List<@Nullable Double> classMean,
    List<@Nullable Double> classDeviation,
    int best,
    float low,
    float high,
    List<Integer> counts,
    List<Integer> top,
    List<Integer> bottom) {
  /// How many bins the histogram has.
  public static final int BINS = 32;

  /// How many rows are listed at each end, where there are so many.
  public static final int EXTREMES = 24;

  /// Copies the lists.
  public UnitProfile {
    classMean = Collections.unmodifiableList(new ArrayList<>(classMean));
    classDeviation = Collections.unmodifiableList(new ArrayList<>(classDeviation));
    counts = List.copyOf(counts);
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }

  /// Looks at a unit.
  ///
  /// @param activations one for each observation, at least one; finite; not modified
  /// @param labels the class of each, in [0, classes); not modified
  /// @param classes how many classes there are
  /// @return its profile
  /// @throws IllegalArgumentException if there is no observation, or not as many labels
  public static UnitProfile of(float[] activations, int[] labels, int classes) {
    if (activations.length == 0 || activations.length != labels.length) {
      throw new IllegalArgumentException(
          "a profile needs at least 1 activation and a label for each, got "
              + activations.length
              + " and "
              + labels.length);
    }
    double[] mean = means(activations, labels, classes);
    double[] deviation = deviations(activations, labels, mean);
    int best = 0;
    for (int c = 1; c < classes; c++) { // NaN, a class without observations, is never the larger
      best = mean[c] > mean[best] || Double.isNaN(mean[best]) ? c : best;
    }
    List<Integer> ascending = ascending(activations);
    float low = activations[ascending.getFirst()];
    float high = activations[ascending.getLast()];
    return new UnitProfile(
        present(mean),
        present(deviation),
        best,
        low,
        high,
        histogram(activations, low, high),
        descending(activations).subList(0, Math.min(EXTREMES, activations.length)),
        ascending.subList(0, Math.min(EXTREMES, activations.length)));
  }

  private static double[] means(float[] activations, int[] labels, int classes) {
    double[] sum = new double[classes];
    int[] count = new int[classes];
    for (int row = 0; row < labels.length; row++) {
      sum[labels[row]] += activations[row];
      count[labels[row]]++;
    }
    Arrays.setAll(sum, c -> sum[c] / count[c]); // 0 / 0 is NaN
    return sum;
  }

  private static double[] deviations(float[] activations, int[] labels, double[] mean) {
    double[] squares = new double[mean.length];
    int[] count = new int[mean.length];
    for (int row = 0; row < labels.length; row++) {
      double off = activations[row] - mean[labels[row]];
      squares[labels[row]] += off * off;
      count[labels[row]]++;
    }
    Arrays.setAll(squares, c -> Math.sqrt(squares[c] / count[c]));
    return squares;
  }

  private static List<@Nullable Double> present(double[] values) {
    List<@Nullable Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(Double.isNaN(value) ? null : (Double) value);
    }
    return list;
  }

  private static List<Integer> histogram(float[] activations, float low, float high) {
    int[] counts = new int[BINS];
    double width = ((double) high - low) / BINS;
    for (float value : activations) {
      int bin = width == 0 ? 0 : (int) ((value - (double) low) / width);
      counts[Math.min(BINS - 1, bin)]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static List<Integer> ascending(float[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[a] + 0f, values[b] + 0f)) // both zeros are one
        .toList();
  }

  private static List<Integer> descending(float[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b] + 0f, values[a] + 0f))
        .toList();
  }
}
