package io.inscape.study.run;

import io.inscape.activation.NpyFile;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.outside.KeptFiles;
import java.io.IOException;
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
  ///   not or the run has no networks, [Kind#DAMAGED] if its file is gone
  public Path snapshot(int epoch) {
    requireEpoch(epoch);
    if (!info().hasNetworks()) {
      throw new StudyException(
          Kind.UNKNOWN,
          "run "
              + name
              + " has activations that were made elsewhere and no network, which this needs; import"
              + " its networks as ONNX files to have it");
    }
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
    requireEpoch(epoch);
    if (!info().answersClasses()) {
      throw new StudyException(
          Kind.UNKNOWN, "run " + name + " has no predictions, which this needs");
    }
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

  /// The digest of what determines the activations of a kept epoch: its network, or the files that
  /// hold them.
  ///
  /// @param epoch a kept one
  /// @return SHA-256 in hexadecimal
  /// @throws StudyException as [#requireEpoch] and [#snapshot] have it
  public String digest(int epoch) {
    requireEpoch(epoch);
    if (!info().hasNetworks()) {
      return files().epoch(epoch).digest();
    }
    Path file = snapshot(epoch);
    try {
      return Digests.of(file);
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// An array of activations that was made elsewhere.
  ///
  /// @param epoch a kept one
  /// @param layer a layer's name
  /// @return the array, a row for each observation of the study's data
  /// @throws StudyException if the epoch is not kept, or its file is gone or changed
  /// @throws IllegalArgumentException if the layer is not there
  public OutsideArray outside(int epoch, String layer) {
    requireEpoch(epoch);
    return files().find(folder.root(), epoch, layer);
  }

  private KeptFiles files() {
    return Json.read(folder.activationFiles(name), KeptFiles.class);
  }

  /// Refuses an epoch of which nothing is kept.
  ///
  /// @param epoch 0 for the untrained network
  /// @throws StudyException of kind [Kind#NOT_YET] if the epoch is planned, [Kind#UNKNOWN] if it is
  ///   not
  public void requireEpoch(int epoch) {
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
