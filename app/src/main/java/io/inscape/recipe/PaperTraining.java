package io.inscape.recipe;

import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.RunState;
import io.inscape.training.TrainingParams;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Trains the papers' networks with the papers' settings, on all training images.
///
/// @param study what they learn from
/// @param kept the epochs whose networks are kept, ascending from 0
/// @param seed of weights, order and dropout
/// @param threads to train with
record PaperTraining(Study study, List<Integer> kept, long seed, int threads) {
  /// Trains a run, or finds it; an interrupt ends it, keeping what is complete.
  ///
  /// @param shuffled whether it learns permuted labels, as a control
  /// @return the run, complete
  /// @throws CancellationException when it was interrupted
  RunInfo train(Architecture architecture, boolean shuffled) {
    RunInfo run =
        study.train(
            new RunRequest(
                name(architecture, shuffled, seed),
                architecture.title(),
                Architectures.build(
                    architecture,
                    study.pipeline().outputShape(study.dataset().shape()),
                    study.dataset().classNames().size(),
                    seed),
                TrainingParams.papers(architecture)
                    .withSnapshotEpochs(kept)
                    .withShuffleLabels(shuffled)
                    .withSeed(seed),
                0),
            threads);
    if (run.state() != RunState.COMPLETE) {
      throw new CancellationException("training was interrupted");
    }
    return run;
  }

  /// The name that the command `train` gives such a run.
  private static String name(Architecture architecture, boolean shuffled, long seed) {
    return architecture.title() + (shuffled ? "-shuffled" : "") + (seed == 0 ? "" : "-seed" + seed);
  }
}
