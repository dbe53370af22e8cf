package io.inscape.study.place;

/// How a picture becomes one of the data set's size.
///
/// @param centre whether what is drawn is scaled and centred as the digits of MNIST are: into a box
///   of 20/28 of the shorter side, its centre of mass in the middle; otherwise the whole picture is
///   scaled, its aspect kept, and put in the middle
/// @param invert whether dark and bright change places first
public record Fitting(boolean centre, boolean invert) {
  /// {@return the whole picture, in the middle}
  public static Fitting whole() {
    return new Fitting(false, false);
  }

  /// The same, centred or not.
  ///
  /// @param changed whether as MNIST
  /// @return the copy
  public Fitting withCentre(boolean changed) {
    return new Fitting(changed, invert);
  }

  /// The same, inverted or not.
  ///
  /// @param changed whether dark and bright change places
  /// @return the copy
  public Fitting withInvert(boolean changed) {
    return new Fitting(centre, changed);
  }
}
