package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/// How well each unit tells each class from all others: the importances of one-vs-rest forests of
/// extremely randomized trees [Geurts2006], `S(class, unit)`.
///
/// Every tree sees all observations. At a node it draws some units, cuts each at a place drawn
/// evenly between the least and the greatest activation in the node, and takes the cut that lowers
/// the Gini impurity most. A unit's importance in a tree is the sum of what its cuts gain over what
/// all cuts gain; the forest's is the mean over the trees, scaled to sum 1. The same input and seed
/// give the same bits on any number of threads.
///
/// Cost: trees x classes x observations x depth x drawn units. Beside the data it holds a copy of
/// them by units, and one row of partial sums for each eight trees.
public final class DiscriminativeScores {
  private static final String STAGE = "forests";

  private final int classes;
  private final int units;
  private final float[] scores; // [class * units + unit]
  private final int[] counts; // observations of each class, 0 for those skipped
  private final int[] dead;

  private DiscriminativeScores(int units, float[] scores, int[] counts, int[] dead) {
    this.classes = counts.length;
    this.units = units;
    this.scores = scores;
    this.counts = counts;
    this.dead = dead;
  }

  /// Grows the forests.
  ///
  /// A class without observations gets no forest: its scores are 0, and [#skipped] names it.
  ///
  /// @param activations rows = observations, columns = units; at least one of each
  /// @param labels class of each observation, in [0, classes); not modified
  /// @param classes number of classes, at least 2
  /// @param params options
  /// @param workers do the arithmetic
  /// @param progress hears the stage `forests`
  /// @return the scores
  /// @throws IllegalArgumentException if there are not as many labels as observations, a label is
  ///   out of range, or fewer than two classes have observations
  /// @throws CancellationException if the calling thread is interrupted
  public static DiscriminativeScores of(
      Matrix activations,
      int[] labels,
      int classes,
      ForestParams params,
      Workers workers,
      Progress progress) {
    int[] counts = counts(labels, classes, activations.rows());
    progress.report(STAGE, 0);
    Columns columns = Columns.of(activations, workers);
    ClassForest forest = new ClassForest(columns, params, workers);
    float[] scores = new float[Math.multiplyExact(classes, columns.units())];
    for (int target = 0; target < classes; target++) {
      if (counts[target] > 0) {
        double[] importance = forest.importances(labels, target);
        for (int unit = 0; unit < importance.length; unit++) {
          scores[target * importance.length + unit] = (float) importance[unit];
        }
      }
      progress.report(STAGE, (target + 1.0) / classes);
    }
    return new DiscriminativeScores(columns.units(), scores, counts, columns.dead());
  }

  /// Scores that were kept.
  ///
  /// @param units the number of units, dead ones included
  /// @param scores `[class * units + unit]`; copied
  /// @param skipped the classes without observations
  /// @param dead the units that are constant over the observations
  /// @return the scores
  /// @throws IllegalArgumentException if the scores are not those of whole classes
  public static DiscriminativeScores restore(
      int units, float[] scores, List<Integer> skipped, int[] dead) {
    if (units < 1 || scores.length % units != 0) {
      throw new IllegalArgumentException(
          scores.length + " scores are not those of whole classes of " + units + " units");
    }
    int[] counts = new int[scores.length / units];
    Arrays.fill(counts, 1); // how many there were is not kept
    skipped.forEach(target -> counts[target] = 0);
    return new DiscriminativeScores(units, scores.clone(), counts, dead.clone());
  }

  private static int[] counts(int[] labels, int classes, int observations) {
    if (labels.length != observations) {
      throw new IllegalArgumentException(
          "each of the " + observations + " observations needs a label, got " + labels.length);
    }
    if (classes < 2) {
      throw new IllegalArgumentException(
          "telling classes apart needs at least 2 of them, got " + classes);
    }
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "labels must be in [0, " + classes + "), got " + labels[i] + " at observation " + i);
      }
      counts[labels[i]]++;
    }
    if (IntStream.of(counts).filter(count -> count > 0).count() < 2) {
      throw new IllegalArgumentException(
          "telling classes apart needs observations of at least 2 classes, got all "
              + labels.length
              + " in one; take a sample with more classes");
    }
    return counts;
  }

  /// {@return the number of classes}
  public int classes() {
    return classes;
  }

  /// {@return the number of units, dead ones included}
  public int units() {
    return units;
  }

  /// One score.
  ///
  /// @param target the class, in [0, classes)
  /// @param unit in [0, units)
  /// @return from 0 to 1; all of a class sum to 1, or are 0 if no unit tells it
  public float get(int target, int unit) {
    Objects.checkIndex(target, classes);
    Objects.checkIndex(unit, units);
    return scores[target * units + unit];
  }

  /// {@return a copy of all scores, `[class * units + unit]`}
  public float[] toArray() {
    return scores.clone();
  }

  /// {@return the classes without observations, which have no scores}
  public List<Integer> skipped() {
    return IntStream.range(0, classes).filter(target -> counts[target] == 0).boxed().toList();
  }

  /// {@return the units that are constant over the observations; their scores are 0}
  public int[] dead() {
    return dead.clone();
  }

  /// The class that a unit tells best.
  ///
  /// @param unit in [0, units)
  /// @return the class with the unit's highest score, the first of several; empty if all are 0
  public OptionalInt bestClass(int unit) {
    int best = 0;
    for (int target = 1; target < classes; target++) {
      if (get(target, unit) > get(best, unit)) {
        best = target;
      }
    }
    return get(best, unit) > 0 ? OptionalInt.of(best) : OptionalInt.empty();
  }

  /// All scores of a unit.
  ///
  /// @param unit in [0, units)
  /// @return one per class
  public float[] profile(int unit) {
    float[] profile = new float[classes];
    for (int target = 0; target < classes; target++) {
      profile[target] = get(target, unit);
    }
    return profile;
  }

  /// The units that tell a class best.
  ///
  /// @param target the class, in [0, classes)
  /// @param count the most units to return, at least 0
  /// @return units by falling score, equal ones by number; none with score 0
  public int[] strongest(int target, int count) {
    return IntStream.range(0, units)
        .filter(unit -> get(target, unit) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(unit -> -get(target, unit)))
        .limit(count)
        .mapToInt(unit -> unit)
        .toArray();
  }
}
