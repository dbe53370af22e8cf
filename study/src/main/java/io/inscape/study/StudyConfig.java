package io.inscape.study;

import io.inscape.dataset.Part;

/// What a new study of images is about.
///
/// @param name as a person calls it, not empty
/// @param dataset `mnist`, `fashion-mnist`, or a folder
/// @param pipeline the preprocessing, such as `scale` or `grey,scale`
/// @param split the part of the data set that is looked at
/// @param observations how many of it
/// @param seed draws the sample
public record StudyConfig(
    String name, String dataset, String pipeline, Part split, SampleSize observations, long seed) {
  /// Checks the name.
  public StudyConfig {
    requireName(name);
  }

  static void requireName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a study needs a name, got \"" + name + "\"");
    }
  }

  /// The usual study: pixels divided by 255, 2,000 observations of the test split, seed 0.
  ///
  /// @param name as a person calls it
  /// @param dataset `mnist`, `fashion-mnist`, or a folder
  /// @return the configuration
  public static StudyConfig of(String name, String dataset) {
    return new StudyConfig(name, dataset, "scale", Part.TEST, SampleSize.usual(), 0);
  }

  /// The same with another preprocessing.
  ///
  /// @param other the steps, separated by commas
  /// @return a new configuration
  public StudyConfig withPipeline(String other) {
    return new StudyConfig(name, dataset, other, split, observations, seed);
  }

  /// The same with observations of another part of the data set.
  ///
  /// @param other which part
  /// @return a new configuration
  public StudyConfig withSplit(Part other) {
    return new StudyConfig(name, dataset, pipeline, other, observations, seed);
  }

  /// The same with another number of observations.
  ///
  /// @param other at least 1; all of them where there are fewer
  /// @return a new configuration
  public StudyConfig withSampleCount(int other) {
    return withObservations(new SampleSize.Count(other));
  }

  /// The same with another number of observations.
  ///
  /// @param other how many
  /// @return a new configuration
  public StudyConfig withObservations(SampleSize other) {
    return new StudyConfig(name, dataset, pipeline, split, other, seed);
  }

  /// The same with another sample of observations.
  ///
  /// @param other any value
  /// @return a new configuration
  public StudyConfig withSeed(long other) {
    return new StudyConfig(name, dataset, pipeline, split, observations, other);
  }
}
