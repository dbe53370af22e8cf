package io.inscape.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.neighbors.ExactNeighbors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TsneGradientTest {
  private final Workers workers = Workers.of(2);

  @Test
  void agreesWithTheWorkedTenPoints() {
    Affinities affinities =
        Affinities.of(ExactNeighbors.find(TestData.tenPoints(), 9, workers), 3, workers);
    // The reference bisects to the end, we to 1e-5 nats.
    assertThat(affinities.precision()[0]).isCloseTo(15.359289, within(2e-3));
    assertThat(affinities.precision()[1]).isCloseTo(9.867418, within(2e-3));
    assertThat(affinities.precision()[2]).isCloseTo(6.088036, within(2e-3));
    assertThat(p(affinities, 0, 1)).isCloseTo(.00454379, within(2e-6));
    assertThat(p(affinities, 0, 2)).isCloseTo(.00229244, within(2e-6));
    float[][] position = axes(TestData.tenPositions());
    TsneGradient gradients = new TsneGradient(affinities, 2, workers);
    assertThat(gradients.energy(position)).isCloseTo(.88663103, within(2e-5));
    double[][] gradient = new double[2][16];
    gradients.compute(position, 1, gradient);
    assertThat(4 * gradient[0][0]).isCloseTo(-.04129788, within(2e-6));
    assertThat(4 * gradient[1][0]).isCloseTo(.02597297, within(2e-6));
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
  void affinitiesAreSymmetricAndSumToOne() {
    Matrix data = TestData.clusters(90, 6, 3, 2, 4);
    Affinities affinities = Affinities.of(ExactNeighbors.find(data, 15, workers), 5, workers);
    double sum = 0;
    for (int i = 0; i < 90; i++) {
      for (int at = affinities.rowStart()[i]; at < affinities.rowStart()[i + 1]; at++) {
        int j = affinities.index()[at];
        assertThat(j).isNotEqualTo(i);
        assertThat((float) p(affinities, j, i)).isEqualTo(affinities.value()[at]);
        sum += affinities.value()[at];
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void isTheSlopeOfTheEnergy() {
    Matrix data = TestData.clusters(40, 6, 3, 2, 4);
    Affinities affinities = Affinities.of(ExactNeighbors.find(data, 15, workers), 5, workers);
    RandomGenerator random = Rng.of(1, "layout");
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      float[][] position = new float[dimensions][48];
      for (float[] axis : position) {
        for (int i = 0; i < 40; i++) {
          axis[i] = (float) (2 * random.nextGaussian());
        }
      }
      TsneGradient gradients = new TsneGradient(affinities, dimensions, workers);
      double[][] gradient = new double[dimensions][48];
      gradients.compute(position, 1, gradient);
      for (int dim = 0; dim < dimensions; dim++) {
        for (int i = 0; i < 40; i++) {
          float middle = position[dim][i];
          position[dim][i] = middle + 0.01f;
          double up = gradients.energy(position);
          double step = position[dim][i];
          position[dim][i] = middle - 0.01f;
          double slope = (up - gradients.energy(position)) / (step - position[dim][i]);
          position[dim][i] = middle;
          assertThat(4 * gradient[dim][i]).isCloseTo(slope, within(2e-5));
        }
      }
    }
  }

  @Test
  void equalObservationsHaveEqualAffinities() {
    Matrix data = Matrix.of(12, 1, new float[12]);
    Affinities affinities = Affinities.of(ExactNeighbors.find(data, 9, workers), 3, workers);
    for (float value : affinities.value()) {
      assertThat(value).isIn((float) (1 / (9 * 24.0)), (float) (2 / (9 * 24.0)));
    }
  }

  private static float[][] axes(Matrix positions) {
    float[][] axes = new float[positions.cols()][TsneGradient.padded(positions.rows())];
    for (int i = 0; i < positions.rows(); i++) {
      for (int dim = 0; dim < positions.cols(); dim++) {
        axes[dim][i] = positions.get(i, dim);
      }
    }
    return axes;
  }
}
