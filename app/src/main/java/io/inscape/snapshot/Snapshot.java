package io.inscape.snapshot;

import io.inscape.dataset.InputException;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Run;
import io.inscape.study.weight.KeptWeights;
import io.inscape.study.weight.TensorWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A network to look at: a file, or an epoch of a run, which may have kept no network but how its
/// weights were distributed.
///
/// @param title what a person calls it
/// @param file the ONNX file
/// @param run of a study; null for a file
/// @param epoch of the run; null for a file
/// @param kept how its weights were distributed; null where the network is there
public record Snapshot(
    String title,
    Path file,
    @Nullable String run,
    @Nullable Integer epoch,
    @Nullable KeptWeights kept) {
  /// A network in a file.
  ///
  /// @param file an ONNX file
  /// @return the snapshot
  public static Snapshot of(Path file) {
    return new Snapshot(file.toString(), file, null, null, null);
  }

  /// Epochs of runs.
  ///
  /// @param study that has them
  /// @param names of the runs; all when there is none
  /// @param epochs kept ones, or such as the distributions of the weights are known of; all kept
  ///   ones when there is none
  /// @return by run, then by epoch
  public static List<Snapshot> of(Study study, List<String> names, List<Integer> epochs) {
    List<Run> runs = names.isEmpty() ? study.runs() : names.stream().map(study::run).toList();
    List<Snapshot> snapshots = new ArrayList<>();
    for (Run run : runs) {
      for (int epoch : epochs.isEmpty() ? run.info().snapshots() : epochs) {
        snapshots.add(of(study, run, epoch));
      }
    }
    return snapshots;
  }

  private static Snapshot of(Study study, Run run, int epoch) {
    String title = run.name() + " epoch " + epoch;
    Path file = new StudyFolder(study.folder()).weights(run.name(), epoch);
    boolean network = run.info().snapshots().contains(epoch);
    return !network && Files.isRegularFile(file)
        ? new Snapshot(title, file, run.name(), epoch, KeptWeights.read(file))
        : new Snapshot(title, run.snapshot(epoch), run.name(), epoch, null);
  }

  /// {@return the network}
  ///
  /// @throws InputException when the file is not there or is no whole and sound ONNX model
  public Network read() {
    if (kept != null) {
      throw new IllegalArgumentException(
          title
              + " kept no network, only how its weights are distributed; choose an epoch whose"
              + " network is kept");
    }
    return Network.read(file);
  }

  /// The tensors of a network that are asked for.
  ///
  /// @param network of this snapshot
  /// @param choice which
  /// @return at least one, in file order
  /// @throws IllegalArgumentException when there is none, saying what there is
  List<LayerTensor> choose(Network network, TensorChoice choice) {
    return choose(network.weights(), choice);
  }

  /// The same of a snapshot without a network.
  List<LayerTensor> choose(KeptWeights weights, TensorChoice choice) {
    List<LayerTensor> all = weights.tensors().stream().map(Snapshot::tensor).toList();
    return choose(all, choice);
  }

  private static LayerTensor tensor(TensorWeights kept) {
    LayerTensor.Kind kind =
        kept.kind().equals(LayerTensor.Kind.BIASES.title())
            ? LayerTensor.Kind.BIASES
            : LayerTensor.Kind.WEIGHTS;
    return new LayerTensor(kept.tensor(), kept.layer(), kind, kept.shape(), false);
  }

  private List<LayerTensor> choose(List<LayerTensor> all, TensorChoice choice) {
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
    return network.weight(tensor.name());
  }
}
