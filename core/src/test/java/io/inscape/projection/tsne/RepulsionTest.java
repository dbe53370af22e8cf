package io.inscape.projection.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepulsionTest {
  private static final int COUNT = 1000;

  private final Workers workers = Workers.of(2);

  private record Sums(double z, float[][] push) {}

  private static float[][] points(int dimensions, double extent) {
    RandomGenerator random = Rng.of(7, "points");
    float[][] position = new float[dimensions][Divergence.padded(COUNT)];
    for (int i = 0; i < COUNT; i++) {
      for (float[] axis : position) {
        double cluster = Math.floorMod(i * 7919 + axis.length, 11) / 11.0 - .5;
        axis[i] = (float) (extent * (.8 * cluster * (i % 3) + .03 * random.nextGaussian()));
      }
    }
    return position;
  }

  private static Sums sums(Repulsion repulsion, float[][] position) {
    float[][] push = new float[position.length][Divergence.padded(COUNT)];
    double z = repulsion.compute(position, Extent.of(position, COUNT), push);
    return new Sums(z, push);
  }

  private static void assertClose(Sums found, Sums exact, double tolerance) {
    double error = 0;
    double size = 0;
    for (int dim = 0; dim < exact.push.length; dim++) {
      for (int i = 0; i < COUNT; i++) {
        double difference = (double) found.push[dim][i] - exact.push[dim][i];
        error += difference * difference;
        size += (double) exact.push[dim][i] * exact.push[dim][i];
      }
    }
    assertThat(Math.sqrt(error / size)).isLessThan(tolerance);
    assertThat(found.z / exact.z).isCloseTo(1, within(tolerance));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, .01, 1, 1.99, 2.5, 7.9, 10, 25, 40, 60})
  void theGridAgreesWithAllPairs(double extent) {
    float[][] position = points(2, extent);
    for (double freedom : new double[] {1, .5, 4}) {
      Sums exact =
          sums(new ExactRepulsion(COUNT, 2, new Similarity(freedom, false), workers), position);
      assertClose(sums(new GridRepulsion(COUNT, freedom, workers), position), exact, 1e-2);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1, 10, 150})
  void theTreeAgreesWithAllPairs(double extent) {
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      float[][] position = points(dimensions, extent);
      for (double freedom : new double[] {1, .5}) {
        Similarity similarity = new Similarity(freedom, false);
        Sums exact = sums(new ExactRepulsion(COUNT, dimensions, similarity, workers), position);
        Sums half = sums(new TreeRepulsion(COUNT, dimensions, .5, similarity, workers), position);
        assertClose(half, exact, 1e-2);
        Sums zero = sums(new TreeRepulsion(COUNT, dimensions, 0, similarity, workers), position);
        assertClose(zero, exact, 1e-5);
      }
    }
  }

  @Test
  void pointsInOnePlaceDoNotPush() {
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      float[][] position = new float[dimensions][Divergence.padded(COUNT)];
      Similarity similarity = new Similarity(1, false);
      Sums tree = sums(new TreeRepulsion(COUNT, dimensions, .5, similarity, workers), position);
      assertThat(tree.z).isCloseTo(COUNT * (COUNT - 1.0), within(1e-3));
      assertThat(tree.push[0][3]).isZero();
    }
    float[][] position = new float[2][Divergence.padded(COUNT)];
    Sums grid = sums(new GridRepulsion(COUNT, 1, workers), position);
    assertThat(grid.z).isCloseTo(COUNT * (COUNT - 1.0), within(1e-3));
    assertThat(grid.push[0][3]).isCloseTo(0, within(1e-3f));
  }

  @Test
  void everyWayGivesTheSameBitsOnAnyNumberOfThreads() {
    float[][] position = points(2, 60);
    for (int kind = 0; kind < 3; kind++) {
      Sums first = null;
      for (int threads : new int[] {1, 2, 4}) {
        try (Workers some = Workers.of(threads)) {
          Sums sums = sums(repulsion(kind, some), position);
          first = first == null ? sums : first;
          assertThat(sums.z).isEqualTo(first.z);
          assertThat(sums.push).isDeepEqualTo(first.push);
        }
      }
    }
  }

  private static Repulsion repulsion(int kind, Workers some) {
    Similarity similarity = new Similarity(1, false);
    return switch (kind) {
      case 0 -> new ExactRepulsion(COUNT, 2, similarity, some);
      case 1 -> new TreeRepulsion(COUNT, 2, .5, similarity, some);
      default -> new GridRepulsion(COUNT, 1, some);
    };
  }

  @Test
  void theGridFollowsTheMap() {
    GridRepulsion grid = new GridRepulsion(COUNT, 1, workers);
    for (double extent : new double[] {1e-4, 3, 40, 45, 100, 20}) {
      float[][] position = points(2, extent);
      Sums fresh = sums(new GridRepulsion(COUNT, 1, workers), position);
      assertClose(sums(grid, position), fresh, 5e-3);
    }
  }
}
