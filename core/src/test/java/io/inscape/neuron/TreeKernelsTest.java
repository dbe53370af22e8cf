package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.matrix.Rng;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TreeKernelsTest {
  private final RandomGenerator random = Rng.of(1, "tree kernels");

  @Test
  void theTwinsFindTheSameRangeAsSorting() {
    for (int count : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 47, 64, 100, 257}) {
      float[] values = random(count + 3);
      float[] plain = new float[2];
      float[] vector = new float[2];
      TreePlainKernels.range(values, 3, count + 3, plain);
      TreeVectorKernels.range(values, 3, count + 3, vector);
      float[] sorted = Arrays.copyOfRange(values, 3, count + 3);
      Arrays.sort(sorted);
      assertThat(plain).isEqualTo(vector).containsExactly(sorted[0], sorted[count - 1]);
    }
  }

  @Test
  void theTwinsCountTheSame() {
    for (int count : new int[] {0, 1, 15, 16, 17, 33, 100}) {
      float[] values = random(count + 5);
      for (float cut : new float[] {-9, 0, 0.3f, count == 0 ? 0 : values[5], 9}) {
        int slow = 0;
        for (int at = 5; at < count + 5; at++) {
          slow += values[at] > cut ? 0 : 1;
        }
        assertThat(TreePlainKernels.atMost(values, 5, count + 5, cut)).isEqualTo(slow);
        assertThat(TreeVectorKernels.atMost(values, 5, count + 5, cut)).isEqualTo(slow);
      }
    }
  }

  @Test
  void fetchesTheRowsAskedFor() {
    float[] column = random(50);
    for (int count : new int[] {0, 1, 3, 4, 5, 11}) {
      int[] rows = random.ints(count + 2, 0, 40).toArray();
      float[] out = new float[count + 1];
      TreeKernels.gather(column, 10, rows, 2, count + 2, out, 1);
      for (int at = 0; at < count; at++) {
        assertThat(out[at + 1]).isEqualTo(column[10 + rows[at + 2]]);
      }
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
