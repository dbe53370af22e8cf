package io.inscape.study.trainer;

import io.inscape.dataset.ImageShape;
import io.inscape.network.Architecture;
import io.inscape.network.Architectures;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunInfo.TrainingInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.training.TrainingParams;
import io.inscape.training.TrainingParams.Optimiser;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A run to be trained as another was, but for one thing: another architecture, or permuted labels
/// as a control. Epochs, seed, optimiser, batch size and the number of images are the other's;
/// dropout is the architecture's own.
///
/// @param like the run whose settings are taken
/// @param architecture such as `rmlp`; empty for the same network, from the same weights
/// @param shuffleLabels whether the training labels are permuted; a run like one with permuted
///   labels has them too
/// @param name of the new run; empty for one made from the other's
public record LikeRun(
    String like, Optional<String> architecture, boolean shuffleLabels, Optional<String> name) {
  /// What to train.
  ///
  /// @param study that has the other run
  /// @return the request
  /// @throws io.inscape.study.file.StudyException if there is no such run, or its untrained network
  ///   is not there
  /// @throws IllegalArgumentException if the architecture is unknown, the name is none, or all is
  ///   as it was
  RunRequest request(Study study) {
    RunInfo other = study.run(like).info();
    boolean shuffled = shuffleLabels || other.shuffledLabels();
    String title = architecture.orElse(other.architecture());
    boolean sameNetwork = title.equals(other.architecture());
    if (sameNetwork && shuffled == other.shuffledLabels()) {
      throw new IllegalArgumentException(
          "a run like "
              + like
              + " with nothing changed would be the same run; name another architecture than "
              + title
              + ", or shuffleLabels");
    }
    TrainingInfo training = other.requireTraining();
    TrainingParams params =
        new TrainingParams(
            new Optimiser(training.learningRate(), training.momentum(), training.decay()),
            training.batchSize(),
            other.plannedEpochs(),
            shuffled,
            other.seed());
    Network untrained =
        sameNetwork ? study.run(like).network(0) : build(study, title, other.seed());
    String chosen = name.orElseGet(() -> name(other, title, shuffled));
    return new RunRequest(chosen, title, untrained, params, training.limit());
  }

  private static Network build(Study study, String title, long seed) {
    Architecture architecture =
        Arrays.stream(Architecture.values())
            .filter(one -> one.title().equals(title))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "architecture must be one of "
                        + List.of(Architecture.values()).stream().map(Architecture::title).toList()
                        + ", got \""
                        + title
                        + "\""));
    ImageShape shape = study.info().dataset().shape();
    if (shape == null) {
      throw new IllegalArgumentException("a network needs images, and the study has vectors");
    }
    return Architectures.build(
        architecture,
        study.pipeline().outputShape(shape),
        study.info().dataset().classNames().size(),
        seed);
  }

  /// `mlp-seed1` with another architecture is `rmlp-seed1`, and its control `mlp-seed1-shuffled`.
  private static String name(RunInfo other, String title, boolean shuffled) {
    String before = other.architecture();
    String base = other.name();
    if (!title.equals(before)) {
      boolean named = base.equals(before) || base.startsWith(before + "-");
      base = named ? title + base.substring(before.length()) : base + "-" + title;
    }
    return base + (shuffled && !other.shuffledLabels() ? "-shuffled" : "");
  }
}
