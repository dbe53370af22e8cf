package io.inscape.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ProbeKernelsTest {
  private final RandomGenerator random = Rng.of(1, "probe kernels");

  @Test
  void theTwinsGiveTheSameBits() {
    for (int rows : new int[] {1, 7, 8, 9, 16, 61}) {
      for (int depth : new int[] {0, 1, 255, 256, 257, 600}) {
        float[] z = random(rows * depth);
        float[] w = random(5 + depth * 16);
        float[] r = random(rows * 16);
        double[] plain = new double[rows * 16];
        double[] vector = new double[rows * 16];
        plain[3] = vector[3] = 2.5;
        ProbePlainKernels.scores(z, rows, depth, w, 5, plain);
        ProbeVectorKernels.scores(z, rows, depth, w, 5, vector);
        assertThat(vector).isEqualTo(plain);
        float[] plainSums = random(depth * 16);
        float[] vectorSums = plainSums.clone();
        ProbePlainKernels.gradient(z, rows, depth, r, plainSums);
        ProbeVectorKernels.gradient(z, rows, depth, r, vectorSums);
        assertThat(vectorSums).isEqualTo(plainSums);
      }
    }
  }

  @Test
  void bothAreProductsOfMatrices() {
    int rows = 13;
    int depth = 300;
    float[] z = random(rows * depth);
    float[] w = random(depth * 16);
    float[] r = random(rows * 16);
    double[] scores = new double[rows * 16];
    float[] sums = new float[depth * 16];
    ProbeKernels.scores(z, rows, depth, w, 0, scores);
    ProbeKernels.gradient(z, rows, depth, r, sums);
    double[] slowScores = new double[rows * 16];
    double[] slowSums = new double[depth * 16];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < depth; k++) {
        for (int c = 0; c < 16; c++) {
          double value = z[row * depth + k];
          slowScores[row * 16 + c] += value * w[k * 16 + c];
          slowSums[k * 16 + c] += value * r[row * 16 + c];
        }
      }
    }
    assertThat(scores).containsExactly(slowScores, within(1e-4));
    for (int at = 0; at < sums.length; at++) {
      assertThat((double) sums[at]).isCloseTo(slowSums[at], within(1e-5));
    }
  }

  private float[] random(int length) {
    float[] values = new float[length];
    for (int at = 0; at < length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }
}
