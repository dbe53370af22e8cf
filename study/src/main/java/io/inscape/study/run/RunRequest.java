package io.inscape.study.run;

import io.inscape.network.Network;
import io.inscape.training.TrainingParams;

/// A run to train.
///
/// @param name letters, digits, `.`, `_` and `-`, at most 64, not starting with `.` or `-`
/// @param architecture what to call the network, such as `mlp`
/// @param untrained the network with the weights to start from
/// @param params how to train
/// @param limit how many training images to use; 0 for all
public record RunRequest(
    String name, String architecture, Network untrained, TrainingParams params, int limit) {
  /// Checks the name and the limit.
  public RunRequest {
    requireName(name);
    if (limit < 0) {
      throw new IllegalArgumentException(
          "the limit must be at least 1 image, or 0 for all, got " + limit);
    }
  }

  /// Refuses what cannot be a run's name.
  ///
  /// @param name to be checked
  /// @throws IllegalArgumentException if it is none
  public static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}") || name.contains(".tmp-")) {
      throw new IllegalArgumentException(
          "a run's name must be 1 to 64 letters, digits, '.', '_' or '-', not starting with '.' or"
              + " '-', got \""
              + name
              + "\"");
    }
  }
}
