package io.inscape.study.run;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Sample;
import io.inscape.dataset.Split;
import io.inscape.matrix.Progress;
import io.inscape.network.Network;
import io.inscape.study.file.Digests;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.ImportRequest.Checkpoint;
import io.inscape.training.EpochMetrics;
import java.io.IOException;
import java.util.List;
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

  RunInfo run(int threads, Progress progress) {
    List<Checkpoint> checkpoints = request.checkpoints();
    Network first = Network.read(checkpoints.getFirst().file());
    RunInfo info = RunInfo.brought(request, first);
    if (store.exists(request.name())) {
      RunInfo kept = store.read(request.name());
      requireSame(kept, info);
      info = kept;
    }
    Dataset dataset = ground.dataset().get();
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
            (stage, fraction) -> progress.report(stage, (begun + fraction) / checkpoints.size());
        info = take(info, checkpoint, dataset, threads, part);
      }
    } finally {
      store.release(request.name());
    }
    return info;
  }

  /// Takes one epoch, or finds it there.
  private RunInfo take(
      RunInfo info, Checkpoint checkpoint, Dataset dataset, int threads, Progress progress) {
    Network network = Network.read(checkpoint.file());
    requireSameLayers(info, network);
    byte[] bytes = network.toBytes();
    int epoch = checkpoint.epoch();
    if (info.snapshots().contains(epoch)) {
      requireSameNetwork(bytes, checkpoint);
      return info;
    }
    ClassOutputs outputs =
        ClassOutputs.of(network, dataset.classNames().size(), ground.pipeline(), threads);
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
    int[] sample = ground.sample();
    float[] predictions =
        outputs.probabilities(
            Feed.of(ground.observed().get(), ground.pipeline()),
            sample,
            (_, part) -> progress.report("predictions", (2 + part) / 3));
    EpochMetrics metrics =
        new EpochMetrics(
            epoch,
            learned.loss(),
            learned.accuracy(),
            held.loss(),
            held.accuracy(),
            held.recall(),
            0,
            0);
    files.write(folder.snapshot(request.name(), epoch), bytes);
    files.produce(
        folder.predictions(request.name(), epoch),
        aside ->
            NpyFile.writeFloats(
                aside, predictions, sample.length, predictions.length / sample.length));
    RunInfo next = info.withBrought(epoch, metrics);
    store.keep(next);
    return next;
  }

  private void requireSameLayers(RunInfo info, Network network) {
    List<RunInfo.LayerInfo> layers = network.layers().stream().map(RunInfo.LayerInfo::of).toList();
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

  private void requireSameNetwork(byte[] bytes, Checkpoint checkpoint) {
    var snapshot = folder.snapshot(request.name(), checkpoint.epoch());
    try {
      if (!Digests.of(snapshot).equals(Digests.of(bytes))) {
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
