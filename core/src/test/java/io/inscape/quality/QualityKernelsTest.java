package io.inscape.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class QualityKernelsTest {
  @Test
  void theTwinsGiveTheSameBits() {
    RandomGenerator random = Rng.of(1, "quality kernels");
    for (int count : new int[] {16, 48, 256, 272, 1040}) {
      float[] a = new float[count + 5];
      float[] b = new float[count + 5];
      for (int at = 0; at < a.length; at++) {
        a[at] = random.nextFloat();
        b[at] = random.nextInt(4) == 0 ? 0 : 100 * random.nextFloat();
      }
      double[] plain = new double[QualityKernels.SUMS];
      double[] vector = new double[QualityKernels.SUMS];
      QualityPlainKernels.distanceSums(a, b, 3, count, plain);
      QualityVectorKernels.distanceSums(a, b, 3, count, vector);
      assertThat(vector).isEqualTo(plain);
      for (int to = 0; to < Math.min(40, count); to++) {
        assertThat(QualityVectorKernels.countBelow(b, 1, 1 + to, 30))
            .isEqualTo(QualityPlainKernels.countBelow(b, 1, 1 + to, 30));
      }
    }
  }

  @Test
  void ranksAreSharedByEqualValues() {
    try (Workers workers = Workers.of(2)) {
      // ranks 1 2.5 2.5 4 and 2 1 4 3: centred -1.5 0 0 1.5 and -.5 -1.5 1.5 .5
      long[] pairs = {
        RankCorrelation.pair(0, 5),
        RankCorrelation.pair(7, 0),
        RankCorrelation.pair(7, 9),
        RankCorrelation.pair(8, 6)
      };
      double rho = RankCorrelation.of(pairs, workers);
      assertThat(rho).isCloseTo(1.5 / Math.sqrt(4.5 * 5), within(1e-12));
      assertThat(RankCorrelation.of(new long[0], workers)).isEqualTo(1);
      assertThat(RankCorrelation.of(new long[] {RankCorrelation.pair(3, 4)}, workers)).isEqualTo(1);
    }
  }
}
