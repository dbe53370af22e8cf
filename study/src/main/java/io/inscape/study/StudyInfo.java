package io.inscape.study;

import io.inscape.dataset.ImageShape;
import java.util.List;

/// What `study.json` holds.
///
/// @param format of the folder, 1
/// @param version of the Inscape that made the study
/// @param name as a person calls it
/// @param dataset what it is about
/// @param pipeline the preprocessing
/// @param sample the observations looked at
public record StudyInfo(
    int format,
    String version,
    String name,
    DatasetInfo dataset,
    String pipeline,
    SampleInfo sample) {
  /// The data set of a study.
  ///
  /// @param name a short name
  /// @param source what to open it by: a name or a folder
  /// @param digest SHA-256 over its content
  /// @param shape of one image
  /// @param trainCount observations to learn from
  /// @param testCount observations held back
  /// @param classNames in the order of the labels
  public record DatasetInfo(
      String name,
      String source,
      String digest,
      ImageShape shape,
      int trainCount,
      int testCount,
      List<String> classNames) {
    /// Copies the names.
    public DatasetInfo {
      classNames = List.copyOf(classNames);
    }
  }

  /// The sample of a study, the same in every run of it.
  ///
  /// @param split `test`
  /// @param count how many observations
  /// @param seed they were drawn with
  /// @param classCounts how many of each class
  public record SampleInfo(String split, int count, long seed, List<Integer> classCounts) {
    /// Copies the counts.
    public SampleInfo {
      classCounts = List.copyOf(classCounts);
    }
  }
}
