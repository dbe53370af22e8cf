package io.inscape.training;

import io.inscape.autograd.DifferentiableNetwork;
import io.inscape.autograd.Gradients;
import io.inscape.autograd.Pass;
import io.inscape.autograd.PassRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Measures a network as it would be used: without dropout.
final class Measurement {
  private static final int BATCH = 250;

  private final DifferentiableNetwork network;
  private final String logits;
  private final int classes;
  private final CrossEntropy entropy;

  Measurement(DifferentiableNetwork network, ClassScores scores) {
    this.network = network;
    this.logits = scores.value();
    this.classes = scores.classes();
    this.entropy = new CrossEntropy(classes);
  }

  /// What came out over a set of observations.
  ///
  /// @param loss mean cross entropy in nats
  /// @param accuracy share that is right, in [0, 1]
  /// @param recall by class; 0 where there are none
  record Scores(double loss, double accuracy, List<Double> recall) {}

  /// Scores the chosen rows.
  Scores of(Features features, int[] labels, int[] rows, BooleanSupplier stop) {
    double loss = 0;
    int[] right = new int[classes];
    int[] total = new int[classes];
    try (Arena arena = Arena.ofConfined()) {
      for (int from = 0; from < rows.length; from += BATCH) {
        int to = Math.min(from + BATCH, rows.length);
        MemorySegment batch = batch(arena, to - from);
        features.gather(rows, from, to, batch);
        float[] scores = scores(batch, to - from, stop);
        for (int i = 0; i < to - from; i++) {
          int label = labels[rows[from + i]];
          loss += entropy.loss(scores, i, label);
          total[label]++;
          right[label] += entropy.winner(scores, i) == label ? 1 : 0;
        }
      }
    }
    return scores(loss, right, total, rows.length);
  }

  private Scores scores(double loss, int[] right, int[] total, int count) {
    List<Double> recall = new ArrayList<>();
    int hits = 0;
    for (int c = 0; c < classes; c++) {
      recall.add(total[c] == 0 ? 0 : (double) right[c] / total[c]);
      hits += right[c];
    }
    return new Scores(loss / count, (double) hits / count, recall);
  }

  /// The probabilities of every row, `[row * classes + class]`.
  float[] probabilities(Features features, BooleanSupplier stop) {
    float[] probabilities = new float[Math.multiplyExact(features.count(), classes)];
    for (int from = 0; from < features.count(); from += BATCH) {
      int to = Math.min(from + BATCH, features.count());
      float[] scores = scores(features.rows(from, to), to - from, stop);
      for (int i = 0; i < to - from; i++) {
        entropy.probabilities(scores, i, probabilities, (from + i) * classes);
      }
    }
    return probabilities;
  }

  private float[] scores(MemorySegment batch, int count, BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new CancellationException("measuring stopped");
    }
    PassRequest request = PassRequest.of(List.of(logits), Gradients.NONE);
    try (Pass pass = network.pass(batch, count, request)) {
      return pass.value(logits).toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private MemorySegment batch(Arena arena, int count) {
    return arena.allocate((long) count * network.inputSize() * Float.BYTES, Float.BYTES);
  }
}
