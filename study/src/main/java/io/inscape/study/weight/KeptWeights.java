package io.inscape.study.weight;

import io.inscape.matrix.Workers;
import io.inscape.network.LayerTensor;
import io.inscape.network.Network;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.training.TrainingState;
import io.inscape.weight.DistributionParams;
import io.inscape.weight.LatticeDistribution;
import io.inscape.weight.LatticeDistributions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `runs/RUN/weights/epoch-0005.json` holds: how the weights are distributed after an epoch.
///
/// @param epoch 0 for the untrained network
/// @param tensors in the order of the network's file
public record KeptWeights(int epoch, List<TensorWeights> tensors) {
  /// Copies the list.
  public KeptWeights {
    tensors = List.copyOf(tensors);
  }

  /// The weights of a network that is being trained, and the step that led to them.
  ///
  /// The step is the optimiser's velocity: it adds just this to the weights.
  ///
  /// @param epoch which
  /// @param network of any epoch of the run
  /// @param state after the epoch
  /// @param workers do the arithmetic
  /// @return their distributions
  public static KeptWeights of(int epoch, Network network, TrainingState state, Workers workers) {
    List<LayerTensor> tensors = network.weights();
    List<float[]> values = new ArrayList<>();
    List<float[]> steps = new ArrayList<>();
    for (LayerTensor tensor : tensors) {
      boolean learns = state.names().contains(tensor.name());
      values.add(learns ? state.parameter(tensor.name()) : constant(network, tensor));
      steps.add(learns && state.updates() > 0 ? state.velocity(tensor.name()) : new float[0]);
    }
    return of(epoch, tensors, values, steps, workers);
  }

  /// The weights of a snapshot, about whose training nothing is known.
  ///
  /// @param epoch of the snapshot
  /// @param network the snapshot
  /// @param workers do the arithmetic
  /// @return their distributions, without updates
  public static KeptWeights of(int epoch, Network network, Workers workers) {
    List<LayerTensor> tensors = network.weights();
    List<float[]> values = new ArrayList<>();
    List<float[]> steps = new ArrayList<>();
    for (LayerTensor tensor : tensors) {
      values.add(constant(network, tensor));
      steps.add(new float[0]);
    }
    return of(epoch, tensors, values, steps, workers);
  }

  private static float[] constant(Network network, LayerTensor tensor) {
    return network.weight(tensor.name());
  }

  private static KeptWeights of(
      int epoch,
      List<LayerTensor> tensors,
      List<float[]> values,
      List<float[]> steps,
      Workers workers) {
    List<float[]> all = new ArrayList<>(values);
    all.addAll(steps);
    double nearZero = DistributionParams.defaults().nearZero();
    List<LatticeDistribution> found = LatticeDistributions.of(all, nearZero, workers);
    List<TensorWeights> described = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      LayerTensor tensor = tensors.get(i);
      boolean stepped = steps.get(i).length > 0;
      WeightFigures now = WeightFigures.of(found.get(i));
      WeightFigures step = stepped ? WeightFigures.of(found.get(tensors.size() + i)) : null;
      described.add(
          new TensorWeights(
              tensor.name(),
              tensor.layer(),
              tensor.kind().title(),
              tensor.shape(),
              now,
              step,
              TensorWeights.ratio(now, step)));
    }
    return new KeptWeights(epoch, described);
  }

  /// Reads a file.
  ///
  /// @param file what was kept
  /// @return its content
  /// @throws StudyException of kind `DAMAGED` if it is not there, or not what was written
  public static KeptWeights read(Path file) {
    return Json.read(file, KeptWeights.class);
  }

  /// {@return the file's bytes; the same for the same weights}
  public byte[] toBytes() {
    return Json.pretty(this);
  }

  /// {@return how many weights are NaN or infinite}
  public long nonFinite() {
    long sum = 0;
    for (TensorWeights tensor : tensors) {
      sum += tensor.values().nonFinite();
    }
    return sum;
  }
}
