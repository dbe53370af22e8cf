package io.inscape.study;

/// What a new study is about.
///
/// @param name as a person calls it, not empty
/// @param dataset `mnist`, `fashion-mnist`, or a folder
/// @param pipeline the preprocessing, such as `scale` or `grey,scale`
/// @param sampleCount how many test observations are looked at, at least 1; all of them where the
///   test split has fewer
/// @param seed draws the sample
public record StudyConfig(
    String name, String dataset, String pipeline, int sampleCount, long seed) {
  /// Checks the values.
  public StudyConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a study needs a name, got \"" + name + "\"");
    }
    if (sampleCount < 1) {
      throw new IllegalArgumentException(
          "a sample needs at least 1 observation, got " + sampleCount);
    }
  }

  /// The usual study: pixels divided by 255, 2,000 observations, seed 0.
  ///
  /// @param name as a person calls it
  /// @param dataset `mnist`, `fashion-mnist`, or a folder
  /// @return the configuration
  public static StudyConfig of(String name, String dataset) {
    return new StudyConfig(name, dataset, "scale", 2000, 0);
  }

  /// The same with another preprocessing.
  ///
  /// @param other the steps, separated by commas
  /// @return a new configuration
  public StudyConfig withPipeline(String other) {
    return new StudyConfig(name, dataset, other, sampleCount, seed);
  }

  /// The same with another number of observations.
  ///
  /// @param other at least 1
  /// @return a new configuration
  public StudyConfig withSampleCount(int other) {
    return new StudyConfig(name, dataset, pipeline, other, seed);
  }

  /// The same with another sample of observations.
  ///
  /// @param other any value
  /// @return a new configuration
  public StudyConfig withSeed(long other) {
    return new StudyConfig(name, dataset, pipeline, sampleCount, other);
  }
}
