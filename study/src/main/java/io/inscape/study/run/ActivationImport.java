package io.inscape.study.run;

import io.inscape.activation.NpyFile;
import io.inscape.activation.RowReader;
import io.inscape.activation.outside.OutsideArray;
import io.inscape.dataset.InputException;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.outside.KeptFiles;
import io.inscape.study.outside.OutsideRun;
import io.inscape.study.run.RunInfo.Answers;
import io.inscape.study.run.RunInfo.Brought;
import io.inscape.training.EpochMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Takes activations that were made elsewhere into a study, as runs: only where they lie is kept,
/// and the predictions of the sample. Done again it takes in what is new; `run.json` is written
/// last.
final class ActivationImport {
  private final ActivationRuns request;
  private final StudyFolder folder;
  private final SafeFiles files;
  private final RunStore store;

  ActivationImport(ActivationRuns request, StudyFolder folder, SafeFiles files, RunStore store) {
    this.request = request;
    this.folder = folder;
    this.files = files;
    this.store = store;
  }

  List<RunInfo> run(ImportProgress progress) {
    List<RunInfo> taken = new ArrayList<>();
    for (OutsideRun run : request.runs()) {
      RunRequest.requireName(run.name());
      if (store.exists(run.name()) && store.read(run.name()).hasNetworks()) {
        throw new StudyException(
            Kind.OTHER_PARAMETERS,
            "run "
                + run.name()
                + " of the study has networks; rename the folder of the activations");
      }
    }
    int count = request.runs().size();
    int looked = 0;
    for (OutsideRun run : request.runs()) {
      if (!isDone(run)) {
        int begun = looked;
        taken.add(take(run, step -> progress.report(step.within(begun, count))));
      }
      looked++;
    }
    return taken;
  }

  /// Whether a run that is not the one being recorded needs nothing any more.
  private boolean isDone(OutsideRun run) {
    if (request.state(run.name()) != RunState.INTERRUPTED || !store.exists(run.name())) {
      return false;
    }
    RunInfo known = store.read(run.name());
    return known.state() == RunState.COMPLETE || known.snapshots().size() == run.epochs().size();
  }

  private RunInfo take(OutsideRun run, ImportProgress progress) {
    RunState state = request.state(run.name());
    KeptFiles kept = KeptFiles.of(request.folder(), folder.root().resolve(request.folder()), run);
    RunInfo before = store.exists(run.name()) ? store.read(run.name()) : null;
    boolean predicts = true;
    for (OutsideRun.Epoch epoch : run.epochs()) {
      report(run, epoch, progress);
      boolean known = before != null && before.snapshots().contains(epoch.epoch());
      Path target = folder.predictions(run.name(), epoch.epoch());
      if (epoch.predictions().isPresent() && !(known && newer(target, epoch))) {
        predictions(epoch.predictions().get(), target, run.name(), epoch.epoch());
      }
      predicts &= epoch.predictions().isPresent();
    }
    List<EpochMetrics> metrics = run.metrics();
    List<Integer> epochs = run.epochs().stream().map(OutsideRun.Epoch::epoch).toList();
    RunInfo info =
        new RunInfo(
            run.name(),
            "activations",
            state,
            false,
            0,
            0,
            epochs,
            epochs,
            run.epochs().getFirst().layers().stream().map(ActivationImport::layer).toList(),
            metrics,
            null,
            null,
            null,
            Brought.ACTIVATIONS,
            predicts && request.classes() > 0 ? Answers.CLASSES : Answers.NONE);
    files.write(folder.activationFiles(run.name()), Json.pretty(kept));
    store.keep(info);
    if (state != RunState.TRAINING) {
      store.release(run.name());
    }
    return info;
  }

  private static void report(OutsideRun run, OutsideRun.Epoch epoch, ImportProgress progress) {
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the import was interrupted");
    }
    int at = run.epochs().indexOf(epoch);
    int count = run.epochs().size();
    progress.report(
        new ImportProgress.Step(run.name(), epoch.epoch(), at + 1, count, "activations", 0)
            .within(at, count));
  }

  /// Whether what was copied is younger than what it was copied from.
  private static boolean newer(Path target, OutsideRun.Epoch epoch) {
    Path source = epoch.predictions().orElseThrow().file();
    return Files.exists(target) && target.toFile().lastModified() > source.toFile().lastModified();
  }

  private static RunInfo.LayerInfo layer(OutsideRun.Layer layer) {
    List<Integer> shape = layer.shape();
    String sizes = String.join(" x ", shape.stream().map(String::valueOf).toList());
    return new RunInfo.LayerInfo(
        layer.name(),
        layer.name() + " (" + sizes + ")",
        layer.array().units(),
        shape,
        "activations");
  }

  /// Copies the rows of the sample: few and small, and read at every turn.
  private void predictions(OutsideArray array, Path target, String run, int epoch) {
    int[] sample = request.sample();
    try (RowReader reader = array.open(sample.length)) {
      if (request.classes() > 0 && reader.cols() != request.classes()) {
        throw InputException.unsupported(
            array.file().toString(),
            "epoch " + epoch + " of run " + run + ", predictions",
            reader.cols() + " numbers for each observation",
            request.classes() + ", a probability for each class",
            "write the outputs after softmax, and the names of all classes into classes.txt");
      }
      int cols = reader.cols();
      float[] values = new float[Math.multiplyExact(sample.length, cols)];
      for (int i = 0; i < sample.length; i++) {
        reader.copy(sample[i], 0, cols, values, i * cols);
        requireProbabilities(array, values, i * cols, cols, sample[i]);
      }
      files.produce(target, aside -> NpyFile.writeFloats(aside, values, sample.length, cols));
    }
  }

  private static void requireProbabilities(
      OutsideArray array, float[] values, int from, int count, int observation) {
    for (int i = from; i < from + count; i++) {
      if (!(values[i] >= -1e-4f && values[i] <= 1 + 1e-4f)) { // written so that NaN fails too
        throw InputException.malformed(
            array.file().toString(),
            "the predictions of observation " + observation,
            Float.toString(values[i]),
            "probabilities in [0, 1]",
            "write the outputs after softmax");
      }
    }
  }
}
