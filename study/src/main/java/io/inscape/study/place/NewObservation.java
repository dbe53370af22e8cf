package io.inscape.study.place;

/// What somebody brings to a study.
public sealed interface NewObservation {
  /// A file: PNG, JPEG, BMP or GIF, of any size and colours.
  ///
  /// @param name what messages call it
  /// @param content its bytes; not modified
  /// @param fitting how it becomes an image of the data set's size
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record File(String name, byte[] content, Fitting fitting) implements NewObservation {}

  /// An image as the data set has them.
  ///
  /// @param pixels unsigned, `[channel, row, col]` of the data set's shape; not modified
  /// @param fitting the same may be done to it as to a file
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Pixels(byte[] pixels, Fitting fitting) implements NewObservation {}

  /// A row of numbers, for a study of vectors.
  ///
  /// @param values one for each column of the study; not modified
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Vector(float[] values) implements NewObservation {}

  /// A line of text, for a study of texts.
  ///
  /// @param text any
  record Line(String text) implements NewObservation {}
}
