package io.inscape.study.activity;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// How the activity of a layer is counted.
///
/// @param bins of the histograms
/// @param threshold share of the observations that may move to another bin between two kept epochs
///   of a layer that is stable
public record ActivityParams(
    @Option(value = "How many bins the histograms of perplexity have.", min = 2, max = 256)
        int bins,
    @Option(
            value =
                "A layer is stable from the epoch on after which no more than this share of the"
                    + " observations changes bins from one kept epoch to the next.",
            min = 0,
            max = 1)
        double threshold) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ActivityParams {
    Parameters.check(ActivityParams.class, "bins", bins);
    Parameters.check(ActivityParams.class, "threshold", threshold);
  }

  /// {@return 32 bins, threshold 0.15}
  public static ActivityParams defaults() {
    return new ActivityParams(32, .15);
  }

  /// A copy with another number of bins.
  ///
  /// @param changed from 2 to 256
  /// @return the copy
  public ActivityParams withBins(int changed) {
    return new ActivityParams(changed, threshold);
  }

  /// A copy with another threshold.
  ///
  /// @param changed from 0 to 1
  /// @return the copy
  public ActivityParams withThreshold(double changed) {
    return new ActivityParams(bins, changed);
  }
}
