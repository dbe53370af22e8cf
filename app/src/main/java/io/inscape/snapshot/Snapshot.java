package io.inscape.snapshot;

import io.inscape.dataset.InputException;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A network to look at: a file, or a kept epoch of a run.
///
/// @param title what a person calls it
/// @param file the ONNX file
/// @param run of a study; null for a file
/// @param epoch of the run; null for a file
public record Snapshot(String title, Path file, @Nullable String run, @Nullable Integer epoch) {
  /// A network in a file.
  ///
  /// @param file an ONNX file
  /// @return the snapshot
  public static Snapshot of(Path file) {
    return new Snapshot(file.toString(), file, null, null);
  }

  /// The kept epochs of runs.
  ///
  /// @param study that has them
  /// @param names of the runs; all when there is none
  /// @param epochs kept ones; all when there is none
  /// @return by run, then by epoch
  public static List<Snapshot> of(Study study, List<String> names, List<Integer> epochs) {
    List<Run> runs = names.isEmpty() ? study.runs() : names.stream().map(study::run).toList();
    List<Snapshot> snapshots = new ArrayList<>();
    for (Run run : runs) {
      for (int epoch : epochs.isEmpty() ? run.info().snapshots() : epochs) {
        snapshots.add(
            new Snapshot(run.name() + " epoch " + epoch, run.snapshot(epoch), run.name(), epoch));
      }
    }
    return snapshots;
  }

  /// {@return the network}
  ///
  /// @throws InputException when the file is not there or is no whole and sound ONNX model
  public Network read() {
    return Network.read(file);
  }

  /// The tensors of a network that are asked for.
  ///
  /// @param network of this snapshot
  /// @param choice which
  /// @return at least one, in file order
  /// @throws IllegalArgumentException when there is none, saying what there is
  List<LayerTensor> choose(Network network, TensorChoice choice) {
    List<LayerTensor> all = network.weights();
    List<LayerTensor> chosen = all.stream().filter(choice::holds).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          title
              + " has no "
              + choice.words()
              + "; it has "
              + (all.isEmpty()
                  ? "no weights at all"
                  : String.join(
                      ", ",
                      all.stream().map(one -> one.title() + " (" + one.name() + ")").toList())));
    }
    return chosen;
  }

  /// The weights of a tensor.
  static float[] values(Network network, LayerTensor tensor) {
    return Objects.requireNonNull(network.parameters().get(tensor.name())).floats();
  }
}
