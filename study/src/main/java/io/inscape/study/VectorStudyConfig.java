package io.inscape.study;

import io.inscape.activation.ArrayFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new study of vectors is about.
///
/// @param name as a person calls it, not empty
/// @param vectors a `.npy` or `.npz` file of numbers, `[observation, feature]`
/// @param labelsFile a `.npy` file of whole numbers, one for each observation; null for none
/// @param observations how many are looked at
/// @param seed draws the sample
public record VectorStudyConfig(
    String name, Path vectors, @Nullable Path labelsFile, SampleSize observations, long seed) {
  /// Checks the name.
  public VectorStudyConfig {
    StudyConfig.requireName(name);
  }

  /// A study of all rows of a file, without labels.
  ///
  /// @param name as a person calls it
  /// @param vectors a `.npy` or `.npz` file of numbers, `[observation, feature]`
  /// @return the configuration
  public static VectorStudyConfig of(String name, Path vectors) {
    return new VectorStudyConfig(name, vectors, null, new SampleSize.All(), 0);
  }

  /// The same with a class for each observation.
  ///
  /// @param other a `.npy` file of whole numbers
  /// @return a new configuration
  public VectorStudyConfig withLabels(Path other) {
    return new VectorStudyConfig(name, vectors, other, observations, seed);
  }

  /// The same with another number of observations.
  ///
  /// @param other how many
  /// @return a new configuration
  public VectorStudyConfig withObservations(SampleSize other) {
    return new VectorStudyConfig(name, vectors, labelsFile, other, seed);
  }

  /// The digest of some files, which is what a study of them has as the digest of its data set.
  ///
  /// @param vectors the observations
  /// @param labels their classes; null if there are none
  /// @return SHA-256 in hexadecimal over the files, one after the other
  /// @throws io.inscape.dataset.InputException if one cannot be read
  public static String digest(ArrayFile vectors, @Nullable ArrayFile labels) {
    return VectorFiles.digest(vectors, labels);
  }

  /// {@return the file of the classes, if there is one}
  public Optional<Path> labels() {
    return Optional.ofNullable(labelsFile);
  }
}
