package io.inscape.projection.mds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DissimilaritiesTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void aTableIsTheSameSquareOrCondensed() {
    Matrix square = Matrix.of(3, 3, new float[] {0, 1, 5, 1, 0, 3, 5, 3, 0});
    Dissimilarities full = Dissimilarities.ofSquare(square, workers);
    Dissimilarities condensed = Dissimilarities.ofCondensed(3, new float[] {1, 5, 3}, workers);
    for (int row = 0; row < 3; row++) {
      for (int col = 0; col < 3; col++) {
        assertThat(full.get(row, col)).isEqualTo(square.get(row, col));
        assertThat(condensed.get(row, col)).isEqualTo(square.get(row, col));
      }
    }
    assertThat(full.rootMeanSquare()).isCloseTo(Math.sqrt(35 / 3.0), within(1e-6));
  }

  @Test
  void distancesAreRightFarFromTheOriginToo() {
    RandomGenerator random = Rng.of(1, "dissimilarities");
    for (int rows : new int[] {1, 2, 63, 64, 65, 130}) {
      float[] values = new float[rows * 37];
      for (int at = 0; at < values.length; at++) {
        values[at] = 1e4f + (float) random.nextGaussian();
      }
      System.arraycopy(values, 0, values, (rows / 2) * 37, 37); // a duplicate
      Matrix data = Matrix.of(rows, 37, values);
      Dissimilarities table = Dissimilarities.euclidean(data, workers);
      for (int row = 0; row < rows; row++) {
        for (int col = 0; col < rows; col++) {
          double squared = 0;
          for (int k = 0; k < 37; k++) {
            squared += Math.pow((double) data.get(row, k) - data.get(col, k), 2);
          }
          assertThat(table.get(row, col)).isCloseTo(Math.sqrt(squared), within(1e-3));
        }
      }
      assertThat(table.get(0, rows / 2)).isZero();
    }
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThatThrownBy(() -> Dissimilarities.ofSquare(Matrix.of(2, 3, new float[6]), workers))
        .hasMessage("a table of dissimilarities must be square, got 2 x 3");
    assertThatThrownBy(
            () -> Dissimilarities.ofSquare(Matrix.of(2, 2, new float[] {0, 1, 2, 0}), workers))
        .hasMessageContaining("symmetric")
        .hasMessageContaining("got 2.0 at row 1, column 0 and 1.0 the other way round");
    assertThatThrownBy(() -> Dissimilarities.ofSquare(Matrix.of(1, 1, new float[] {3}), workers))
        .hasMessageContaining("0 on the diagonal, got 3.0 at row 0");
    assertThatThrownBy(() -> Dissimilarities.ofCondensed(4, new float[5], workers))
        .hasMessage("4 observations have 6 pairs, got 5 dissimilarities");
    assertThatThrownBy(() -> Dissimilarities.ofCondensed(2, new float[] {Float.NaN}, workers))
        .hasMessage("dissimilarities must be finite and at least 0, got NaN for pair 0");
    assertThatThrownBy(
            () -> Dissimilarities.euclidean(Matrix.of(20_001, 1, new float[20_001]), workers))
        .hasMessageContaining("at most 20000 observations, got 20001");
  }
}
