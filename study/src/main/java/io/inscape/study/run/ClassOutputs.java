package io.inscape.study.run;

import io.inscape.activation.Capture;
import io.inscape.activation.CaptureRequest;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.network.Layer;
import io.inscape.network.Network;
import io.inscape.training.CrossEntropy;
import java.util.ArrayList;
import java.util.List;

/// What a network that was brought says of observations: the probability of each class.
///
/// The scores are what goes into the softmax that makes the first output, or that output itself.
/// Where that has no softmax and every row is a distribution already, it is taken as it is.
final class ClassOutputs {
  /// How far from 1 the sum of 32-bit probabilities may lie.
  private static final double ROUNDING = 1e-3;

  private final Network network;
  private final Layer scores;
  private final int classes;
  private final Pipeline pipeline;
  private final int threads;

  private ClassOutputs(Network network, Layer scores, int classes, Pipeline pipeline, int threads) {
    this.network = network;
    this.scores = scores;
    this.classes = classes;
    this.pipeline = pipeline;
    this.threads = threads;
  }

  /// How well a network does.
  ///
  /// @param loss mean cross entropy in nats
  /// @param accuracy share that is right, in [0, 1]
  /// @param recall by class; 0 where there are none
  record Scores(double loss, double accuracy, List<Double> recall) {}

  /// The class scores of a network that [Outcome] found some in.
  static ClassOutputs of(Network network, int classes, Pipeline pipeline, int threads) {
    Layer scores = Outcome.output(network).orElseThrow();
    return new ClassOutputs(network, scores, classes, pipeline, threads);
  }

  /// The probabilities of every class, `[observation * classes + class]`.
  float[] probabilities(Feed feed, int[] chosen, Progress progress) {
    CaptureRequest request = CaptureRequest.inMemory(network, List.of(scores), feed, chosen);
    Matrix raw = Capture.matrices(request, threads, progress).getFirst();
    float[] values = raw.toArray();
    if (!areProbabilities(values)) {
      CrossEntropy entropy = new CrossEntropy(classes);
      float[] scored = values;
      values = new float[scored.length];
      for (int i = 0; i < chosen.length; i++) {
        entropy.probabilities(scored, i, values, i * classes);
      }
    }
    return values;
  }

  private boolean areProbabilities(float[] values) {
    for (int from = 0; from < values.length; from += classes) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        if (values[from + c] < 0) {
          return false;
        }
        sum += values[from + c];
      }
      if (Math.abs(sum - 1) > ROUNDING) {
        return false;
      }
    }
    return true;
  }

  /// Compares with the labels of the chosen images.
  Scores scores(Split split, int[] chosen, Progress progress) {
    float[] probabilities = probabilities(Feed.of(split.content(), pipeline), chosen, progress);
    int[] right = new int[classes];
    int[] total = new int[classes];
    double loss = 0;
    CrossEntropy entropy = new CrossEntropy(classes);
    for (int i = 0; i < chosen.length; i++) {
      int label = split.label(chosen[i]);
      loss -= Math.log(Math.max(Float.MIN_VALUE, probabilities[i * classes + label]));
      total[label]++;
      right[label] += entropy.winner(probabilities, i) == label ? 1 : 0;
    }
    List<Double> recall = new ArrayList<>();
    int hits = 0;
    for (int c = 0; c < classes; c++) {
      recall.add(total[c] == 0 ? 0 : (double) right[c] / total[c]);
      hits += right[c];
    }
    return new Scores(loss / chosen.length, (double) hits / chosen.length, recall);
  }
}
