package io.inscape.study;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.Part;
import io.inscape.dataset.Pipeline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `study.json` holds.
///
/// @param format of the folder: 1, or 2 or 3 for what the formats before cannot say
/// @param version of the Inscape that made the study
/// @param name as a person calls it
/// @param dataset what it is about
/// @param pipeline the preprocessing; `none` for what has no pixels
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
  /// @param shape of one image; null for what has no pixels
  /// @param columns how many numbers an observation has once preprocessed; 0 where only its
  ///   activations are known
  /// @param trainCount observations to learn from; 0 for vectors without parts, which no network is
  ///   looked at with
  /// @param testCount observations held back; 0 likewise
  /// @param count all observations
  /// @param classNames in the order of the labels; empty where there are no classes
  /// @param labels what is known of each observation; null as older versions had it, classes where
  ///   there are names of them
  /// @param options how its files are read; null for the usual way
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
      List<String> classNames,
      @Nullable LabelKind labels,
      @Nullable ReadingOptions options) {
    /// Copies the names.
    public DatasetInfo {
      classNames = List.copyOf(classNames);
      labels = labels != null ? labels : classNames.isEmpty() ? LabelKind.NONE : LabelKind.CLASSES;
    }

    /// {@return whether it has a part to learn from and a part held back}
    public boolean hasParts() {
      return trainCount + testCount > 0;
    }

    /// The data set that it was made of.
    ///
    /// @param pipeline the study's preprocessing
    /// @return what to open
    public DataRequest request(Pipeline pipeline) {
      return options == null
          ? DataRequest.of(source, pipeline)
          : new DataRequest(
              source,
              pipeline,
              Optional.ofNullable(options.label()),
              Optional.ofNullable(options.tokenizer()),
              Optional.ofNullable(options.tokens()));
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
    /// Rows of numbers.
    VECTORS,
    /// Lines of text.
    TEXTS
  }

  /// What is known of each observation.
  public enum LabelKind {
    /// A class.
    CLASSES,
    /// A number, as regression predicts it.
    VALUES,
    /// Nothing.
    NONE
  }

  /// How the files of a data set are read where the usual way is not meant.
  ///
  /// @param label the column of a table that holds the labels; null for the usual names
  /// @param tokenizer the file of the tokenizer of texts; null for the one beside them
  /// @param tokens how many tokens a text has at most; null for the usual number
  public record ReadingOptions(
      @Nullable String label, @Nullable String tokenizer, @Nullable Integer tokens) {
    /// The options of a request.
    ///
    /// @param request what is asked for
    /// @return its options; null where they are the usual ones
    static @Nullable ReadingOptions of(DataRequest request) {
      boolean usual =
          request.label().isEmpty() && request.tokenizer().isEmpty() && request.tokens().isEmpty();
      return usual
          ? null
          : new ReadingOptions(
              request.label().orElse(null),
              request.tokenizer().orElse(null),
              request.tokens().orElse(null));
    }
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
