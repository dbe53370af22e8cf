package io.inscape.dataset;

/// What the observations of a data set are: images, or vectors of numbers without a picture.
public sealed interface Content permits Images, Vectors {
  /// {@return how many observations there are}
  int count();
}
