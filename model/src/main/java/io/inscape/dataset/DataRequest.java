package io.inscape.dataset;

import java.util.Optional;

/// What data set is meant, and how its files are to be read.
///
/// @param source a name, a folder or a file
/// @param pipeline what is done to its images; its first steps may fit images of any size into one
/// @param label the column of a table that holds the labels; empty for the usual names
/// @param tokenizer the file of the tokenizer of texts; empty for the one beside them
/// @param tokens how many tokens a text has at most, at least 2; empty for the usual number
public record DataRequest(
    String source,
    Pipeline pipeline,
    Optional<String> label,
    Optional<String> tokenizer,
    Optional<Integer> tokens) {
  /// Checks the number of tokens.
  public DataRequest {
    if (tokens.isPresent() && tokens.get() < 2) {
      throw new IllegalArgumentException(
          "texts need room for at least 2 tokens, got " + tokens.get());
    }
  }

  /// A data set read in the usual way.
  ///
  /// @param source a name, a folder or a file
  /// @param pipeline what is done to its images
  /// @return the request
  public static DataRequest of(String source, Pipeline pipeline) {
    return new DataRequest(source, pipeline, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
