package io.inscape.projection.tsne;

/// How t-SNE sums up what all points do to each other.
public enum RepulsionMethod {
  /// Whatever is fastest for the number of points and the extent of the map; exact for few points.
  AUTO,

  /// All pairs.
  EXACT,

  /// A tree whose far cells count as one point.
  BARNES_HUT,

  /// A grid and Fourier transforms; two dimensions only.
  FFT;

  /// {@return the name as options and reports have it, such as `barnes-hut`}
  public String word() {
    return switch (this) {
      case AUTO -> "auto";
      case EXACT -> "exact";
      case BARNES_HUT -> "barnes-hut";
      case FFT -> "fft";
    };
  }
}
