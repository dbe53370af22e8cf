package io.inscape.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Workers;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class SeededMasksTest {
  private static final int COUNT = 200_001;

  private static float[] mask(int threads, long seed, int epoch, int batch, double ratio) {
    try (Workers workers = Workers.of(threads)) {
      float[] mask = new float[COUNT];
      MemorySegment target = MemorySegment.ofArray(mask);
      new SeededMasks(seed, epoch, workers).ofBatch(batch).fill(1, ratio, target);
      return mask;
    }
  }

  @Test
  void keepTheRightShareScaledSoThatTheMeanStays() {
    for (double ratio : new double[] {0.2, 0.5, 0.9}) {
      int kept = 0;
      for (float factor : mask(1, 1, 2, 3, ratio)) {
        assertThat(factor == 0 || factor == (float) (1 / (1 - ratio))).isTrue();
        kept += factor == 0 ? 0 : 1;
      }
      double spread = Math.sqrt(ratio * (1 - ratio) / COUNT);
      assertThat(kept / (double) COUNT).isCloseTo(1 - ratio, within(4 * spread));
    }
  }

  @Test
  void neighboursAndFollowingBatchesAreIndependent() {
    float[] first = mask(1, 1, 2, 3, 0.5);
    float[] next = mask(1, 1, 2, 4, 0.5);
    int sameAsNeighbour = 0;
    int sameInNextBatch = 0;
    for (int i = 0; i + 1 < COUNT; i++) {
      sameAsNeighbour += first[i] == first[i + 1] ? 1 : 0;
      sameInNextBatch += first[i] == next[i] ? 1 : 0;
    }
    double spread = 4 * 0.5 / Math.sqrt(COUNT);
    assertThat(sameAsNeighbour / (double) COUNT).isCloseTo(0.5, within(spread));
    assertThat(sameInNextBatch / (double) COUNT).isCloseTo(0.5, within(spread));
  }

  @Test
  void dependOnSeedEpochAndBatchButNotOnThreads() {
    float[] mask = mask(1, 1, 2, 3, 0.5);

    assertThat(mask(3, 1, 2, 3, 0.5)).isEqualTo(mask);
    assertThat(mask(1, 9, 2, 3, 0.5)).isNotEqualTo(mask);
    assertThat(mask(1, 1, 9, 3, 0.5)).isNotEqualTo(mask);
    assertThat(mask(1, 1, 2, 9, 0.5)).isNotEqualTo(mask);
  }
}
