package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SubsetMeansTest {
  private static final Workers WORKERS = Workers.of(2);

  @AfterAll
  static void stop() {
    WORKERS.close();
  }

  @Test
  void meansAndEffectByHand() {
    // Unit 0: 1 3 | 7 9 11; unit 1: constant; unit 2: constant in each, but not the same.
    Matrix activations =
        Matrix.of(5, 3, new float[] {1, 2, 1, 3, 2, 1, 7, 2, 4, 9, 2, 4, 11, 2, 4});
    int[] a = {0, 1};
    int[] b = {2, 3, 4};
    assertThat(SubsetMeans.of(activations, List.of(a, b, new int[] {4}), WORKERS))
        .containsExactly(2, 2, 1, 9, 2, 4, 11, 2, 4);
    float[] compared = SubsetMeans.compare(activations, a, b, WORKERS);
    assertThat(compared).startsWith(2, 2, 1, 9, 2, 4);
    // Squares 2 and 8: pooled variance 10 / 3; Welch: 2 / 2 + 4 / 3.
    assertThat((double) compared[6]).isCloseTo(-7 / Math.sqrt(10.0 / 3), within(1e-6));
    assertThat((double) compared[9]).isCloseTo(-7 / Math.sqrt(1 + 4.0 / 3), within(1e-6));
    assertThat(new float[] {compared[7], compared[8], compared[10], compared[11]}).containsOnly(0);
    float[] turned = SubsetMeans.compare(activations, b, a, WORKERS);
    assertThat(turned[6]).isEqualTo(-compared[6]);
  }

  @Test
  void oneObservationHasNoSpreadToTestAgainst() {
    Matrix activations = Matrix.of(3, 1, new float[] {5, 1, 3});
    float[] compared = SubsetMeans.compare(activations, new int[] {0}, new int[] {1, 2}, WORKERS);
    assertThat((double) compared[2]).isCloseTo(3 / Math.sqrt(2), within(1e-6));
    assertThat(compared[3]).isZero();
    float[] single = SubsetMeans.compare(activations, new int[] {0}, new int[] {1}, WORKERS);
    assertThat(single).containsExactly(5, 1, 0, 0);
  }

  @Test
  void meansAreExactWhateverTheOffset() {
    int rows = 3000;
    RandomGenerator rng = Rng.of(3, "test");
    float[] values = new float[rows];
    BigDecimal sum = BigDecimal.ZERO;
    for (int row = 0; row < rows; row++) {
      values[row] = 1000 + (float) rng.nextGaussian();
      sum = sum.add(new BigDecimal(values[row]));
    }
    int[] all = IntStream.range(0, rows).toArray();
    float[] means = SubsetMeans.of(Matrix.of(rows, 1, values), List.of(all), WORKERS);
    double exact = sum.divide(new BigDecimal(rows), MathContext.DECIMAL128).doubleValue();
    assertThat(means).containsExactly((float) exact);
  }

  @Test
  void theSameOnAnyNumberOfThreads() {
    RandomGenerator rng = Rng.of(5, "test");
    float[] values = new float[400 * 70];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rng.nextGaussian();
    }
    Matrix activations = Matrix.of(400, 70, values);
    int[] a = IntStream.range(0, 150).toArray();
    int[] b = IntStream.range(100, 400).toArray();
    try (Workers one = Workers.of(1)) {
      assertThat(SubsetMeans.compare(activations, a, b, one))
          .isEqualTo(SubsetMeans.compare(activations, a, b, WORKERS));
    }
  }

  @Test
  void refusesWhatIsNoSubset() {
    Matrix activations = Matrix.of(2, 1, new float[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubsetMeans.of(activations, List.of(new int[0]), WORKERS))
        .withMessage("a subset needs at least 1 of the 2 observations, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubsetMeans.compare(activations, new int[] {0}, new int[] {2}, WORKERS))
        .withMessage("rows of a subset must be in [0, 2), got 2");
  }
}
