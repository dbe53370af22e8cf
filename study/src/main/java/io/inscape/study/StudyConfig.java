package io.inscape.study;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Part;
import io.inscape.dataset.Pipeline;
import java.util.Optional;

/// What a new study of images is about.
///
/// @param name as a person calls it, not empty
/// @param dataset `mnist`, `fashion-mnist`, a folder, or a file
/// @param pipeline the preprocessing, such as `scale` or `grey,scale`; without meaning for vectors
///   and texts
/// @param split the part of the data set that is looked at
/// @param observations how many of it
/// @param seed draws the sample
/// @param reading how the files are read; [Reading#USUAL] but for tables and texts
public record StudyConfig(
    String name,
    String dataset,
    String pipeline,
    Part split,
    SampleSize observations,
    long seed,
    Reading reading) {
  /// How the files of a data set are read, as [DataRequest] has it.
  ///
  /// @param label the column of the labels
  /// @param tokenizer the file of the tokenizer
  /// @param tokens how many tokens a text has at most
  public record Reading(
      Optional<String> label, Optional<String> tokenizer, Optional<Integer> tokens) {
    /// Nothing said.
    public static final Reading USUAL =
        new Reading(Optional.empty(), Optional.empty(), Optional.empty());
  }

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
    return new StudyConfig(name, dataset, "scale", Part.TEST, SampleSize.usual(), 0, Reading.USUAL);
  }

  /// {@return the data set that it is about}
  public DataRequest request() {
    return new DataRequest(
        dataset, Pipeline.parse(pipeline), reading.label(), reading.tokenizer(), reading.tokens());
  }

  /// The same with files read in another way.
  ///
  /// @param other how
  /// @return a new configuration
  public StudyConfig withReading(Reading other) {
    return new StudyConfig(name, dataset, pipeline, split, observations, seed, other);
  }

  /// The same with another preprocessing.
  ///
  /// @param other the steps, separated by commas
  /// @return a new configuration
  public StudyConfig withPipeline(String other) {
    return new StudyConfig(name, dataset, other, split, observations, seed, reading);
  }

  /// The same with observations of another part of the data set.
  ///
  /// @param other which part
  /// @return a new configuration
  public StudyConfig withSplit(Part other) {
    return new StudyConfig(name, dataset, pipeline, other, observations, seed, reading);
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
    return new StudyConfig(name, dataset, pipeline, split, other, seed, reading);
  }

  /// The same with another sample of observations.
  ///
  /// @param other any value
  /// @return a new configuration
  public StudyConfig withSeed(long other) {
    return new StudyConfig(name, dataset, pipeline, split, observations, other, reading);
  }
}
