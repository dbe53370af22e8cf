package io.inscape.dataset;

/// Which of a data set's observations are meant.
public enum Part {
  /// The observations held back.
  TEST,
  /// The observations to learn from.
  TRAIN,
  /// The observations to learn from, followed by those held back.
  ALL
}
