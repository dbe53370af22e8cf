package io.inscape.study.run;

import io.inscape.activation.NpyFile;
import io.inscape.network.Network;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/// One training of a study, and what is kept of it.
public final class Run {
  private final RunStore store;
  private final StudyFolder folder;
  private final String name;
  private final int sampleCount;

  Run(RunStore store, StudyFolder folder, String name, int sampleCount) {
    this.store = store;
    this.folder = folder;
    this.name = name;
    this.sampleCount = sampleCount;
  }

  /// {@return the run's name}
  public String name() {
    return name;
  }

  /// {@return how the run was trained, and where it stands now}
  ///
  /// @throws StudyException if its `run.json` is damaged
  public RunInfo info() {
    return store.read(name);
  }

  /// The network file of a kept epoch.
  ///
  /// @param epoch 0 for the untrained network
  /// @return an ONNX file
  /// @throws StudyException of kind [Kind#NOT_YET] if the epoch is planned, [Kind#UNKNOWN] if it is
  ///   not, [Kind#DAMAGED] if its file is gone
  public Path snapshot(int epoch) {
    requireKept(epoch);
    return requireFile(folder.snapshot(name, epoch));
  }

  /// The network of a kept epoch.
  ///
  /// @param epoch 0 for the untrained network
  /// @return the network
  /// @throws StudyException as [#snapshot] has it
  public Network network(int epoch) {
    return Network.read(snapshot(epoch));
  }

  /// What the network predicted for the study's observations.
  ///
  /// @param epoch a kept epoch
  /// @return probabilities, `[observation * classes + class]`
  /// @throws StudyException as [#snapshot] has it
  public float[] predictions(int epoch) {
    requireKept(epoch);
    Path file = requireFile(folder.predictions(name, epoch));
    NpyFile array = NpyFile.read(file);
    if (array.shape().length != 2 || array.shape()[0] != sampleCount) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " must have one row for each of the "
              + sampleCount
              + " observations of the study's sample, but has shape "
              + java.util.Arrays.toString(array.shape())
              + "; copied from another study?");
    }
    return array.floats();
  }

  private void requireKept(int epoch) {
    RunInfo info = info();
    if (info.snapshots().contains(epoch)) {
      return;
    }
    String kept = "kept so far are the epochs " + info.snapshots();
    if (info.plannedEpochs().contains(epoch)) {
      throw new StudyException(
          Kind.NOT_YET, "run " + name + " has not reached epoch " + epoch + "; " + kept);
    }
    throw new StudyException(
        Kind.UNKNOWN,
        "run "
            + name
            + " keeps no epoch "
            + epoch
            + ", planned are "
            + info.plannedEpochs()
            + "; "
            + kept);
  }

  private Path requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " is missing although run.json lists its epoch; put it back, or remove the folder "
              + folder.run(name)
              + " and train again");
    }
    return file;
  }
}
