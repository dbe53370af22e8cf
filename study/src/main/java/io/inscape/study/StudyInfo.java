package io.inscape.study;

import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `study.json` holds.
///
/// @param format of the folder: 1, or 2 for what format 1 cannot say
/// @param version of the Inscape that made the study
/// @param name as a person calls it
/// @param dataset what it is about
/// @param pipeline the preprocessing; `none` for vectors
/// @param sample the observations looked at
public record StudyInfo(
    int format,
    String version,
    String name,
    DatasetInfo dataset,
    String pipeline,
    SampleInfo sample) {
  /// What the source of activations begins with that were made elsewhere; their folder follows.
  public static final String ACTIVATIONS = "activations:";

  /// The data set of a study.
  ///
  /// @param kind of the observations
  /// @param name a short name
  /// @param source what to open it by: a name, a folder, or the file of the vectors
  /// @param labelsSource the file of the vectors' classes; null where there is none
  /// @param digest SHA-256 over its content
  /// @param shape of one image; null for vectors
  /// @param columns how many numbers an observation has once preprocessed; 0 where only its
  ///   activations are known
  /// @param trainCount images to learn from; 0 for vectors
  /// @param testCount images held back; 0 for vectors
  /// @param count all observations
  /// @param classNames in the order of the labels; empty where there are no labels
  public record DatasetInfo(
      DataKind kind,
      String name,
      String source,
      @Nullable String labelsSource,
      String digest,
      @Nullable ImageShape shape,
      int columns,
      int trainCount,
      int testCount,
      int count,
      List<String> classNames) {
    /// Copies the names.
    public DatasetInfo {
      classNames = List.copyOf(classNames);
    }

    /// {@return whether there are no observations to run a network on, but activations that were
    /// made elsewhere}
    public boolean madeElsewhere() {
      return source.startsWith(ACTIVATIONS);
    }

    /// Where the activations lie that were made elsewhere.
    ///
    /// @return a path, absolute or relative to the study
    /// @throws IllegalStateException if there are none
    public String activationFolder() {
      if (!madeElsewhere()) {
        throw new IllegalStateException(source + " is no folder of activations");
      }
      return source.substring(ACTIVATIONS.length());
    }

    /// How many observations a part of it has.
    ///
    /// @param part which part
    /// @return their number
    public int count(Part part) {
      return switch (part) {
        case TEST -> testCount;
        case TRAIN -> trainCount;
        case ALL -> count;
      };
    }
  }

  /// What the observations are.
  public enum DataKind {
    /// Pictures, with networks trained on them.
    IMAGES,
    /// Rows of numbers, without a network.
    VECTORS
  }

  /// The sample of a study, the same in every run of it.
  ///
  /// @param split the part of the data set that it was drawn from
  /// @param count how many observations
  /// @param seed they were drawn with
  /// @param classCounts how many of each class; empty where there are no labels
  public record SampleInfo(Part split, int count, long seed, List<Integer> classCounts) {
    /// Copies the counts.
    public SampleInfo {
      classCounts = List.copyOf(classCounts);
    }
  }
}
