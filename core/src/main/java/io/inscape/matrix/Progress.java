package io.inscape.matrix;

/// Hears how far a long computation is.
///
/// Called on the thread that asked for the computation, between steps; what it throws ends the
/// computation.
@FunctionalInterface
public interface Progress {
  /// Something moved.
  ///
  /// @param stage what is being done, in a word or two, such as `neighbors`
  /// @param fraction how much of this stage is done, in [0, 1]
  void report(String stage, double fraction);

  /// {@return a listener that does nothing}
  static Progress none() {
    return (_, _) -> {};
  }
}
