package io.inscape.study.probe;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;
import io.inscape.probe.ProbeParams;

/// How the layers of a network are probed.
///
/// @param trainCount how many training images the probes learn from, drawn with the seed; all where
///   there are fewer
/// @param widest layers with more units are left out
/// @param fit how each probe is fitted
/// @param seed of the draw; any value
public record LayerProbeParams(
    @Option(
            value = "How many training images the probes learn from.",
            min = 10,
            max = 1_000_000,
            unit = "images")
        int trainCount,
    @Option(
            value = "Layers with more units, such as the maps of early convolutions, are left out.",
            min = 1,
            max = 1_000_000,
            unit = "units")
        int widest,
    ProbeParams fit,
    @Option("Seed of the choice of training images.") long seed) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public LayerProbeParams {
    Parameters.check(LayerProbeParams.class, "trainCount", trainCount);
    Parameters.check(LayerProbeParams.class, "widest", widest);
  }

  /// {@return 10,000 images, layers of at most 4,096 units, seed 0}
  public static LayerProbeParams defaults() {
    return new LayerProbeParams(10_000, 4096, ProbeParams.defaults(), 0);
  }

  /// A copy that learns from another number of images.
  ///
  /// @param changed from 10 to 1,000,000
  /// @return the copy
  public LayerProbeParams withTrainCount(int changed) {
    return new LayerProbeParams(changed, widest, fit, seed);
  }

  /// A copy with another limit of the width.
  ///
  /// @param changed from 1 to 1,000,000
  /// @return the copy
  public LayerProbeParams withWidest(int changed) {
    return new LayerProbeParams(trainCount, changed, fit, seed);
  }

  /// A copy with another fit.
  ///
  /// @param changed how each probe is fitted
  /// @return the copy
  public LayerProbeParams withFit(ProbeParams changed) {
    return new LayerProbeParams(trainCount, widest, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public LayerProbeParams withSeed(long changed) {
    return new LayerProbeParams(trainCount, widest, fit, changed);
  }
}
