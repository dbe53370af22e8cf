package io.inscape.study;

/// How many observations a study looks at.
public sealed interface SampleSize {
  /// What studies of images look at unless told otherwise.
  int USUAL = 2000;

  /// {@return how many of the observations that there are}
  ///
  /// @param available how many there are
  int of(int available);

  /// All there are.
  record All() implements SampleSize {
    @Override
    public int of(int available) {
      return available;
    }
  }

  /// A number of them, drawn with the study's seed.
  ///
  /// @param count at least 1; all of them where there are fewer
  record Count(int count) implements SampleSize {
    /// Checks the number.
    public Count {
      if (count < 1) {
        throw new IllegalArgumentException("a sample needs at least 1 observation, got " + count);
      }
    }

    @Override
    public int of(int available) {
      return Math.min(count, available);
    }
  }

  /// {@return 2,000 observations}
  static SampleSize usual() {
    return new Count(USUAL);
  }

  /// Reads what a person wrote.
  ///
  /// @param text a number, or `all`
  /// @return the size
  /// @throws IllegalArgumentException if it is neither
  static SampleSize parse(String text) {
    if (text.equals("all")) {
      return new All();
    }
    try {
      return new Count(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "the number of observations must be a whole number or \"all\", got \"" + text + "\"");
    }
  }
}
