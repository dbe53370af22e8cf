package io.inscape.neuron;

import io.inscape.matrix.Workers;
import io.inscape.quality.RankCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How far the scores of two seeds agree: what of them is more than chance.
///
/// @param spearman for each class the rank correlation of the two seeds' scores over the live
///   units; null for a class without observations or fewer than two live units
/// @param pearson for each class the linear correlation of the same scores, which the strongest
///   units decide; null as above, and 0 where the scores of a seed are all the same
/// @param sharedTop for each class how many of the strongest units the seeds share; null as above
/// @param top how many strongest units were compared
public record SeedSpread(
    List<@Nullable Double> spearman,
    List<@Nullable Double> pearson,
    List<@Nullable Integer> sharedTop,
    int top) {
  private static final int TOP = 10;

  /// Copies the lists.
  public SeedSpread {
    spearman = Collections.unmodifiableList(new ArrayList<>(spearman));
    pearson = Collections.unmodifiableList(new ArrayList<>(pearson));
    sharedTop = Collections.unmodifiableList(new ArrayList<>(sharedTop));
  }

  /// Compares.
  ///
  /// @param first scores of one seed
  /// @param second scores of the same activations and labels with another seed
  /// @param workers do the arithmetic
  /// @return how far they agree
  /// @throws IllegalArgumentException if the sizes differ
  public static SeedSpread of(
      DiscriminativeScores first, DiscriminativeScores second, Workers workers) {
    if (first.classes() != second.classes() || first.units() != second.units()) {
      throw new IllegalArgumentException(
          "scores of the same units are compared, got "
              + first.classes()
              + " x "
              + first.units()
              + " and "
              + second.classes()
              + " x "
              + second.units());
    }
    int[] dead = first.dead();
    int[] live =
        IntStream.range(0, first.units())
            .filter(unit -> Arrays.binarySearch(dead, unit) < 0)
            .toArray();
    int top = Math.min(TOP, live.length);
    List<@Nullable Double> spearman = new ArrayList<>();
    List<@Nullable Double> pearson = new ArrayList<>();
    List<@Nullable Integer> shared = new ArrayList<>();
    for (int target = 0; target < first.classes(); target++) {
      if (live.length < 2 || first.skipped().contains(target)) {
        spearman.add(null);
        pearson.add(null);
        shared.add(null);
        continue;
      }
      int one = target;
      long[] pairs =
          IntStream.of(live)
              .mapToLong(unit -> RankCorrelation.pair(first.get(one, unit), second.get(one, unit)))
              .toArray();
      spearman.add(RankCorrelation.of(pairs, workers));
      pearson.add(pearson(first, second, target, live));
      shared.add(shared(first.strongest(target, top), second.strongest(target, top)));
    }
    return new SeedSpread(spearman, pearson, shared, top);
  }

  private static double pearson(
      DiscriminativeScores first, DiscriminativeScores second, int target, int[] live) {
    double meanFirst = IntStream.of(live).mapToDouble(unit -> first.get(target, unit)).sum();
    double meanSecond = IntStream.of(live).mapToDouble(unit -> second.get(target, unit)).sum();
    meanFirst /= live.length;
    meanSecond /= live.length;
    double both = 0;
    double squaresFirst = 0;
    double squaresSecond = 0;
    for (int unit : live) {
      double one = first.get(target, unit) - meanFirst;
      double other = second.get(target, unit) - meanSecond;
      both += one * other;
      squaresFirst += one * one;
      squaresSecond += other * other;
    }
    double scale = Math.sqrt(squaresFirst * squaresSecond);
    return scale == 0 ? 0 : both / scale;
  }

  private static int shared(int[] one, int[] other) {
    Set<Integer> both = new HashSet<>();
    IntStream.of(one).forEach(both::add);
    return (int) IntStream.of(other).filter(both::contains).count();
  }

  /// {@return the mean rank correlation over the classes that have one; NaN if none has}
  public double meanSpearman() {
    return spearman.stream()
        .filter(Objects::nonNull)
        .mapToDouble(value -> value)
        .average()
        .orElse(Double.NaN);
  }
}
