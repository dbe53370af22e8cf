package io.inscape.study.run;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Dataset;
import io.inscape.matrix.Workers;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.weight.KeptWeights;
import io.inscape.training.DivergedException;
import io.inscape.training.EpochMetrics;
import io.inscape.training.Trainer;
import io.inscape.training.TrainingData;
import io.inscape.training.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Trains one run into a study.
///
/// After each epoch it writes, in this order: the state to go on from, the snapshot, the
/// predictions, how the weights are distributed, and `run.json`, which makes them count. A kill
/// between two of them leaves a state that is one epoch ahead of `run.json`; the next start
/// measures that state again, writes what was missing, and goes on, so the bytes are those of an
/// undisturbed run.
final class RunTraining {
  private static final long NANOS_BETWEEN_REPORTS = 250_000_000;

  private final RunRequest request;
  private final TrainingGround ground;
  private final StudyFolder folder;
  private final SafeFiles files;
  private final RunStore store;
  private RunInfo info;
  private int threads = 1;
  private long lastReport = System.nanoTime() - NANOS_BETWEEN_REPORTS;

  RunTraining(
      RunRequest request,
      TrainingGround ground,
      StudyFolder folder,
      SafeFiles files,
      RunStore store) {
    this.request = request;
    this.ground = ground;
    this.folder = folder;
    this.files = files;
    this.store = store;
    this.info = RunInfo.begin(request, Digests.of(request.untrained().toBytes()));
  }

  /// Trains what is missing.
  RunInfo run(int threadCount) {
    threads = threadCount;
    if (store.exists(request.name())) {
      RunInfo kept = store.read(request.name());
      requireSame(kept);
      info = kept.withPlan(info.plannedEpochs());
      if (kept.epochsDone() == info.plannedEpochs().getLast()) {
        return kept;
      }
    } else {
      requireNoRemains();
    }
    store.claim(info);
    try (Trainer trainer = open()) {
      train(trainer);
    } catch (CancellationException _) {
      boolean interrupted = Thread.interrupted();
      stop(RunState.INTERRUPTED, null);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    } finally {
      store.release(request.name());
    }
    return info;
  }

  private Trainer open() {
    Dataset dataset = ground.dataset().get();
    TrainingData all = TrainingData.of(dataset, ground.pipeline());
    TrainingData data = request.limit() == 0 ? all : all.withLimit(request.limit());
    Path state = folder.state(request.name());
    if (info.metrics().isEmpty()) {
      return Trainer.start(request.untrained(), data, request.params(), threads);
    }
    if (!Files.exists(state)) {
      throw new StudyException(
          Kind.DAMAGED,
          state
              + " is missing, and without it run "
              + request.name()
              + " cannot go on after epoch "
              + info.epochsDone()
              + "; put it back, or train under another name");
    }
    TrainingState from = TrainingState.read(state);
    int ahead = from.epoch() - info.epochsDone();
    if (ahead < 0 || ahead > 1) {
      throw new StudyException(
          Kind.DAMAGED,
          state
              + " is of epoch "
              + from.epoch()
              + " but run.json ends with epoch "
              + info.epochsDone()
              + "; copied from another run?");
    }
    return Trainer.resume(request.untrained(), from, data, request.params(), threads);
  }

  private void train(Trainer trainer) {
    if (trainer.epoch() > info.epochsDone()) {
      EpochMetrics again = trainer.evaluate();
      uninterrupted(() -> keep(trainer, again));
    } else {
      store.announce(info);
    }
    while (trainer.epoch() < info.plannedEpochs().getLast()) {
      int epoch = trainer.epoch() + 1;
      EpochMetrics metrics = trainEpoch(trainer, epoch);
      uninterrupted(() -> keep(trainer, metrics));
    }
  }

  private EpochMetrics trainEpoch(Trainer trainer, int epoch) {
    try {
      return trainer.trainEpoch((done, total, speed, _) -> report(epoch, done, total, speed));
    } catch (DivergedException e) {
      try { // so that the page can show what the weights came to
        uninterrupted(() -> keepWeights(trainer.remains(), epoch));
      } catch (StudyException refused) {
        e.addSuppressed(refused);
      }
      throw e;
    }
  }

  private void keepWeights(TrainingState state, int epoch) {
    try (Workers workers = Workers.of(threads)) {
      KeptWeights weights = KeptWeights.of(epoch, request.untrained(), state, workers);
      files.write(folder.weights(request.name(), epoch), weights.toBytes());
    }
  }

  /// Writes an epoch. The order is the contract of this class.
  private void keep(Trainer trainer, EpochMetrics metrics) {
    int epoch = metrics.epoch();
    String run = request.name();
    TrainingState state = trainer.state();
    files.produce(folder.state(run), state::write);
    List<Integer> kept = new ArrayList<>(info.snapshots());
    if (info.plannedEpochs().contains(epoch)) {
      Network network = trainer.network();
      files.write(folder.snapshot(run, epoch), network.toBytes());
      int[] sample = ground.sample();
      float[] predictions = trainer.predict(ground.images(), sample);
      long classes = predictions.length / sample.length;
      files.produce(
          folder.predictions(run, epoch),
          aside -> NpyFile.writeFloats(aside, predictions, sample.length, classes));
      kept.add(epoch);
    }
    keepWeights(state, epoch);
    List<EpochMetrics> measured = new ArrayList<>(info.metrics());
    measured.add(metrics);
    info = info.withEpoch(kept, measured);
    store.keep(info);
  }

  private boolean report(int epoch, int done, int total, double imagesPerSecond) {
    long now = System.nanoTime();
    if (now - lastReport >= NANOS_BETWEEN_REPORTS || done == total) {
      lastReport = now;
      long left = (total - done) + (long) total * (info.plannedEpochs().getLast() - epoch);
      store.progress(
          info,
          new TrainingProgress(
              request.name(), epoch, done, total, imagesPerSecond, left / imagesPerSecond));
    }
    return !Thread.currentThread().isInterrupted();
  }

  private void stop(RunState state, @Nullable String error) {
    info = info.withState(state, error);
    if (!info.metrics().isEmpty()) { // before that there is nothing to keep
      store.keep(info);
    } else {
      store.announce(info);
    }
  }

  /// Notes why training ended, unless the disk is what ended it.
  private void fail(RuntimeException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof StudyException) {
      info = info.withState(RunState.FAILED, reason);
      store.announce(info);
      return;
    }
    try {
      stop(RunState.FAILED, reason);
    } catch (StudyException e) {
      cause.addSuppressed(e);
    }
  }

  private void requireNoRemains() {
    for (int epoch : info.plannedEpochs()) {
      Path snapshot = folder.snapshot(request.name(), epoch);
      if (epoch > 0 && Files.exists(snapshot)) {
        throw new StudyException(
            Kind.DAMAGED,
            folder.runFile(request.name())
                + " is missing, but "
                + snapshot.getFileName()
                + " of a run of that name is there; put it back, or train under another name");
      }
    }
  }

  /// A run goes on only with the parameters that it began with; only later epochs may be added.
  private void requireSame(RunInfo kept) {
    RunInfo.TrainingInfo before = kept.requireTraining();
    RunInfo.TrainingInfo now = info.requireTraining();
    requireEqual("network " + "architecture", kept.architecture(), info.architecture());
    requireEqual("seed", kept.seed(), info.seed());
    requireEqual("learning rate", before.learningRate(), now.learningRate());
    requireEqual("momentum", before.momentum(), now.momentum());
    requireEqual("decay", before.decay(), now.decay());
    requireEqual("batch size", before.batchSize(), now.batchSize());
    requireEqual("limit", limit(before.limit()), limit(now.limit()));
    requireEqual("shuffled labels", kept.shuffledLabels(), info.shuffledLabels());
    requireEqual(
        "untrained network",
        "SHA-256 " + before.untrained().substring(0, 12),
        "SHA-256 " + now.untrained().substring(0, 12));
    int done = kept.epochsDone();
    requireEqual(
        "kept epochs up to " + done,
        upTo(kept.plannedEpochs(), done),
        upTo(info.plannedEpochs(), done));
    if (info.plannedEpochs().getLast() < done) {
      requireEqual("epochs", kept.plannedEpochs(), info.plannedEpochs());
    }
  }

  private static String limit(int images) {
    return images == 0 ? "all images" : images + " images";
  }

  private static List<Integer> upTo(List<Integer> epochs, int last) {
    return epochs.stream().filter(epoch -> epoch <= last).toList();
  }

  private void requireEqual(String what, Object before, Object now) {
    if (!before.equals(now)) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "run "
              + request.name()
              + " was trained with "
              + what
              + " "
              + before
              + ", but "
              + now
              + " is asked for; ask for the same, or give the run another name");
    }
  }

  /// Does something to its end on a thread that nobody interrupts: an interrupt would tear the
  /// channels that files are written through. An interrupt that came meanwhile is set again.
  private static void uninterrupted(Runnable task) {
    Throwable[] thrown = new Throwable[1];
    Thread keeper =
        Thread.ofPlatform()
            .name("inscape-keeper")
            .uncaughtExceptionHandler((_, e) -> thrown[0] = e)
            .start(task);
    boolean interrupted = false;
    while (true) {
      try {
        keeper.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (thrown[0]) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
