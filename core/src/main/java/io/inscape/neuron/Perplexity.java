package io.inscape.neuron;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;

/// How many units an observation speaks to (DeepEyes).
///
/// An observation's positive activations, divided by their sum, are a distribution over the units;
/// its perplexity is 2 to the power of the entropy in bits. From 1, where one unit is on, to the
/// number of units, where all are on alike; 0 where none is above 0.
public final class Perplexity {
  private static final int ROWS_PER_CHUNK = 64;
  private static final double BIT = Math.log(2);

  private Perplexity() {}

  /// Measures every observation.
  ///
  /// @param activations rows = observations, columns = units; what is below 0 counts as 0
  /// @param workers do the arithmetic
  /// @return one for each observation
  public static float[] of(Matrix activations, Workers workers) {
    float[] perplexity = new float[activations.rows()];
    workers.forEachChunk(
        perplexity.length,
        ROWS_PER_CHUNK,
        (_, from, to) -> {
          float[] row = new float[activations.cols()];
          for (int at = from; at < to; at++) {
            activations.copyRow(at, row, 0);
            perplexity[at] = (float) of(row);
          }
        });
    return perplexity;
  }

  /// `H = log2 s - sum(a log2 a) / s` with `s` the sum of the positive activations `a`.
  private static double of(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += Math.max(0, value);
    }
    if (sum == 0) {
      return 0;
    }
    double entropy = 0;
    for (float value : row) {
      if (value > 0) {
        double share = value / sum;
        entropy -= share * Math.log(share) / BIT;
      }
    }
    return Math.exp(entropy * BIT);
  }
}
