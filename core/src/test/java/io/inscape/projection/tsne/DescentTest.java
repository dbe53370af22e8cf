package io.inscape.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DescentTest {
  private final Workers workers = Workers.of(2);

  /// Ten observations without ties: fractional parts of i times the roots of 2, 3, 5 and 7.
  private static Matrix tenPoints() {
    float[] values = new float[40];
    for (int i = 1; i <= 10; i++) {
      int col = 0;
      for (int prime : new int[] {2, 3, 5, 7}) {
        values[(i - 1) * 4 + col++] = (float) fraction(i * Math.sqrt(prime));
      }
    }
    return Matrix.of(10, 4, values);
  }

  private static float[] tenPositions() {
    float[] values = new float[20];
    for (int i = 1; i <= 10; i++) {
      values[i * 2 - 2] = (float) (fraction(i * Math.sqrt(2)) + .3 * fraction(i * Math.sqrt(11)));
      values[i * 2 - 1] = (float) (fraction(i * Math.sqrt(3)) + .3 * fraction(i * Math.sqrt(13)));
    }
    return values;
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }

  private static DescentSettings settings(RepulsionMethod method, double theta, double freedom) {
    return new DescentSettings(1, 0, 0, 0, 1, new ForceSettings(method, theta, freedom));
  }

  @Test
  void agreesWithTheWorkedTenPoints() {
    Affinities affinities = Affinities.of(ExactNeighbors.find(tenPoints(), 9, workers), 3, workers);
    // The reference bisects to the end, we to 1e-5 nats.
    assertThat(affinities.precision()[0]).isCloseTo(15.359289, within(2e-3));
    assertThat(affinities.precision()[1]).isCloseTo(9.867418, within(2e-3));
    assertThat(affinities.precision()[2]).isCloseTo(6.088036, within(2e-3));
    assertThat(p(affinities, 0, 1)).isCloseTo(.00454379, within(2e-6));
    assertThat(p(affinities, 0, 2)).isCloseTo(.00229244, within(2e-6));
    Descent descent =
        new Descent(affinities, tenPositions(), settings(RepulsionMethod.EXACT, 0, 1), workers);
    assertThat(descent.energy()).isCloseTo(.88663103, within(2e-5));
    double[] gradient = descent.gradient();
    assertThat(4 * gradient[0]).isCloseTo(-.04129788, within(2e-6));
    assertThat(4 * gradient[1]).isCloseTo(.02597297, within(2e-6));
  }

  private static double p(Affinities affinities, int i, int j) {
    for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
      if (affinities.index()[at] == j) {
        return affinities.value()[at];
      }
    }
    return 0;
  }

  @Test
  void affinitiesAreSymmetricAndSumToOneInAnyOrder() {
    Matrix data = clusters(90);
    Affinities affinities = Affinities.of(ExactNeighbors.find(data, 15, workers), 5, workers);
    int[] order = new int[90];
    for (int i = 0; i < 90; i++) {
      order[i] = i * 7 % 90;
    }
    Affinities ordered = affinities.ordered(order, workers);
    double sum = 0;
    for (int i = 0; i < 90; i++) {
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        int j = affinities.index()[at];
        assertThat(j == i).isEqualTo(affinities.value()[at] == 0); // only to fill up
        assertThat((float) p(affinities, j, i)).isEqualTo(affinities.value()[at]);
        sum += affinities.value()[at];
      }
      for (int j = 0; j < 90; j++) {
        assertThat(p(ordered, i, j)).isEqualTo(p(affinities, order[i], order[j]));
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  private static Matrix clusters(int rows) {
    RandomGenerator random = Rng.of(4, "clusters");
    float[] values = new float[rows * 6];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (at / 6 % 3 * 2 + random.nextGaussian());
    }
    return Matrix.of(rows, 6, values);
  }

  @Test
  void equalObservationsHaveEqualAffinities() {
    Matrix data = Matrix.of(12, 1, new float[12]);
    Affinities affinities = Affinities.of(ExactNeighbors.find(data, 9, workers), 3, workers);
    for (float value : affinities.value()) {
      assertThat(value).isIn(0f, (float) (1 / (9 * 24.0)), (float) (2 / (9 * 24.0)));
    }
  }

  @Test
  void theGradientIsTheSlopeOfTheEnergyForAnyKernel() {
    Affinities affinities =
        Affinities.of(ExactNeighbors.find(clusters(40), 15, workers), 5, workers);
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      for (double freedom : new double[] {1, .5, 3}) {
        for (RepulsionMethod method :
            new RepulsionMethod[] {RepulsionMethod.EXACT, RepulsionMethod.BARNES_HUT}) {
          assertSlope(affinities, dimensions, settings(method, 0, freedom));
        }
      }
    }
  }

  private void assertSlope(Affinities affinities, int dimensions, DescentSettings settings) {
    RandomGenerator random = Rng.of(1, "layout");
    float[] start = new float[40 * dimensions];
    for (int at = 0; at < start.length; at++) {
      start[at] = (float) (2 * random.nextGaussian());
    }
    double[] gradient = new Descent(affinities, start, settings, workers).gradient();
    for (int at = 0; at < 20; at++) {
      float middle = start[at];
      start[at] = middle + 0.01f;
      double up = new Descent(affinities, start, settings, workers).energy();
      double step = start[at];
      start[at] = middle - 0.01f;
      double slope = up - new Descent(affinities, start, settings, workers).energy();
      slope /= step - start[at];
      start[at] = middle;
      assertThat(4 * gradient[at]).isCloseTo(slope, within(2e-5));
    }
  }

  @Test
  void thePrecisionIsFoundForHardRows() {
    double[] weight = new double[6];
    for (double[] excess :
        new double[][] {
          {0, 1e-30, 1e-30, 2e-30, 3e-30, 9e-30},
          {0, 1, 1e6, 1e12, 1e18, 1e24},
          {0, 0, 0, 0, 0, 1e-300},
          {0, 1e30, 2e30, 3e30, 4e30, 5e30}
        }) {
      double beta = Affinities.findPrecision(excess, Math.log(2), weight);
      assertThat(beta).isFinite().isPositive();
      double sum = 0;
      for (double one : weight) {
        sum += one;
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }
}
