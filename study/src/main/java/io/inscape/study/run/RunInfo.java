package io.inscape.study.run;

import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.training.EpochMetrics;
import io.inscape.training.TrainingParams;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `run.json` holds, and how far a run in training is.
///
/// @param name of the run
/// @param architecture what the network is called
/// @param state where it stands
/// @param shuffledLabels whether it was trained on permuted labels
/// @param seed of the training
/// @param parameterCount how many weights and biases
/// @param plannedEpochs the epochs whose networks are to be kept
/// @param snapshots the epochs whose networks are kept so far
/// @param layers of the network, from input to output
/// @param metrics after each epoch trained so far, epoch 0 first
/// @param training how it is trained
/// @param progress how far the present epoch is; null unless it is being trained in this process
/// @param error why it failed; null unless it did
public record RunInfo(
    String name,
    String architecture,
    RunState state,
    boolean shuffledLabels,
    long seed,
    long parameterCount,
    List<Integer> plannedEpochs,
    List<Integer> snapshots,
    List<LayerInfo> layers,
    List<EpochMetrics> metrics,
    TrainingInfo training,
    @Nullable TrainingProgress progress,
    @Nullable String error) {
  /// Copies the lists.
  public RunInfo {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(training, "training is missing");
    plannedEpochs = List.copyOf(plannedEpochs);
    snapshots = List.copyOf(snapshots);
    layers = List.copyOf(layers);
    metrics = List.copyOf(metrics);
  }

  /// A layer of a run's network.
  ///
  /// @param name as commands and requests have it
  /// @param title as a person reads it
  /// @param units how many values for each observation
  /// @param shape of those values
  /// @param operator that makes them
  public record LayerInfo(
      String name, String title, int units, List<Integer> shape, String operator) {
    /// Copies the shape.
    public LayerInfo {
      shape = List.copyOf(shape);
    }

    static LayerInfo of(Layer layer) {
      String shape = String.join(" x ", layer.shape().stream().map(String::valueOf).toList());
      return new LayerInfo(
          layer.name(),
          layer.name() + " (" + layer.operator() + ", " + shape + ")",
          layer.units(),
          layer.shape(),
          layer.operator());
    }
  }

  /// How a run is trained.
  ///
  /// @param learningRate of the first update
  /// @param momentum share of the last step that is added
  /// @param decay of the learning rate per update
  /// @param batchSize observations per update
  /// @param limit training images used; 0 for all
  /// @param untrained SHA-256 of the network file that it starts from
  public record TrainingInfo(
      double learningRate,
      double momentum,
      double decay,
      int batchSize,
      int limit,
      String untrained) {}

  /// A run at its beginning.
  static RunInfo begin(RunRequest request, String untrainedDigest) {
    TrainingParams params = request.params();
    Network network = request.untrained();
    TrainingParams.Optimiser optimiser = params.optimiser();
    return new RunInfo(
        request.name(),
        request.architecture(),
        RunState.TRAINING,
        params.shuffleLabels(),
        params.seed(),
        network.parameterCount(),
        params.snapshotEpochs(),
        List.of(),
        network.layers().stream().map(LayerInfo::of).toList(),
        List.of(),
        new TrainingInfo(
            optimiser.learningRate(),
            optimiser.momentum(),
            optimiser.decay(),
            params.batchSize(),
            request.limit(),
            untrainedDigest),
        null,
        null);
  }

  /// The last epoch trained, -1 before epoch 0 is measured.
  int epochsDone() {
    return metrics.isEmpty() ? -1 : metrics.getLast().epoch();
  }

  RunInfo withState(RunState other, @Nullable String reason) {
    return with(other, plannedEpochs, snapshots, metrics, null, reason);
  }

  RunInfo withPlan(List<Integer> epochs) {
    return with(RunState.TRAINING, epochs, snapshots, metrics, null, null);
  }

  RunInfo withProgress(TrainingProgress now) {
    return with(state, plannedEpochs, snapshots, metrics, now, error);
  }

  RunInfo withEpoch(List<Integer> kept, List<EpochMetrics> measured) {
    boolean last = measured.getLast().epoch() == plannedEpochs.getLast();
    RunState now = last ? RunState.COMPLETE : RunState.TRAINING;
    return with(now, plannedEpochs, kept, measured, null, null);
  }

  @SuppressWarnings("TooManyParameters") // the ones that change, for the methods above
  private RunInfo with(
      RunState changed,
      List<Integer> planned,
      List<Integer> kept,
      List<EpochMetrics> measured,
      @Nullable TrainingProgress now,
      @Nullable String reason) {
    return new RunInfo(
        name,
        architecture,
        changed,
        shuffledLabels,
        seed,
        parameterCount,
        planned,
        kept,
        layers,
        measured,
        training,
        now,
        reason);
  }
}
