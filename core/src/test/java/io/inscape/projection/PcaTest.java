package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.SymmetricEigen;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PcaTest {
  private final Workers workers = Workers.of(2);

  @Test
  void findsTheLongDirectionOfAHandMadeCloud() {
    // Along (3, 4) / 5 at -10, 0, 10 and across it at -1, 1 around the middle.
    float[] values = {-6, -8, 6, 8, 0.8f, -0.6f, -0.8f, 0.6f};
    Pca pca = Pca.of(Matrix.of(4, 2, values), 2, 0, workers);
    assertThat(pca.loadings()[0]).containsExactly(new double[] {.6, .8}, within(1e-6));
    assertThat(pca.loadings()[1]).containsExactly(new double[] {.8, -.6}, within(1e-6));
    assertThat(pca.variance()[0]).isCloseTo(200 / 3.0, within(1e-4));
    assertThat(pca.scores().get(1, 0)).isCloseTo(10, within(1e-5f));
    assertThat(pca.scores().get(2, 1)).isCloseTo(1, within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource({"40,5", "12,30", "60,120", "300,150", "9,8"})
  void agreesWithTheWholeCovarianceMatrix(int rows, int cols) {
    Matrix data = TestData.clusters(rows, cols, 3, 2, 5);
    Pca pca = Pca.of(data, 3, 1, workers);
    SymmetricEigen eigen = SymmetricEigen.of(covariance(data));
    for (int component = 0; component < 3; component++) {
      assertThat(pca.variance()[component])
          .isCloseTo(eigen.values()[component], within(1e-5 * eigen.values()[0]));
      double overlap = 0;
      for (int col = 0; col < cols; col++) {
        overlap += pca.loadings()[component][col] * eigen.vectors()[component][col];
      }
      assertThat(Math.abs(overlap)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void findsAllVectorsOfARepeatedEigenvalueThroughRestarts() {
    // A noise spectrum without a gap takes many blocks; variances may not depend on the start.
    Matrix noise = TestData.clusters(400, 300, 1, 0, 2);
    Pca one = Pca.of(noise, 3, 1, workers);
    Pca other = Pca.of(noise, 3, 2, workers);
    assertThat(one.scores().toArray()).containsExactly(other.scores().toArray(), within(1e-4f));
    float[] cross = {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1};
    Pca round = Pca.of(Matrix.of(6, 3, cross), 3, 0, workers);
    assertThat(round.variance()).containsExactly(new double[] {.4, .4, .4}, within(1e-7));
  }

  private static double[][] covariance(Matrix data) {
    int cols = data.cols();
    double[] mean = new double[cols];
    for (int row = 0; row < data.rows(); row++) {
      for (int col = 0; col < cols; col++) {
        mean[col] += data.get(row, col) / (double) data.rows();
      }
    }
    double[][] sums = new double[cols][cols];
    for (int row = 0; row < data.rows(); row++) {
      for (int a = 0; a < cols; a++) {
        for (int b = 0; b < cols; b++) {
          sums[a][b] +=
              (data.get(row, a) - mean[a]) * (data.get(row, b) - mean[b]) / (data.rows() - 1);
        }
      }
    }
    return sums;
  }

  @Test
  void permutedRowsGivePermutedScores() {
    Matrix data = TestData.clusters(50, 20, 4, 3, 1);
    int[] order = new int[50];
    Arrays.setAll(order, row -> (row * 7 + 3) % 50);
    Matrix straight = Pca.of(data, 2, 0, workers).scores().selectRows(order);
    Matrix permuted = Pca.of(data.selectRows(order), 2, 0, workers).scores();
    assertThat(permuted.toArray()).containsExactly(straight.toArray(), within(1e-4f));
  }

  @Test
  void hasZerosBeyondTheRankOfTheData() {
    Matrix line = Matrix.of(4, 1, new float[] {0, 1, 2, 3});
    Pca pca = Pca.of(line, 2, 0, workers);
    assertThat(pca.scores().toArray()).containsExactly(-1.5f, 0, -.5f, 0, .5f, 0, 1.5f, 0);
    float[] constant = new float[30];
    Arrays.fill(constant, .1f);
    assertThat(Pca.of(Matrix.of(10, 3, constant), 2, 0, workers).scores().toArray())
        .containsOnly(0f);
    assertThat(Pca.of(Matrix.of(1, 3, new float[] {1, 2, 3}), 3, 0, workers).scores().toArray())
        .containsOnly(0f);
  }

  @Test
  void takesValuesNearTheLimitsOfFloat() {
    Matrix huge = Matrix.of(3, 2, new float[] {1e38f, 0, -1e38f, 0, 0, 1e37f});
    assertThat(Pca.of(huge, 2, 0, workers).scores().get(0, 0)).isCloseTo(1e38f, within(1e37f));
    Matrix tiny = Matrix.of(3, 2, new float[] {1e-38f, 0, -1e-38f, 0, 0, 1e-39f});
    assertThat(Pca.of(tiny, 2, 0, workers).scores().get(0, 0)).isCloseTo(1e-38f, within(1e-39f));
  }
}
