package io.inscape.training;

import io.inscape.autograd.DifferentiableNetwork;
import io.inscape.autograd.DropoutMask;
import io.inscape.autograd.Gradients;
import io.inscape.autograd.Pass;
import io.inscape.autograd.PassRequest;
import io.inscape.matrix.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The weights of a network on their way down.
final class Optimisation implements AutoCloseable {
  private final DifferentiableNetwork network;
  private final String logits;
  private final TrainingParams params;
  private final Workers workers;
  private final Map<String, MemorySegment> weights = new LinkedHashMap<>();
  private final Map<String, MemorySegment> velocities = new LinkedHashMap<>();
  private final MemorySegment input; // [observation of the batch, feature]
  private final CrossEntropy entropy;
  private long updates;

  Optimisation(
      DifferentiableNetwork network,
      ClassScores scores,
      TrainingParams params,
      Arena arena,
      Workers workers) {
    this.network = network;
    this.logits = scores.value();
    this.params = params;
    this.workers = workers;
    for (String name : network.trainable()) {
      MemorySegment weight = network.parameter(name);
      weights.put(name, weight);
      velocities.put(name, arena.allocate(weight.byteSize(), Long.BYTES));
    }
    this.input = arena.allocate((long) params.batchSize() * network.inputSize() * Float.BYTES, 64);
    this.entropy = new CrossEntropy(scores.classes());
  }

  /// One update.
  ///
  /// @return the sum of the losses of the batch, before the update
  double update(TrainingSet data, int[] order, int from, int to, DropoutMask masks) {
    int count = to - from;
    MemorySegment batch = input.asSlice(0, (long) count * network.inputSize() * Float.BYTES);
    data.train().gather(order, from, to, batch);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = data.trainLabels()[order[from + i]];
    }
    PassRequest request = new PassRequest(List.of(logits), Gradients.PARAMETERS, masks);
    try (Pass pass = network.pass(batch, count, request)) {
      float[] scores = pass.value(logits).toArray(ValueLayout.JAVA_FLOAT);
      float[] gradient = new float[scores.length];
      double loss = entropy.lossAndGradient(scores, labels, gradient);
      pass.backward(logits, MemorySegment.ofArray(gradient));
      MomentumStep step = new MomentumStep(rate(), params.optimiser().momentum());
      weights.forEach((name, weight) -> {
        MemorySegment slope = pass.parameterGradient(name);
        if (slope.byteSize() > 0) { // none for a weight that the class scores do not use
          step.apply(weight, velocity(name), slope, workers);
        }
      });
      updates++;
      return loss;
    }
  }

  double rate() {
    return params.optimiser().rate(updates);
  }

  private MemorySegment velocity(String name) {
    MemorySegment velocity = velocities.get(name);
    if (velocity == null) {
      throw new IllegalArgumentException("no parameter '" + name + "'");
    }
    return velocity;
  }

  Map<String, float[]> parameters() {
    return copy(weights);
  }

  TrainingState state(int epoch) {
    return new TrainingState(epoch, updates, copy(weights), copy(velocities));
  }

  private static Map<String, float[]> copy(Map<String, MemorySegment> segments) {
    Map<String, float[]> copies = new LinkedHashMap<>();
    segments.forEach((name, values) -> copies.put(name, values.toArray(ValueLayout.JAVA_FLOAT)));
    return copies;
  }

  void restore(TrainingState state) {
    for (Map.Entry<String, MemorySegment> entry : weights.entrySet()) {
      String name = entry.getKey();
      long count = entry.getValue().byteSize() / Float.BYTES;
      if (!state.names().equals(weights.keySet()) || state.parameter(name).length != count) {
        throw new IllegalArgumentException(
            "the training state is of another network: it holds "
                + state.names()
                + ", the network has "
                + weights.keySet()
                + (state.names().contains(name) ? " with " + count + " values in " + name : ""));
      }
      entry.getValue().copyFrom(MemorySegment.ofArray(state.parameter(name)));
      velocity(name).copyFrom(MemorySegment.ofArray(state.velocity(name)));
    }
    updates = state.updates();
  }

  @Override
  public void close() {
    network.close();
  }
}
