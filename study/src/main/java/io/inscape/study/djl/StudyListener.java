package io.inscape.study.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.listener.TrainingListenerAdapter;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Records a training of the Deep Java Library into a study, epoch by epoch: what chosen blocks
/// make of a sample, the trainer's evaluators as metrics, the probabilities, and the parameters.
///
/// Give it to the trainer with `config.addTrainingListeners(listener)`, **before** DJL's own
/// listeners: they reset the evaluators at the end of an epoch. Epoch 0, the network before its
/// first update, is recorded at the first batch, between its gradients and its update, as
/// `EasyTrain` does them: before that, a network may not have its parameters yet.
///
/// All is written by the convention of `docs/formats.md` into the folder `outside` of the study,
/// each epoch aside and renamed when it is whole: a killed training leaves whole epochs, in a run
/// that the next recording into the study finds interrupted. The study is held for writing until
/// [#close()]; a page that serves it reads it (`./inscape serve DIR --read-only`) and hears of a
/// new epoch within a second or so, and one in the same process, given [#study()], at once.
///
/// Used by the thread that trains.
public final class StudyListener extends TrainingListenerAdapter implements AutoCloseable {
  /// The folder in the study that the convention's files lie in.
  public static final String OUTSIDE = "outside";

  private static final int BATCH = 256;

  private final String run;
  private final SampleOrder sample;
  private final List<String> blocks;
  private final EpochFiles files;
  private final Study study;
  private @Nullable Watched watched;
  private boolean begun; // whether epoch 0 is recorded
  private int epoch;

  private StudyListener(
      Study study, String run, SampleOrder sample, List<String> blocks, EpochFiles files) {
    this.study = study;
    this.run = run;
    this.sample = sample;
    this.blocks = List.copyOf(blocks);
    this.files = files;
  }

  /// Makes a study, or opens the one that is there for another run.
  ///
  /// @param folder the study's
  /// @param run the run's name; not in the study yet
  /// @param sample what is looked at; the same for every run of the study
  /// @param blocks the children of sequential blocks to watch, in the order of the forward pass,
  ///   such as `02Linear` or `body.03Activation`; empty for all
  /// @return a listener, to be closed when training has ended
  /// @throws io.inscape.study.file.StudyException if the study is in use, of other data, or has the
  ///   run
  public static StudyListener of(Path folder, String run, SampleOrder sample, List<String> blocks) {
    Path outside = folder.resolve(OUTSIDE);
    EpochFiles files = new EpochFiles(outside, run);
    files.observations(sample);
    Study study =
        Study.exists(folder)
            ? Study.open(folder)
            : Study.createActivations(
                folder,
                new ActivationStudyConfig(
                    Objects.requireNonNullElse(folder.getFileName(), folder).toString(),
                    outside,
                    new SampleSize.All(),
                    0));
    return new StudyListener(study, run, sample, blocks, files);
  }

  /// {@return the study that is written to: for a server in this process, or for analyses}
  public Study study() {
    return study;
  }

  @Override
  public void onTrainingBegin(Trainer trainer) {
    epoch = 0;
    begun = false;
    watched = new Watched(trainer.getModel().getBlock(), blocks);
  }

  @Override
  public void onTrainingBatch(Trainer trainer, BatchData batchData) {
    if (!begun) {
      begun = true;
      record(trainer, true);
    }
  }

  @Override
  public void onEpoch(Trainer trainer) {
    epoch++;
    record(trainer, true);
  }

  @Override
  public void onTrainingEnd(Trainer trainer) {
    if (!begun) { // nothing was trained
      return;
    }
    study.importRecorded(run, false);
  }

  private void record(Trainer trainer, boolean more) {
    Watched parts = Objects.requireNonNull(watched, "training has not begun");
    Model model = trainer.getModel();
    try (EpochFiles.Epoch writing = files.begin(epoch, parts.chosen(), sample.count());
        NDManager manager = model.getNDManager().newSubManager()) {
      for (int from = 0; from < sample.count(); from += BATCH) {
        int to = Math.min(sample.count(), from + BATCH);
        try (NDArray batch = batch(manager, from, to)) {
          parts.forward(model, batch, (name, output) -> writing.append(name, output));
        }
      }
      writing.probabilities(sample.classNames().size());
      writing.parameters(model.getBlock().getParameters());
      files.metrics(epoch, metrics(trainer));
      writing.commit();
    }
    study.importRecorded(run, more);
  }

  private NDArray batch(NDManager manager, int from, int to) {
    int size = Math.toIntExact(sample.size());
    float[] values = java.util.Arrays.copyOfRange(sample.inputs(), from * size, to * size);
    long[] axes =
        IntStream.rangeClosed(0, sample.shape().size())
            .mapToLong(axis -> axis == 0 ? to - from : sample.shape().get(axis - 1))
            .toArray();
    return manager.create(values, new Shape(axes));
  }

  /// Training loss, training accuracy, test loss and test accuracy; null where it is not measured.
  private @Nullable Double[] metrics(Trainer trainer) {
    @Nullable Double[] values = new Double[4];
    if (epoch == 0) {
      return values;
    }
    for (Evaluator evaluator : trainer.getEvaluators()) {
      boolean accuracy = evaluator.getName().toLowerCase(Locale.ROOT).contains("accuracy");
      boolean loss = evaluator.equals(trainer.getLoss());
      if (accuracy || loss) {
        values[accuracy ? 1 : 0] = value(evaluator, EvaluatorTrainingListener.TRAIN_EPOCH);
        values[accuracy ? 3 : 2] = value(evaluator, EvaluatorTrainingListener.VALIDATE_EPOCH);
      }
    }
    return values;
  }

  private static @Nullable Double value(Evaluator evaluator, String accumulator) {
    try {
      double value = evaluator.getAccumulator(accumulator);
      return Double.isFinite(value) ? value : null;
    } catch (IllegalArgumentException _) { // nothing was measured, or no listener measures
      return null;
    }
  }

  /// {@return the run's name}
  public String run() {
    return run;
  }

  /// Gives the study back to other writers.
  @Override
  public void close() {
    study.close();
  }
}
