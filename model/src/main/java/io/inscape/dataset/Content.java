package io.inscape.dataset;

/// What the observations of a data set are: images, vectors of numbers without a picture, or texts.
public sealed interface Content permits Images, Vectors, Texts {
  /// {@return how many observations there are}
  int count();

  /// {@return what it is in one word, in the plural}
  default String noun() {
    return switch (this) {
      case Images _ -> "images";
      case Vectors _ -> "vectors";
      case Texts _ -> "texts";
    };
  }

  /// One set of observations followed by another.
  ///
  /// @param first any
  /// @param second of the same kind and size
  /// @return first's observations, then second's, without copying either
  /// @throws IllegalArgumentException when the two differ in kind or size
  static Content joined(Content first, Content second) {
    if (first instanceof Images a && second instanceof Images b) {
      return Images.joined(a, b);
    }
    if (first instanceof Vectors a && second instanceof Vectors b) {
      return Vectors.joined(a, b);
    }
    if (first instanceof Texts a && second instanceof Texts b) {
      return Texts.joined(a, b);
    }
    throw new IllegalArgumentException(
        "observations of one kind can be joined, got " + first.noun() + " and " + second.noun());
  }
}
