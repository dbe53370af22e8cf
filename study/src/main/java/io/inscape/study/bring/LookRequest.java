package io.inscape.study.bring;

import io.inscape.dataset.DataRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What to look at.
///
/// @param model an ONNX file, a folder of checkpoints, or a folder of such folders; empty for none
///   yet
/// @param data the data set; empty for none yet
/// @param epochs by file name, where the name does not tell it or tells another
/// @param index a file that remembers what was found in a large data set; empty to keep nothing
/// @param run what the run is to be called; empty for a name after the file's
public record LookRequest(
    Optional<Path> model,
    Optional<DataRequest> data,
    Map<String, Integer> epochs,
    Optional<Path> index,
    Optional<String> run) {
  /// Copies the map.
  public LookRequest {
    epochs = Map.copyOf(epochs);
  }
}
