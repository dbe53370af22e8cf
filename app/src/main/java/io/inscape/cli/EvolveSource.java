package io.inscape.cli;

import io.inscape.sequences.SequenceFiles;
import io.inscape.study.sequence.SequenceSource;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which steps an evolution has: files, or parts of a study.
final class EvolveSource {
  @Parameters(
      paramLabel = "STEP.npy",
      arity = "0..*",
      description =
          "One file for each step, in order: .npy or .npz, [observation, unit], with the same"
              + " observations in the same rows; the number of units may differ.")
  private List<String> steps = List.of();

  @Option(
      names = "--labels",
      paramLabel = "L.npy",
      description = "The class of each observation, whole numbers.")
  private @Nullable String labels;

  @Option(
      names = "--ids",
      split = ",",
      paramLabel = "IDS.npy",
      description =
          "The ids of the rows, one file for each step, which must be equal. Default: STEP.ids.npy or"
              + " observations.npy beside each step, where there is one.")
  private List<String> ids = List.of();

  @Option(
      names = "--study",
      paramLabel = "DIR",
      description =
          "Look at steps of this study instead, and keep what is computed in it. With --run and"
              + " --layer: the kept epochs; with --run and --epoch: the layers; with --runs, --epoch"
              + " and --layer: the runs.")
  private @Nullable Path study;

  @Option(names = "--run", paramLabel = "NAME", description = "A run of the study.")
  private @Nullable String run;

  @Option(names = "--layer", paramLabel = "NAME", description = "A layer such as fc4.")
  private @Nullable String layer;

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description = "Which kept epochs of the layer. Default: all.")
  private List<Integer> epochs = List.of();

  @Option(names = "--epoch", paramLabel = "N", description = "A kept epoch.")
  private @Nullable Integer epoch;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME",
      description = "Which layers, input for the data. Default: input and all hidden layers.")
  private List<String> layers = List.of();

  @Option(
      names = "--runs",
      split = ",",
      paramLabel = "NAME",
      description = "Which runs, to compare the same layer of each.")
  private List<String> runs = List.of();

  /// The study whose parts the steps are; null where they are files.
  @Nullable Path study() {
    return study;
  }

  void requireSense() {
    boolean ofStudy =
        run != null
            || layer != null
            || epoch != null
            || !epochs.isEmpty()
            || !layers.isEmpty()
            || !runs.isEmpty();
    if (study == null && ofStudy) {
      throw new IllegalArgumentException(
          "--run, --layer, --epochs, --epoch, --layers and --runs are of a study; add --study DIR");
    }
    if (study != null && (!steps.isEmpty() || labels != null || !ids.isEmpty())) {
      throw new IllegalArgumentException(
          "the steps are files or parts of a study, got "
              + (steps.isEmpty() ? "--labels or --ids" : steps.getFirst())
              + " and --study "
              + study
              + "; a study has its own observations and labels");
    }
  }

  SequenceFiles files() {
    return SequenceFiles.open(steps, labels, ids);
  }

  /// The steps of a study.
  SequenceSource steps() {
    if (!runs.isEmpty() && run == null && epoch != null && layer != null && layers.isEmpty()) {
      return new SequenceSource.ByRun(runs, epoch, layer);
    }
    if (run != null && runs.isEmpty() && layer != null && epoch == null && layers.isEmpty()) {
      return new SequenceSource.ByEpoch(run, layer, epochs);
    }
    if (run != null && runs.isEmpty() && epoch != null && layer == null && epochs.isEmpty()) {
      return new SequenceSource.ByLayer(run, epoch, layers);
    }
    throw new IllegalArgumentException(
        "the steps of a study are --run R --layer L [--epochs N,N] for the epochs of a layer, --run R"
            + " --epoch N [--layers L,L] for the layers of an epoch, or --runs R,R --epoch N --layer L"
            + " for the same layer of several runs");
  }
}
