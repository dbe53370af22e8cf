package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Units that tell nothing: dead, always on, or the same as another.
///
/// Dead is a unit that is constant over the observations. Always on is one that varies and is above
/// 0 in every observation, in a layer that is rectified: whose least value is exactly 0, so that
/// there is an off. Two live units are duplicates where the absolute correlation of their
/// activations is above 0.999.
///
/// @param dead units, by rising number
/// @param alwaysOn units, by rising number
/// @param duplicates pairs of units, the lower number first, by rising numbers; empty where they
///   were not compared
/// @param compared whether there were few enough live units to compare all pairs
public record UnitFlags(
    List<Integer> dead, List<Integer> alwaysOn, List<Pair> duplicates, boolean compared) {
  /// The most live units of which all pairs are compared.
  public static final int MOST_COMPARED = 4_000;

  /// The absolute correlation above which two units do the same.
  public static final double SAME = .999;

  /// Copies the lists.
  public UnitFlags {
    dead = List.copyOf(dead);
    alwaysOn = List.copyOf(alwaysOn);
    duplicates = List.copyOf(duplicates);
  }

  /// Two units.
  ///
  /// @param first the lower number
  /// @param second the higher number
  public record Pair(int first, int second) {}

  /// Looks for them.
  ///
  /// @param activations rows = observations, columns = units; at least one of each
  /// @param lowest the least value that each unit has at any observation and position; for units
  ///   that are no pooled maps the least activation; not modified
  /// @param workers do the arithmetic
  /// @return what was found
  /// @throws IllegalArgumentException if there are no units, or not as many lowest values
  public static UnitFlags of(Matrix activations, float[] lowest, Workers workers) {
    if (lowest.length != activations.cols()) {
      throw new IllegalArgumentException(
          activations.cols() + " units need as many lowest values, got " + lowest.length);
    }
    Columns columns = Columns.of(activations, workers);
    int live = columns.live().length;
    boolean compared = live <= MOST_COMPARED;
    return new UnitFlags(
        boxed(columns.dead()),
        alwaysOn(columns, lowest),
        compared && live > 1 ? duplicates(activations, workers) : List.of(),
        compared);
  }

  private static List<Integer> boxed(int[] units) {
    return IntStream.of(units).boxed().toList();
  }

  private static List<Integer> alwaysOn(Columns columns, float[] lowest) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : lowest) {
      least = Math.min(least, value);
    }
    List<Integer> on = new ArrayList<>();
    for (int unit = 0; unit < lowest.length && least == 0; unit++) {
      if (lowest[unit] > 0 && !columns.dead(unit)) {
        on.add(unit);
      }
    }
    return on;
  }

  private static List<Pair> duplicates(Matrix activations, Workers workers) {
    NeuronDissimilarity compared =
        NeuronDissimilarity.of(activations, NeuronMeasure.PEARSON, workers, Progress.none());
    Dissimilarities table = compared.table();
    int[] live = compared.live();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < live.length; i++) {
      for (int j = i + 1; j < live.length; j++) {
        if (table.get(i, j) < 1 - SAME) {
          pairs.add(new Pair(live[i], live[j]));
        }
      }
    }
    return pairs;
  }
}
