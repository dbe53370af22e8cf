package io.inscape.training;

import java.util.List;

/// How well a network does after an epoch, measured without dropout.
///
/// @param epoch how many epochs it has trained; 0 is untrained
/// @param trainLoss mean cross entropy in nats over a fixed sample of at most 10,000 training
///   observations
/// @param trainAccuracy share of that sample that is classified right, in [0, 1]
/// @param testLoss mean cross entropy in nats over the whole test split
/// @param testAccuracy share of the test split that is classified right, in [0, 1]
/// @param testRecall by class: the share of its test observations that is classified right; 0 where
///   it has none
/// @param seconds how long the epoch's updates took, without measuring; 0 for an epoch that was not
///   trained here
/// @param imagesPerSecond training observations per second of that time; 0 likewise
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    List<Double> testRecall,
    double seconds,
    double imagesPerSecond) {
  /// Copies the list.
  public EpochMetrics {
    testRecall = List.copyOf(testRecall);
  }
}
