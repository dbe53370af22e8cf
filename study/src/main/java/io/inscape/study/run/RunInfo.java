package io.inscape.study.run;

import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.network.layer.Reading;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.training.EpochMetrics;
import io.inscape.training.TrainingParams;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
/// @param training how it is trained; null for a run whose networks were brought
/// @param progress how far the present epoch is; null unless it is being trained in this process
/// @param error why it failed; null unless it did
/// @param brought what was brought of a run that was not trained here; null for one trained here
/// @param answers what its outputs are; null means classes, as older versions had no other
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
    @Nullable TrainingInfo training,
    @Nullable TrainingProgress progress,
    @Nullable String error,
    @Nullable Brought brought,
    @Nullable Answers answers) {
  /// Copies the lists.
  public RunInfo {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(state, "state is missing");
    plannedEpochs = List.copyOf(plannedEpochs);
    snapshots = List.copyOf(snapshots);
    layers = List.copyOf(layers);
    metrics = List.copyOf(metrics);
  }

  /// What somebody brought of a training that happened elsewhere.
  public enum Brought {
    /// Its networks, one for each epoch: everything can be asked of them.
    NETWORKS,
    /// What its layers made of the observations, without a network.
    ACTIVATIONS
  }

  /// What the outputs of a run are.
  public enum Answers {
    /// A score for each class.
    CLASSES,
    /// Numbers: a regression, an embedding, a picture.
    VALUES,
    /// Nothing that is known: activations without predictions.
    NONE
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
          layer.name()
              + " ("
              + layer.operator()
              + ", "
              + shape
              + (layer.reading() == Reading.ALL ? "" : ", " + layer.reading().title())
              + ")",
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

  /// What older versions did not write: they imported networks with classes only.
  static void upgrade(Map<String, Object> run) {
    run.putIfAbsent("brought", run.get("training") == null ? "networks" : null);
    run.putIfAbsent("answers", "classes");
  }

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
        null,
        null,
        Answers.CLASSES);
  }

  /// A run whose networks were trained elsewhere, before its first epoch is taken in.
  static RunInfo brought(ImportRequest request, Network network, Answers answers) {
    return new RunInfo(
        request.name(),
        request.architecture(),
        RunState.COMPLETE,
        false,
        0,
        network.parameterCount(),
        List.of(),
        List.of(),
        layers(request, network),
        List.of(),
        null,
        null,
        null,
        Brought.NETWORKS,
        answers);
  }

  /// The layers that were chosen, or those that a person would want.
  static List<LayerInfo> layers(ImportRequest request, Network network) {
    List<Layer> layers =
        request.layers().isEmpty()
            ? network.layers()
            : request.layers().get().stream().map(network::layer).toList();
    return layers.stream().map(LayerInfo::of).toList();
  }

  /// With an epoch that was trained elsewhere, wherever it belongs among the others.
  RunInfo withBrought(int epoch, Optional<EpochMetrics> measured) {
    List<Integer> epochs = Stream.concat(snapshots.stream(), Stream.of(epoch)).sorted().toList();
    List<EpochMetrics> all =
        Stream.concat(metrics.stream(), measured.stream())
            .sorted(Comparator.comparingInt(EpochMetrics::epoch))
            .toList();
    return with(RunState.COMPLETE, epochs, epochs, all, null, null);
  }

  /// {@return whether it gives a score for each class}
  public boolean answersClasses() {
    return answers == null || answers == Answers.CLASSES;
  }

  /// {@return whether it has networks, trained here or brought, and not activations alone}
  public boolean hasNetworks() {
    return brought != Brought.ACTIVATIONS;
  }

  /// How the run was trained here.
  ///
  /// @return its settings
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if its networks were brought
  public TrainingInfo requireTraining() {
    if (training == null) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "run "
              + name
              + " was imported, so its settings are not known and it cannot be trained further or again;"
              + " train a run with another name");
    }
    return training;
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
        reason,
        brought,
        answers);
  }
}
