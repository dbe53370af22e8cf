package io.inscape.training;

import io.inscape.network.Architecture;
import io.inscape.parameter.Option;
import java.util.List;

/// How a network is trained. The share of values that dropout drops is part of the network.
///
/// @param optimiser how weights follow their gradients
/// @param batchSize observations per update, at least 1
/// @param snapshotEpochs the epochs after which the network is kept, ascending, starting with 0
///   (untrained); training ends with the last
/// @param shuffleLabels whether the training labels are permuted, so that only memorising helps:
///   the control run
/// @param seed of the order of the observations, of dropout and of permuted labels; any value
public record TrainingParams(
    @Option("How weights follow their gradients.") Optimiser optimiser,
    @Option(value = "Observations per update.", min = 1) int batchSize,
    @Option("Epochs after which the network is kept; 0 is the untrained one.")
        List<Integer> snapshotEpochs,
    @Option("Permutes the training labels: a control run that can only memorise.")
        boolean shuffleLabels,
    @Option("Seed of the observations' order, of dropout and of permuted labels.") long seed) {
  /// The epochs that the papers keep.
  private static final List<Integer> PAPERS_EPOCHS = List.of(0, 5, 10, 100);

  /// Checks and copies.
  public TrainingParams {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
    snapshotEpochs = List.copyOf(snapshotEpochs);
    if (snapshotEpochs.isEmpty() || snapshotEpochs.getFirst() != 0) {
      throw new IllegalArgumentException(
          "snapshot epochs must start with 0, the untrained network, got " + snapshotEpochs);
    }
    for (int i = 1; i < snapshotEpochs.size(); i++) {
      if (snapshotEpochs.get(i) <= snapshotEpochs.get(i - 1)) {
        throw new IllegalArgumentException(
            "snapshot epochs must ascend, got "
                + snapshotEpochs.get(i)
                + " after "
                + snapshotEpochs.get(i - 1));
      }
    }
  }

  /// Stochastic gradient descent with momentum: `v = momentum v - rate g`, `w = w + v`, where the
  /// rate of update k, counted from 0 over all epochs, is `learningRate / (1 + decay k)`.
  ///
  /// @param learningRate the first step's length, above 0
  /// @param momentum share of the last step that is kept, in [0, 1)
  /// @param decay how fast steps shorten, at least 0
  public record Optimiser(
      @Option(value = "Length of the first step.", min = 0, minExclusive = true)
          double learningRate,
      @Option(value = "Share of the last step that is kept.", min = 0, max = 1, maxExclusive = true)
          double momentum,
      @Option(value = "How fast steps shorten: rate / (1 + decay x updates).", min = 0)
          double decay) {
    /// Checks the ranges.
    public Optimiser {
      if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
        throw new IllegalArgumentException(
            "learning rate must be above 0 and finite, got " + learningRate);
      }
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "momentum must be at least 0 and below 1, got " + momentum);
      }
      if (!(decay >= 0) || Double.isInfinite(decay)) {
        throw new IllegalArgumentException("decay must be at least 0 and finite, got " + decay);
      }
    }

    /// {@return the length of one step}
    ///
    /// @param update how many updates came before it
    double rate(long update) {
      return learningRate / (1 + decay * update);
    }
  }

  /// {@return the settings of the papers' perceptron}
  public static TrainingParams defaults() {
    return papers(Architecture.MLP);
  }

  /// The settings that the papers trained with.
  ///
  /// @param architecture which of their networks
  /// @return batch 16 and decay 1e-9 for the perceptrons, batch 32 and decay 1e-6 for the
  ///   convolutional network; learning rate 0.01 and momentum 0.9 for all
  public static TrainingParams papers(Architecture architecture) {
    int batch =
        switch (architecture) {
          case MLP, RMLP -> 16;
          case CNN -> 32;
        };
    double decay =
        switch (architecture) {
          case MLP, RMLP -> 1e-9;
          case CNN -> 1e-6;
        };
    return new TrainingParams(new Optimiser(0.01, 0.9, decay), batch, PAPERS_EPOCHS, false, 0);
  }

  /// {@return the epoch after which training ends}
  public int lastEpoch() {
    return snapshotEpochs.getLast();
  }

  /// The same with another optimiser.
  ///
  /// @param other the optimiser
  /// @return new parameters
  public TrainingParams withOptimiser(Optimiser other) {
    return new TrainingParams(other, batchSize, snapshotEpochs, shuffleLabels, seed);
  }

  /// The same with another batch size.
  ///
  /// @param other observations per update
  /// @return new parameters
  public TrainingParams withBatchSize(int other) {
    return new TrainingParams(optimiser, other, snapshotEpochs, shuffleLabels, seed);
  }

  /// The same with other epochs.
  ///
  /// @param other ascending, starting with 0
  /// @return new parameters
  public TrainingParams withSnapshotEpochs(List<Integer> other) {
    return new TrainingParams(optimiser, batchSize, other, shuffleLabels, seed);
  }

  /// The same with or without permuted labels.
  ///
  /// @param other whether to permute
  /// @return new parameters
  public TrainingParams withShuffleLabels(boolean other) {
    return new TrainingParams(optimiser, batchSize, snapshotEpochs, other, seed);
  }

  /// The same with another seed.
  ///
  /// @param other any value
  /// @return new parameters
  public TrainingParams withSeed(long other) {
    return new TrainingParams(optimiser, batchSize, snapshotEpochs, shuffleLabels, other);
  }
}
