package io.inscape.study.finding;

import io.inscape.parameter.Option;
import io.inscape.parameter.Parameters;

/// What findings stand on.
///
/// @param images test images, and as many training images, whose neighborhoods are compared; all
///   where there are fewer
/// @param probeImages training images that the layers are probed with where no probe is kept
/// @param seed of draws and resamples; any value
public record FindingParams(
    @Option(
            value =
                "How many test images, and as many training images, have their neighborhoods"
                    + " compared.",
            min = 50,
            max = 10_000,
            unit = "images")
        int images,
    @Option(
            value = "How many training images the layers are probed with where no probe is kept.",
            min = 100,
            max = 100_000,
            unit = "images")
        int probeImages,
    @Option("Seed of draws and resamples.") long seed) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public FindingParams {
    Parameters.check(FindingParams.class, "images", images);
    Parameters.check(FindingParams.class, "probeImages", probeImages);
  }

  /// {@return 2,000 images, probes of 2,000, seed 0}
  public static FindingParams defaults() {
    return new FindingParams(2000, 2000, 0);
  }

  /// A copy that compares another number of images.
  ///
  /// @param changed from 50 to 10,000
  /// @return the copy
  public FindingParams withImages(int changed) {
    return new FindingParams(changed, probeImages, seed);
  }

  /// A copy that probes with another number of images.
  ///
  /// @param changed from 100 to 100,000
  /// @return the copy
  public FindingParams withProbeImages(int changed) {
    return new FindingParams(images, changed, seed);
  }

  /// A copy with another seed.
  ///
  /// @param changed any value
  /// @return the copy
  public FindingParams withSeed(long changed) {
    return new FindingParams(images, probeImages, changed);
  }
}
