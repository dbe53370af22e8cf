package io.inscape.training;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import java.util.OptionalInt;

/// What a network learns from and is measured on.
///
/// @param train the observations to learn from
/// @param test the observations to measure on
/// @param classes how many classes there are
/// @param pipeline what is done to an image first
/// @param limit how many training observations are used, drawn with the run's seed; empty for all
public record TrainingData(
    Split train, Split test, int classes, Pipeline pipeline, OptionalInt limit) {
  /// Checks the sizes.
  public TrainingData {
    if (train.count() == 0 || test.count() == 0) {
      throw new IllegalArgumentException(
          "training needs observations, got "
              + train.count()
              + " to train and "
              + test.count()
              + " to test");
    }
    if (limit.isPresent() && (limit.getAsInt() < 1 || limit.getAsInt() > train.count())) {
      throw new IllegalArgumentException(
          "the limit must be between 1 and the "
              + train.count()
              + " training observations, got "
              + limit.getAsInt());
    }
  }

  /// All of a data set.
  ///
  /// @param dataset the data
  /// @param pipeline what is done to an image first
  /// @return the data to train on
  public static TrainingData of(Dataset dataset, Pipeline pipeline) {
    return new TrainingData(
        dataset.train(),
        dataset.test(),
        dataset.classNames().size(),
        pipeline,
        OptionalInt.empty());
  }

  /// The same with fewer training observations.
  ///
  /// @param observations how many, between 1 and all
  /// @return new data
  public TrainingData withLimit(int observations) {
    return new TrainingData(train, test, classes, pipeline, OptionalInt.of(observations));
  }
}
