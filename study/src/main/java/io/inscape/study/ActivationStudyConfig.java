package io.inscape.study;

import java.nio.file.Path;

/// What a new study of activations is about that were made elsewhere.
///
/// @param name as a person calls it, not empty
/// @param activations a folder as `docs/formats.md` has it: what is known of the observations, and
///   a sub-folder for each run; below the study's own folder it may be moved with it
/// @param observations how many are looked at
/// @param seed draws the sample
public record ActivationStudyConfig(
    String name, Path activations, SampleSize observations, long seed) {
  /// Checks the name.
  public ActivationStudyConfig {
    StudyConfig.requireName(name);
  }

  /// The usual study: 2,000 observations, seed 0.
  ///
  /// @param name as a person calls it
  /// @param activations a folder as `docs/formats.md` has it
  /// @return the configuration
  public static ActivationStudyConfig of(String name, Path activations) {
    return new ActivationStudyConfig(name, activations, SampleSize.usual(), 0);
  }

  /// The same with another number of observations.
  ///
  /// @param other how many
  /// @return a new configuration
  public ActivationStudyConfig withObservations(SampleSize other) {
    return new ActivationStudyConfig(name, activations, other, seed);
  }
}
