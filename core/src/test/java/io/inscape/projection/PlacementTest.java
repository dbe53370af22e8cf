package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.SquaredDistances;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.MdsPlacement;
import io.inscape.projection.mds.Weights;
import io.inscape.projection.params.MdsParams;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.SmacofParams;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlacementTest {
  private static final Matrix SQUARE = Matrix.of(5, 2, new float[] {0, 0, 4, 0, 0, 3, 4, 3, -1, 2});

  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource(Weights.class)
  void whereAllDistancesFitTheyAreKept(Weights weights) {
    Matrix added = Matrix.of(3, 2, new float[] {1, 1, 4, 3, 9, -7});
    float[] placed = MdsPlacement.majorise(SQUARE, SQUARE.toArray(), 2, weights, added, workers);
    for (int at = 0; at < 6; at++) {
      assertThat(placed[at]).isCloseTo(added.get(at / 2, at % 2), within(1e-3f));
    }
    float[] gower = MdsPlacement.gower(SQUARE, SQUARE.toArray(), 2, added, workers);
    for (int at = 0; at < 6; at++) {
      assertThat(gower[at]).isCloseTo(added.get(at / 2, at % 2), within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource(Weights.class)
  void noPositionOfAFineGridHasLessStress(Weights weights) {
    Matrix data = TestData.clusters(80, 6, 3, 2, 5);
    Matrix added = TestData.clusters(83, 6, 3, 2, 6).selectRows(new int[] {80, 81, 82});
    SmacofParams params = SmacofParams.defaults().withWeights(weights);
    Layout layout = Projections.fit(data, params, workers, Progress.none());
    Layout placed = Projections.place(data, layout, params, added, workers, Progress.none());
    for (int i = 0; i < added.rows(); i++) {
      double reached =
          stress(
              data,
              layout,
              added,
              i,
              weights,
              placed.positions().get(i, 0),
              placed.positions().get(i, 1));
      double least = Double.POSITIVE_INFINITY;
      for (double x = -12; x <= 12; x += .1) {
        for (double y = -12; y <= 12; y += .1) {
          least = Math.min(least, stress(data, layout, added, i, weights, x, y));
        }
      }
      assertThat(reached).isLessThanOrEqualTo(least);
    }
  }

  private static double stress(
      Matrix data, Layout layout, Matrix added, int i, Weights weights, double x, double y) {
    double[] distance = new double[data.rows()];
    for (int j = 0; j < distance.length; j++) {
      for (int col = 0; col < data.cols(); col++) {
        distance[j] += Math.pow((double) data.get(j, col) - added.get(i, col), 2);
      }
      distance[j] = Math.sqrt(distance[j]);
    }
    double sum = 0;
    for (int j = 0; j < distance.length; j++) {
      double apart = Math.hypot(x - layout.positions().get(j, 0), y - layout.positions().get(j, 1));
      double weight = weights == Weights.SAMMON ? 1 / distance[j] : 1;
      sum += weight * Math.pow(distance[j] - apart, 2);
    }
    return sum;
  }

  @Test
  void gowersFormulaProjectsOntoThePrincipalComponents() {
    Matrix data = TestData.clusters(120, 9, 4, 3, 2);
    Matrix added = TestData.clusters(7, 9, 4, 5, 3);
    for (int dimensions : new int[] {2, 3}) {
      Pca pca = Pca.of(data, dimensions, 0, workers);
      double[] mean = SquaredDistances.columnMeans(data);
      Layout layout = Layout.of(pca.scores());
      Layout placed =
          Projections.place(
              data,
              layout,
              PcaParams.defaults().withDimensions(dimensions),
              added,
              workers,
              Progress.none());
      for (int i = 0; i < 7; i++) {
        for (int dim = 0; dim < dimensions; dim++) {
          double expected = 0;
          for (int col = 0; col < 9; col++) {
            expected += (added.get(i, col) - mean[col]) * pca.loadings()[dim][col];
          }
          assertThat((double) placed.positions().get(i, dim)).isCloseTo(expected, within(1e-4));
        }
      }
    }
  }

  @Test
  void aLineStaysALineWhereverItLies() {
    float[] values = new float[20]; // on the line y = 2 x + 1
    for (int i = 0; i < 10; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = 2 * i + 1;
    }
    Matrix line = Matrix.of(10, 2, values);
    Matrix added = Matrix.of(1, 2, new float[] {2.5f, 6});
    float[] placed = MdsPlacement.gower(line, values, 2, added, workers);
    assertThat(placed[0]).isCloseTo(2.5f, within(1e-5f));
    assertThat(placed[1]).isCloseTo(6, within(1e-5f));
  }

  @Test
  void observationsOfTheLayoutComeBackNearThemselves() {
    Matrix data = TestData.clusters(200, 8, 4, 4, 9);
    int[] out = IntStream.range(0, 20).map(i -> i * 10).toArray();
    int[] rest = IntStream.range(0, 200).filter(i -> i % 10 != 0).toArray();
    for (var params :
        java.util.List.of(MdsParams.defaults(), SmacofParams.defaults(), PcaParams.defaults())) {
      Layout layout = Projections.fit(data, params, workers, Progress.none());
      Layout placed =
          Projections.place(
              data.selectRows(rest),
              Layout.of(layout.positions().selectRows(rest)),
              params,
              data.selectRows(out),
              workers,
              Progress.none());
      double[] off = new double[out.length];
      for (int i = 0; i < out.length; i++) {
        off[i] =
            Math.hypot(
                placed.positions().get(i, 0) - layout.positions().get(out[i], 0),
                placed.positions().get(i, 1) - layout.positions().get(out[i], 1));
      }
      Arrays.sort(off);
      assertThat(off[10]).as(params.method()).isLessThan(1); // the layouts are about 25 wide
    }
  }

  @Test
  void threadsDoNotMatter() {
    Matrix data = TestData.clusters(600, 40, 4, 3, 1);
    Matrix added = TestData.clusters(9, 40, 4, 3, 2);
    float[] layout = Pca.of(data, 2, 0, workers).scores().toArray();
    try (Workers one = Workers.of(1)) {
      assertThat(MdsPlacement.majorise(data, layout, 2, Weights.UNIFORM, added, one))
          .isEqualTo(MdsPlacement.majorise(data, layout, 2, Weights.UNIFORM, added, workers));
      assertThat(MdsPlacement.gower(data, layout, 2, added, one))
          .isEqualTo(MdsPlacement.gower(data, layout, 2, added, workers));
    }
  }
}
