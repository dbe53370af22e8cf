package io.inscape.study.network;

import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunState;
import io.inscape.study.weight.KeptWeights;
import io.inscape.training.EpochMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the weights of a study's runs are distributed, after every epoch that is known of.
///
/// Training keeps that after each epoch. For runs that were trained before it did, and for imported
/// ones, the kept snapshots are looked at when first asked for, and what is found is kept in the
/// same place where the study is open for writing. Safe for use by several threads.
public final class RunWeights {
  /// Files that are held, so that a slider's next question is answered from memory.
  private static final int HELD = 256;

  private final Study study;
  private final StudyFolder folder;
  private final int threads;

  // Guarded by this; the oldest goes first.
  private final Map<Path, Held> held = new LinkedHashMap<>();

  /// What a file said, and when it was written.
  private record Held(long written, KeptWeights weights) {}

  /// The weights of a study's runs.
  ///
  /// @param study stays open as long as this is used
  /// @param threads how many compute where nothing is kept
  public RunWeights(Study study, int threads) {
    this.study = study;
    this.folder = new StudyFolder(study.folder());
    this.threads = threads;
  }

  /// All epochs of a run that are known of, ascending; the one in which training diverged, if it
  /// did, last.
  ///
  /// @param run its name
  /// @return none where a run has neither snapshots nor kept distributions
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such run, [Kind#DAMAGED] if a
  ///   file is no longer what was written
  public List<KeptWeights> of(String run) {
    RunInfo info = study.run(run).info();
    TreeSet<Integer> epochs = new TreeSet<>(info.snapshots());
    for (EpochMetrics metrics : info.metrics()) {
      epochs.add(metrics.epoch());
    }
    if (info.state() == RunState.FAILED && !epochs.isEmpty()) {
      epochs.add(epochs.last() + 1); // what was left when it diverged
    }
    List<KeptWeights> all = new ArrayList<>();
    for (int epoch : epochs) {
      KeptWeights weights = find(info, epoch);
      if (weights != null) {
        all.add(weights);
      }
    }
    return all;
  }

  /// One epoch of a run.
  ///
  /// @param run its name
  /// @param epoch 0 for the untrained network
  /// @return how its weights are distributed
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such run or epoch
  public KeptWeights of(String run, int epoch) {
    List<KeptWeights> all = of(run);
    for (KeptWeights weights : all) {
      if (weights.epoch() == epoch) {
        return weights;
      }
    }
    throw new StudyException(
        Kind.UNKNOWN,
        "nothing is known of the weights of run "
            + run
            + " after epoch "
            + epoch
            + "; there are the epochs "
            + all.stream().map(KeptWeights::epoch).toList());
  }

  /// {@return the study}
  Study study() {
    return study;
  }

  int threads() {
    return threads;
  }

  private synchronized @Nullable KeptWeights find(RunInfo run, int epoch) {
    Path file = folder.weights(run.name(), epoch);
    boolean kept = Files.isRegularFile(file);
    if (!kept && !run.snapshots().contains(epoch)) {
      return null;
    }
    long written = kept ? written(file) : Long.MIN_VALUE;
    Held known = held.get(file);
    if (known != null && known.written == written) {
      return known.weights;
    }
    KeptWeights weights = kept ? KeptWeights.read(file) : compute(run.name(), epoch, file);
    held.remove(file);
    held.put(file, new Held(Files.isRegularFile(file) ? written(file) : written, weights));
    if (held.size() > HELD) {
      held.remove(held.keySet().iterator().next());
    }
    return weights;
  }

  private static long written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, file + " cannot be looked at: " + e.getMessage(), e);
    }
  }

  private KeptWeights compute(String run, int epoch, Path file) {
    try (Workers workers = Workers.of(threads)) {
      KeptWeights weights = KeptWeights.of(epoch, study.run(run).network(epoch), workers);
      if (!study.readOnly()) {
        study.files().write(file, weights.toBytes());
      }
      return weights;
    }
  }
}
