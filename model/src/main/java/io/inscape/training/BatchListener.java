package io.inscape.training;

/// Hears how an epoch goes on, on the training thread: be quick.
@FunctionalInterface
public interface BatchListener {
  /// Hears about one batch.
  ///
  /// @param imagesDone observations seen in this epoch
  /// @param imagesTotal observations in the whole epoch
  /// @param imagesPerSecond mean over the epoch so far
  /// @param runningLoss mean loss in training mode over the epoch so far, in nats
  /// @return false to stop: the epoch is thrown away
  boolean onBatch(int imagesDone, int imagesTotal, double imagesPerSecond, double runningLoss);

  /// {@return a listener that never stops}
  static BatchListener none() {
    return (_, _, _, _) -> true;
  }
}
