package io.inscape.training;

/// The softmax cross entropy of a batch, in double precision: `-log p(label)` in nats.
public final class CrossEntropy {
  private final int classes;
  private final double[] exponentials; // [class], of the newest observation

  /// For scores of so many classes; used by one thread.
  ///
  /// @param classes at least 1
  public CrossEntropy(int classes) {
    this.classes = classes;
    this.exponentials = new double[classes];
  }

  /// The sum of the losses, and the gradient of their mean.
  ///
  /// @param logits `[observation * classes + class]`
  /// @param labels `[observation]`
  /// @param gradient `[observation * classes + class]`, written
  double lossAndGradient(float[] logits, int[] labels, float[] gradient) {
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double sum = exponentiate(logits, i);
      loss += loss(logits, i, labels[i], sum);
      for (int c = 0; c < classes; c++) {
        double target = c == labels[i] ? 1 : 0;
        gradient[i * classes + c] = (float) ((exponentials[c] / sum - target) / labels.length);
      }
    }
    return loss;
  }

  /// The loss of one observation.
  ///
  /// @param logits `[observation * classes + class]`; not modified
  /// @param observation which one
  /// @param label its class
  /// @return `-log p(label)` in nats
  public double loss(float[] logits, int observation, int label) {
    return loss(logits, observation, label, exponentiate(logits, observation));
  }

  /// Writes the probabilities of one observation.
  ///
  /// @param logits `[observation * classes + class]`; not modified
  /// @param observation which one
  /// @param target where they go, one for each class
  /// @param offset the index of the first
  public void probabilities(float[] logits, int observation, float[] target, int offset) {
    double sum = exponentiate(logits, observation);
    for (int c = 0; c < classes; c++) {
      target[offset + c] = (float) (exponentials[c] / sum);
    }
  }

  /// The class with the highest score, the lowest of equals.
  ///
  /// @param logits `[observation * classes + class]`; not modified
  /// @param observation which one
  /// @return its class
  public int winner(float[] logits, int observation) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[observation * classes + c] > logits[observation * classes + best]) {
        best = c;
      }
    }
    return best;
  }

  private double loss(float[] logits, int observation, int label, double sum) {
    return Math.log(sum) - (logits[observation * classes + label] - max(logits, observation));
  }

  /// Sets `exp(logit - max)` of every class and gives their sum.
  private double exponentiate(float[] logits, int observation) {
    double max = max(logits, observation);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      exponentials[c] = Math.exp(logits[observation * classes + c] - max);
      sum += exponentials[c];
    }
    return sum;
  }

  private double max(float[] logits, int observation) {
    float max = logits[observation * classes];
    for (int c = 1; c < classes; c++) {
      max = Math.max(max, logits[observation * classes + c]);
    }
    return max;
  }
}
