package io.inscape.study.run;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.activation.NpyFile;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.matrix.Progress;
import io.inscape.network.Binding;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.ImportRequest.Checkpoint;
import io.inscape.study.run.RunInfo.Answers;
import io.inscape.training.EpochMetrics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Takes the networks of a training that happened elsewhere into a study, one epoch after the
/// other: measured, copied, and listed in `run.json` last, so that a kill leaves whole epochs and
/// the same import goes on.
final class RunImport {
  /// As many training images are measured on as after an epoch trained here.
  private static final int MOST_MEASURED = 10_000;

  private final ImportRequest request;
  private final TrainingGround ground;
  private final StudyFolder folder;
  private final SafeFiles files;
  private final RunStore store;

  RunImport(
      ImportRequest request,
      TrainingGround ground,
      StudyFolder folder,
      SafeFiles files,
      RunStore store) {
    this.request = request;
    this.ground = ground;
    this.folder = folder;
    this.files = files;
    this.store = store;
  }

  RunInfo run(int threads, ImportProgress progress) {
    List<Checkpoint> checkpoints = request.checkpoints();
    Dataset dataset = ground.dataset().get();
    Feed observed = Feed.of(ground.observed().get(), ground.pipeline());
    Network first = read(checkpoints.getFirst(), observed);
    Answers answers =
        request.answers().isPresent()
            ? request.answers().get()
            : Outcome.of(first, dataset, ground.pipeline());
    RunInfo info = RunInfo.brought(request, first, answers);
    if (store.exists(request.name())) {
      RunInfo kept = store.read(request.name());
      requireSame(kept, info);
      info = kept;
    }
    store.claim(info);
    try {
      for (int i = 0; i < checkpoints.size(); i++) {
        Checkpoint checkpoint = checkpoints.get(i);
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new CancellationException("the import was interrupted");
        }
        int begun = i;
        Progress part =
            (stage, fraction) -> progress.report(step(checkpoint, begun, stage, fraction));
        part.report("network", 0);
        info = take(info, checkpoint, dataset, observed, threads, part);
      }
    } finally {
      store.release(request.name());
    }
    return info;
  }

  private ImportProgress.Step step(Checkpoint checkpoint, int at, String stage, double fraction) {
    int count = request.checkpoints().size();
    return new ImportProgress.Step(
            request.name(), checkpoint.epoch(), at + 1, count, stage, fraction)
        .within(at, count);
  }

  /// A network, its free sizes set to those of the data: so each layer's size is known for good.
  private static Network read(Checkpoint checkpoint, Feed observed) {
    Network network = Network.read(checkpoint.file());
    return network.fitted(Binding.of(network, observed.slots()));
  }

  /// Takes one epoch, or finds it there.
  @SuppressWarnings("TooManyParameters") // what one epoch needs, all of it set once
  private RunInfo take(
      RunInfo info,
      Checkpoint checkpoint,
      Dataset dataset,
      Feed observed,
      int threads,
      Progress progress) {
    Network network = read(checkpoint, observed);
    requireSameLayers(info, network);
    int epoch = checkpoint.epoch();
    if (info.snapshots().contains(epoch)) {
      requireSameNetwork(network, checkpoint);
      return info;
    }
    Optional<EpochMetrics> metrics = Optional.empty();
    float[] predictions = {};
    int[] sample = ground.sample();
    if (info.answersClasses()) {
      ClassOutputs outputs =
          ClassOutputs.of(network, dataset.classNames().size(), ground.pipeline(), threads);
      metrics = Optional.of(measured(outputs, epoch, dataset, progress));
      predictions =
          outputs.probabilities(
              observed, sample, (_, part) -> progress.report("predictions", (2 + part) / 3));
    } else if (info.answers() == Answers.VALUES) {
      predictions = values(network, observed, sample, threads, progress);
    } else { // that the network runs at all is found out before its file is kept
      values(network, observed, new int[] {sample[0]}, threads, progress);
    }
    files.produce(
        folder.snapshot(request.name(), epoch),
        aside -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside))) {
            network.writeTo(out);
          }
        });
    keepPredictions(epoch, predictions, sample.length);
    RunInfo next = info.withBrought(epoch, metrics);
    store.keep(next);
    return next;
  }

  private void keepPredictions(int epoch, float[] predictions, int count) {
    if (predictions.length > 0) {
      files.produce(
          folder.predictions(request.name(), epoch),
          aside -> NpyFile.writeFloats(aside, predictions, count, predictions.length / count));
    }
  }

  /// What the last layer gives.
  private static float[] values(
      Network network, Feed feed, int[] observations, int threads, Progress progress) {
    Layer output = Outcome.output(network).orElse(network.layers().getLast());
    return Capture.matrices(
            CaptureRequest.inMemory(network, List.of(output), feed, observations),
            threads,
            (_, part) -> progress.report("predictions", part))
        .getFirst()
        .toArray();
  }

  private static EpochMetrics measured(
      ClassOutputs outputs, int epoch, Dataset dataset, Progress progress) {
    Split train = dataset.train();
    ClassOutputs.Scores learned =
        outputs.scores(
            train,
            Sample.draw(train.count(), Math.min(MOST_MEASURED, train.count()), 0),
            (_, part) -> progress.report("training images", part / 3));
    Split test = dataset.test();
    ClassOutputs.Scores held =
        outputs.scores(
            test,
            Sample.draw(test.count(), test.count(), 0),
            (_, part) -> progress.report("test images", (1 + part) / 3));
    return new EpochMetrics(
        epoch,
        learned.loss(),
        learned.accuracy(),
        held.loss(),
        held.accuracy(),
        held.recall(),
        0,
        0);
  }

  private void requireSameLayers(RunInfo info, Network network) {
    List<RunInfo.LayerInfo> layers = RunInfo.layers(request, network);
    if (!layers.equals(info.layers())) {
      throw InputException.unsupported(
          network.origin(),
          "its layers",
          names(layers),
          names(info.layers()) + " as " + request.checkpoints().getFirst().file(),
          "the files of one run are one network at different epochs; import others as runs of their"
              + " own");
    }
  }

  private static String names(List<RunInfo.LayerInfo> layers) {
    return String.join(", ", layers.stream().map(RunInfo.LayerInfo::title).toList());
  }

  private void requireSame(RunInfo kept, RunInfo now) {
    if (kept.training() != null) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "run "
              + kept.name()
              + " of the study was trained here; give the imported run another name");
    }
    if (!kept.layers().equals(now.layers())) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "run "
              + kept.name()
              + " of the study is another network, with the layers "
              + names(kept.layers())
              + "; give the imported run another name");
    }
  }

  private void requireSameNetwork(Network network, Checkpoint checkpoint) {
    var snapshot = folder.snapshot(request.name(), checkpoint.epoch());
    try {
      if (!Digests.of(snapshot).equals(Digests.of(network::writeTo))) {
        throw new StudyException(
            Kind.OTHER_PARAMETERS,
            "epoch "
                + checkpoint.epoch()
                + " of run "
                + request.name()
                + " is there already, with other weights than "
                + checkpoint.file()
                + "; give the imported run another name");
      }
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, snapshot + " cannot be read: " + e.getMessage(), e);
    }
  }
}
