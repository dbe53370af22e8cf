package io.inscape.evolution.trails;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// Options of bundling.
///
/// | component | in CUBu | unit |
/// |---|---|---|
/// | `kernel` | h at iteration 0 | share of the layout's longer side |
/// | `iterations` | niter | |
/// | `smoothing` | lambda | share of the way to the mean of the neighbouring samples |
/// | `resolution` | image size | pixels |
///
/// @param grouping which trails attract each other
/// @param direction whether opposite ways share a bundle
/// @param kernel radius of the density kernel at the first iteration, from 0.005 to 0.5
/// @param iterations rounds, from 0 to 1,000
/// @param smoothing how far a sample goes to the mean of its neighbours in a round, from 0 to 1
/// @param reach the farthest that a sample may be moved, in lengths of its trail, from 0 to 10
/// @param samples about how many samples a trail has, from 2 to 10,000
/// @param resolution pixels of the density image along the layout's longer side, from 16 to 4,096
public record BundleParams(
    @Option("Which trails attract each other: all, or only those of the same class.")
        Grouping grouping,
    @Option(
            "Whether trails that run opposite ways share a bundle (mixed) or lie side by side"
                + " (separated).")
        Direction direction,
    @Option(
            value = "Radius of the density kernel at the first iteration.",
            min = 0.005,
            max = 0.5,
            unit = "share of the layout's longer side")
        double kernel,
    @Option(
            value = "Rounds of attraction and smoothing.",
            min = 0,
            max = 1_000,
            unit = "iterations")
        int iterations,
    @Option(
            value = "How far a sample goes to the mean of its neighbours on the trail in a round.",
            min = 0,
            max = 1)
        double smoothing,
    @Option(
            value = "The farthest that a sample may be moved from its straight trail.",
            min = 0,
            max = 10,
            unit = "lengths of its trail")
        double reach,
    @Option(value = "About how many samples a trail has.", min = 2, max = 10_000, unit = "samples")
        int samples,
    @Option(
            value = "Pixels of the density image along the layout's longer side.",
            min = 16,
            max = 4_096,
            unit = "pixels")
        int resolution) {

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public BundleParams {
    Parameters.check(BundleParams.class, "kernel", kernel);
    Parameters.check(BundleParams.class, "iterations", iterations);
    Parameters.check(BundleParams.class, "smoothing", smoothing);
    Parameters.check(BundleParams.class, "reach", reach);
    Parameters.check(BundleParams.class, "samples", samples);
    Parameters.check(BundleParams.class, "resolution", resolution);
  }

  /// {@return per class, directions mixed, kernel 1/16 (CUBu's 32 of 512 pixels), 15 iterations,
  /// smoothing 0.2, reach 0.5, about 96 samples, 512 pixels}
  public static BundleParams defaults() {
    return new BundleParams(Grouping.CLASS, Direction.MIXED, 0.0625, 15, 0.2, 0.5, 96, 512);
  }

  /// A copy with another grouping.
  ///
  /// @param changed the grouping
  /// @return the copy
  public BundleParams withGrouping(Grouping changed) {
    return new BundleParams(
        changed, direction, kernel, iterations, smoothing, reach, samples, resolution);
  }

  /// A copy that treats directions in another way.
  ///
  /// @param changed the way
  /// @return the copy
  public BundleParams withDirection(Direction changed) {
    return new BundleParams(
        grouping, changed, kernel, iterations, smoothing, reach, samples, resolution);
  }

  /// A copy with another kernel.
  ///
  /// @param changed from 0.005 to 0.5
  /// @return the copy
  public BundleParams withKernel(double changed) {
    return new BundleParams(
        grouping, direction, changed, iterations, smoothing, reach, samples, resolution);
  }

  /// A copy with another length.
  ///
  /// @param changed from 0 to 1,000
  /// @return the copy
  public BundleParams withIterations(int changed) {
    return new BundleParams(
        grouping, direction, kernel, changed, smoothing, reach, samples, resolution);
  }

  /// A copy with another smoothing.
  ///
  /// @param changed from 0 to 1
  /// @return the copy
  public BundleParams withSmoothing(double changed) {
    return new BundleParams(
        grouping, direction, kernel, iterations, changed, reach, samples, resolution);
  }

  /// A copy with another reach.
  ///
  /// @param changed from 0 to 10
  /// @return the copy
  public BundleParams withReach(double changed) {
    return new BundleParams(
        grouping, direction, kernel, iterations, smoothing, changed, samples, resolution);
  }

  /// A copy with another number of samples.
  ///
  /// @param changed from 2 to 10,000
  /// @return the copy
  public BundleParams withSamples(int changed) {
    return new BundleParams(
        grouping, direction, kernel, iterations, smoothing, reach, changed, resolution);
  }

  /// A copy with another image.
  ///
  /// @param changed from 16 to 4,096
  /// @return the copy
  public BundleParams withResolution(int changed) {
    return new BundleParams(
        grouping, direction, kernel, iterations, smoothing, reach, samples, changed);
  }

  /// Samples from one step to the next.
  ///
  /// @param steps steps of the sequence, at least 2
  /// @return at least 1
  public int perSegment(int steps) {
    return Math.max(1, (int) Math.round((samples - 1.0) / (steps - 1)));
  }
}
