package io.inscape.study.run;

import io.inscape.study.run.RunInfo.Answers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Networks that a person brings, of one training.
///
/// @param name of the new run, as [RunRequest] has it
/// @param architecture what the network is called
/// @param checkpoints its files; at least one, by rising epoch
/// @param answers what the outputs are; empty to find out, which refuses a network that gives a
///   number for each of other classes than the data set's
/// @param layers names of the layers that are looked at; empty for those that a person would want
public record ImportRequest(
    String name,
    String architecture,
    List<Checkpoint> checkpoints,
    Optional<Answers> answers,
    Optional<List<String>> layers) {
  /// Networks whose outputs are to be found out.
  ///
  /// @param name of the new run
  /// @param architecture what the network is called
  /// @param checkpoints its files
  public ImportRequest(String name, String architecture, List<Checkpoint> checkpoints) {
    this(name, architecture, checkpoints, Optional.empty(), Optional.empty());
  }

  /// Checks name and epochs.
  ///
  /// @throws IllegalArgumentException if the name is none, there is no file, or the epochs do not
  ///   rise
  public ImportRequest {
    RunRequest.requireName(name);
    checkpoints = List.copyOf(checkpoints);
    layers = layers.map(List::copyOf);
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
