package io.inscape.study.run;

import java.nio.file.Path;
import java.util.List;

/// Networks that a person brings, of one training.
///
/// @param name of the new run, as [RunRequest] has it
/// @param architecture what the network is called
/// @param checkpoints its files; at least one, by rising epoch
public record ImportRequest(String name, String architecture, List<Checkpoint> checkpoints) {
  /// Checks name and epochs.
  ///
  /// @throws IllegalArgumentException if the name is none, there is no file, or the epochs do not
  ///   rise
  public ImportRequest {
    RunRequest.requireName(name);
    checkpoints = List.copyOf(checkpoints);
    if (checkpoints.isEmpty()) {
      throw new IllegalArgumentException("an import needs at least one network file, got none");
    }
    for (int i = 1; i < checkpoints.size(); i++) {
      Checkpoint before = checkpoints.get(i - 1);
      Checkpoint one = checkpoints.get(i);
      if (one.epoch() <= before.epoch()) {
        throw new IllegalArgumentException(
            "each file must be of an epoch of its own, but "
                + before.file()
                + " is of epoch "
                + before.epoch()
                + " and "
                + one.file()
                + " of epoch "
                + one.epoch());
      }
    }
  }

  /// A network file.
  ///
  /// @param epoch how long it was trained; 0 for the untrained network
  /// @param file an ONNX file
  public record Checkpoint(int epoch, Path file) {
    /// Checks the epoch.
    public Checkpoint {
      if (epoch < 0) {
        throw new IllegalArgumentException("an epoch must be at least 0, got " + epoch);
      }
    }
  }
}
