package io.inscape.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How well one figure tells groups from each other: the probability of superiority, also known as
/// the area under the ROC curve or the common-language effect size. Of an observation drawn from
/// one group and one drawn from another it is the chance that the second has the larger value, ties
/// counting half. 0.5 says nothing, 1 tells them apart without an error. It asks for no shape of
/// the distribution, and a few wild values do not move it.
///
/// The values are sorted once; any number of groupings can then be judged.
public final class Superiority {
  private final int[] order; // positions by rising value
  private final int[] end; // one past the last of the run of equal values that begins there

  /// Sorts a figure.
  ///
  /// @param values one per observation, without NaN; not modified
  public Superiority(float[] values) {
    order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((one, other) -> Float.compare(values[one], values[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    end = new int[values.length];
    for (int at = values.length - 1; at >= 0; at--) {
      boolean tied =
          at + 1 < values.length && values[order[at]] == values[order[at + 1]]; // 0 equals -0
      end[at] = tied ? end[at + 1] : at + 1;
    }
  }

  /// How far two groups are told apart, and which.
  ///
  /// @param effect probability of superiority, in [0.5, 1]
  /// @param low the group with the lower values
  /// @param high the group with the higher ones
  public record Effect(double effect, int low, int high) {}

  /// The two of some groups that are told apart best.
  ///
  /// @param group of each observation, from 0; below 0 for those that do not take part; not
  ///   modified
  /// @param groups how many, at least 2
  /// @return the effect; of several equal ones the first
  /// @throws IllegalArgumentException if a group has no observation
  public Effect effect(int[] group, int groups) {
    long[] sizes = new long[groups];
    double[][] above = above(group, groups, sizes);
    for (int one = 0; one < groups; one++) {
      if (sizes[one] == 0) {
        throw new IllegalArgumentException(
            "group " + one + " of " + groups + " has no observation");
      }
    }
    Effect best = new Effect(0, 0, 1);
    for (int low = 0; low < groups; low++) {
      for (int high = 0; high < groups; high++) {
        double effect = above[low][high] / ((double) sizes[low] * sizes[high]);
        if (low != high && effect > best.effect()) {
          best = new Effect(effect, low, high);
        }
      }
    }
    return best;
  }

  /// For each pair of groups how many pairs of observations there are in which the second's is
  /// larger.
  private double[][] above(int[] group, int groups, long[] sizes) {
    double[][] above = new double[groups][groups];
    long[] tied = new long[groups];
    int from = 0;
    while (from < order.length) {
      Arrays.fill(tied, 0);
      for (int at = from; at < end[from]; at++) {
        int one = group[order[at]];
        if (one >= 0) {
          tied[one]++;
        }
      }
      for (int high = 0; high < groups; high++) {
        for (int low = 0; low < groups && tied[high] > 0; low++) {
          above[low][high] += tied[high] * (sizes[low] + tied[low] / 2.0);
        }
      }
      for (int one = 0; one < groups; one++) {
        sizes[one] += tied[one];
      }
      from = end[from];
    }
    return above;
  }
}
