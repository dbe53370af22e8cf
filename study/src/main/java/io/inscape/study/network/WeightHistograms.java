package io.inscape.study.network;

import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.LatticeCounts;
import io.inscape.study.weight.TensorWeights;
import io.inscape.study.weight.WeightFigures;
import io.inscape.weight.LatticeHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Histograms of one layer over runs and epochs, all in the same bins.
///
/// @param width of a bin, a power of two
/// @param first number of the first bin: its left edge is `first * width`
/// @param bins how many
/// @param low the least number in any of them
/// @param high the greatest
/// @param runs one for each tensor found
/// @param missing sentences about what was asked for and is not there
public record WeightHistograms(
    double width,
    int first,
    int bins,
    double low,
    double high,
    List<RunHistograms> runs,
    List<String> missing) {
  /// Copies the lists.
  public WeightHistograms {
    runs = List.copyOf(runs);
    missing = List.copyOf(missing);
  }

  /// One tensor of one run.
  ///
  /// @param run its name
  /// @param tensor its name in the graph
  /// @param shape the size of each axis
  /// @param epochs those that are known, ascending
  /// @param counts of each bin, `[epoch][bin]`
  /// @param outOf all numbers of the tensor, by epoch: the counts' sum and what is not finite
  /// @param nonFinite NaN and infinite ones, by epoch
  public record RunHistograms(
      String run,
      String tensor,
      List<Long> shape,
      List<Integer> epochs,
      List<int[]> counts,
      List<Integer> outOf,
      List<Integer> nonFinite) {
    /// Copies the lists.
    public RunHistograms {
      shape = List.copyOf(shape);
      epochs = List.copyOf(epochs);
      counts = List.copyOf(counts);
      outOf = List.copyOf(outOf);
      nonFinite = List.copyOf(nonFinite);
    }
  }

  /// What is asked for.
  ///
  /// @param runs at least one
  /// @param layer whose
  /// @param kind `weights` or `biases`
  /// @param updates whether the last steps, instead of the values
  /// @param bins at most so many, from 2 to 1,024
  public record Question(List<String> runs, String layer, String kind, boolean updates, int bins) {
    /// Checks the ranges.
    public Question {
      runs = List.copyOf(runs);
      if (runs.isEmpty()) {
        throw new IllegalArgumentException("runs must name at least one run, got none");
      }
      if (!kind.equals("weights") && !kind.equals("biases")) {
        throw new IllegalArgumentException("kind must be weights or biases, got \"" + kind + "\"");
      }
      if (bins < 2 || bins > LatticeHistogram.MOST) {
        throw new IllegalArgumentException(
            "bins must be from 2 to " + LatticeHistogram.MOST + ", got " + bins);
      }
    }

    String words() {
      return (updates ? "updates of the " : "") + kind + " of a layer '" + layer + "'";
    }

    boolean asks(TensorWeights tensor) {
      return tensor.layer().equals(layer) && tensor.kind().equals(kind);
    }

    @Nullable WeightFigures figures(TensorWeights tensor) {
      return updates ? tensor.update() : tensor.values();
    }
  }

  /// A tensor's epochs, before the bins are known.
  private record Series(
      String run, TensorWeights tensor, List<Integer> epochs, List<WeightFigures> figures) {}

  /// Answers a question.
  ///
  /// @param weights of the study's runs
  /// @param question what is asked for
  /// @return the histograms
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such run, or none of them has
  ///   such a layer
  public static WeightHistograms of(RunWeights weights, Question question) {
    List<Series> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String run : question.runs()) {
      List<KeptWeights> all = weights.of(run);
      List<Series> series = series(run, all, question);
      if (series.isEmpty()) {
        missing.add(missing(run, all, question));
      }
      found.addAll(series);
    }
    if (found.isEmpty()) {
      throw new StudyException(Kind.UNKNOWN, String.join("; ", missing));
    }
    return inCommonBins(found, missing, question.bins());
  }

  private static List<Series> series(String run, List<KeptWeights> all, Question question) {
    Map<String, Series> byTensor = new LinkedHashMap<>();
    for (KeptWeights epoch : all) {
      for (TensorWeights tensor : epoch.tensors()) {
        WeightFigures figures = question.figures(tensor);
        if (question.asks(tensor) && figures != null) {
          Series one =
              byTensor.computeIfAbsent(
                  tensor.tensor(),
                  _ -> new Series(run, tensor, new ArrayList<>(), new ArrayList<>()));
          one.epochs.add(epoch.epoch());
          one.figures.add(figures);
        }
      }
    }
    return List.copyOf(byTensor.values());
  }

  private static String missing(String run, List<KeptWeights> all, Question question) {
    if (all.isEmpty()) {
      return "nothing is known of the weights of run " + run + " yet";
    }
    List<TensorWeights> tensors = all.getFirst().tensors();
    if (tensors.stream().anyMatch(question::asks)) {
      return "run "
          + run
          + " has no updates of its weights: they are kept while a run is trained, and it was"
          + " trained before or elsewhere";
    }
    return "run "
        + run
        + " has no "
        + question.words()
        + "; it has "
        + String.join(", ", tensors.stream().map(TensorWeights::title).toList());
  }

  private static WeightHistograms inCommonBins(List<Series> found, List<String> missing, int most) {
    int exponent = Integer.MIN_VALUE;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : found) {
      for (WeightFigures figures : series.figures) {
        LatticeCounts counts = figures.histogram();
        if (counts != null && figures.min() != null && figures.max() != null) {
          exponent = Math.max(exponent, counts.exponent());
          low = Math.min(low, figures.min());
          high = Math.max(high, figures.max());
        }
      }
    }
    boolean any = low <= high;
    if (any) {
      exponent = Math.max(exponent, LatticeHistogram.exponent((float) low, (float) high, most));
    }
    double width = any ? Math.scalb(1.0, exponent) : 1;
    int first = any ? (int) Math.floor(low / width) : 0;
    int bins = any ? (int) Math.floor(high / width) - first + 1 : 1;
    List<RunHistograms> runs = new ArrayList<>();
    for (Series series : found) {
      List<int[]> counts = new ArrayList<>();
      for (WeightFigures figures : series.figures) {
        LatticeCounts own = figures.histogram();
        counts.add(own == null ? new int[bins] : own.histogram().within(exponent, first, bins));
      }
      runs.add(
          new RunHistograms(
              series.run,
              series.tensor.tensor(),
              series.tensor.shape(),
              series.epochs,
              counts,
              series.figures.stream().map(WeightFigures::count).toList(),
              series.figures.stream().map(WeightFigures::nonFinite).toList()));
    }
    return new WeightHistograms(width, first, bins, any ? low : 0, any ? high : 0, runs, missing);
  }
}
