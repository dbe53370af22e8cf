package io.inscape.cluster;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which of several figures tells groups of observations apart best, and how often chance would do
/// as well.
///
/// The control is a permutation of the groups: it is done many times, each time all figures are
/// tried, and the best of them is compared with what was found, so that trying many figures is paid
/// for [Westfall1993].
///
/// @param figure which one, by its place in the list
/// @param effect how well, as [Superiority] has it
/// @param all the effect of every figure
/// @param p the share of permutations, itself counted, in which the best figure does as well
public record SplitExplanation(
    int figure, Superiority.Effect effect, List<Superiority.Effect> all, double p) {
  /// Enough for a corrected p below .01 in ten classes.
  private static final int PERMUTATIONS = 1999;

  /// A few observations of a hundred at the edges of clusters.
  private static final double AS_GOOD = .03;

  /// Copies the list.
  public SplitExplanation {
    all = List.copyOf(all);
  }

  /// Finds it.
  ///
  /// @param figures at least one, each with a value per observation; not modified
  /// @param group of each observation, from 0; below 0 for those that do not take part; not
  ///   modified
  /// @param groups how many, at least 2, none empty
  /// @param seed of the permutations
  /// @param workers do the arithmetic
  /// @return the best figure; of several within .03 of the best the first, so that of figures that
  ///   say the same it is always the same one
  public static SplitExplanation best(
      List<float[]> figures, int[] group, int groups, long seed, Workers workers) {
    int[] taking = taking(group);
    int[] compact = new int[taking.length];
    for (int at = 0; at < taking.length; at++) {
      compact[at] = group[taking[at]];
    }
    List<Superiority> sorted = new ArrayList<>();
    List<Superiority.Effect> effects = new ArrayList<>();
    for (float[] figure : figures) {
      float[] values = new float[taking.length];
      for (int at = 0; at < taking.length; at++) {
        values[at] = figure[taking[at]];
      }
      sorted.add(new Superiority(values));
      effects.add(sorted.getLast().effect(compact, groups));
    }
    int best = best(effects);
    double found = effects.get(best).effect();
    double asGood =
        workers.sumChunks(
            PERMUTATIONS,
            50,
            (from, to) -> {
              int count = 0;
              for (int permutation = from; permutation < to; permutation++) {
                int[] permuted = permuted(compact, Rng.of(seed, "split-" + permutation));
                count += reaches(sorted, permuted, groups, found) ? 1 : 0;
              }
              return count;
            });
    return new SplitExplanation(
        best, effects.get(best), effects, (1 + asGood) / (1 + PERMUTATIONS));
  }

  private static int best(List<Superiority.Effect> effects) {
    double most = effects.stream().mapToDouble(Superiority.Effect::effect).max().orElse(0);
    int best = 0;
    while (effects.get(best).effect() < most - AS_GOOD) {
      best++;
    }
    return best;
  }

  private static int[] taking(int[] group) {
    List<Integer> taking = new ArrayList<>();
    for (int at = 0; at < group.length; at++) {
      if (group[at] >= 0) {
        taking.add(at);
      }
    }
    return taking.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean reaches(
      List<Superiority> figures, int[] group, int groups, double effect) {
    for (Superiority figure : figures) {
      if (figure.effect(group, groups).effect() >= effect) {
        return true;
      }
    }
    return false;
  }

  private static int[] permuted(int[] group, RandomGenerator random) {
    int[] permuted = group.clone();
    for (int at = permuted.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int moved = permuted[at];
      permuted[at] = permuted[other];
      permuted[other] = moved;
    }
    return permuted;
  }
}
