package io.inscape.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// How a layer's perplexities are distributed at several times, and from when on that hardly
/// changes.
///
/// All times share the bins, equally wide from 0 to the largest perplexity of all. The change from
/// one time to the next is the share of observations that would have to move to another bin: half
/// the sum over the bins of the absolute differences of their shares.
///
/// @param edges of the bins, ascending, one more than there are bins
/// @param counts observations by time and bin; a value on an edge counts for the bin above it, the
///   largest for the last bin
/// @param medians by time
/// @param changes from each time to the next, each in [0, 1]
public record PerplexityHistory(
    List<Double> edges, List<List<Integer>> counts, List<Double> medians, List<Double> changes) {
  /// Copies the lists.
  public PerplexityHistory {
    edges = List.copyOf(edges);
    counts = counts.stream().map(List::copyOf).toList();
    medians = List.copyOf(medians);
    changes = List.copyOf(changes);
  }

  /// Counts.
  ///
  /// @param times perplexities of the same observations, at least one of each; not modified
  /// @param bins at least 1
  /// @return the history
  /// @throws IllegalArgumentException if there is no time, observation or bin
  public static PerplexityHistory of(List<float[]> times, int bins) {
    if (times.isEmpty() || times.getFirst().length == 0 || bins < 1) {
      throw new IllegalArgumentException(
          "a history needs at least 1 time, observation and bin, got "
              + times.size()
              + " times and "
              + bins
              + " bins");
    }
    double most = 0;
    for (float[] time : times) {
      for (float value : time) {
        most = Math.max(most, value);
      }
    }
    double width = most == 0 ? 1.0 / bins : most / bins;
    List<Double> edges = new ArrayList<>();
    for (int bin = 0; bin <= bins; bin++) {
      edges.add(bin * width);
    }
    List<List<Integer>> counts = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    for (float[] time : times) {
      counts.add(counts(time, bins, width));
      medians.add(median(time));
    }
    List<Double> changes = new ArrayList<>();
    for (int t = 1; t < times.size(); t++) {
      changes.add(change(counts.get(t - 1), counts.get(t), times.get(t).length));
    }
    return new PerplexityHistory(edges, counts, medians, changes);
  }

  private static List<Integer> counts(float[] values, int bins, double width) {
    int[] counts = new int[bins];
    for (float value : values) {
      counts[Math.min(bins - 1, (int) (value / width))]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : ((double) sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double change(List<Integer> before, List<Integer> after, int observations) {
    int moved = 0;
    for (int bin = 0; bin < before.size(); bin++) {
      moved += Math.abs(after.get(bin) - before.get(bin));
    }
    return moved / 2.0 / observations;
  }

  /// The first time from which on no change is above a threshold.
  ///
  /// @param threshold in [0, 1]
  /// @return its place among the times, before the last; empty where the last change is above it,
  ///   or there is none
  public OptionalInt stableSince(double threshold) {
    int since = changes.size();
    while (since > 0 && changes.get(since - 1) <= threshold) {
      since--;
    }
    return since == changes.size() ? OptionalInt.empty() : OptionalInt.of(since);
  }
}
