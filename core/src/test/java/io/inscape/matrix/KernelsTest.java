package io.inscape.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelsTest {
  private final RandomGenerator random = Rng.of(3, "kernels");

  @Test
  void runOnVectorsInTheTests() {
    assertThat(Kernels.vectorized()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 15, 16, 17, 31, 33, 64, 100, 257})
  void twinsGiveTheSameProducts(int depth) {
    for (int rows : new int[] {1, 5, 6, 7, 13}) {
      float[] a = floats((rows + 1) * depth);
      float[] panel = floats(depth * Kernels.PANEL);
      float[] fast = new float[rows * 70 + 64];
      float[] plain = fast.clone();
      VectorKernels.products(a, 1, rows, depth, panel, fast, 3, 70);
      PlainKernels.products(a, 1, rows, depth, panel, plain, 3, 70);
      assertThat(fast).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, 257, 784})
  void twinsGiveTheSameSquaredDistance(int length) {
    float[] a = floats(length + 2);
    float[] b = floats(length + 5);
    double fast = VectorKernels.squaredDistance(a, 2, b, 5, length);
    assertThat(fast).isEqualTo(PlainKernels.squaredDistance(a, 2, b, 5, length));
    assertThat(VectorKernels.squaredDistance(b, 5, a, 2, length)).isEqualTo(fast);
    double expected = 0;
    for (int k = 0; k < length; k++) {
      expected += Math.pow((double) a[2 + k] - b[5 + k], 2);
    }
    assertThat(fast).isCloseTo(expected, within(1e-12 * (1 + expected)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 15, 16, 17, 65})
  void twinsMultiplyAlike(int depth) {
    for (int rows : new int[] {1, 3, 4, 5, 9}) {
      float[] x = floats(rows * depth);
      double[] v = doubles(depth * Kernels.BLOCK);
      double[] fast = doubles(rows * Kernels.BLOCK);
      double[] plain = fast.clone();
      VectorKernels.multiply(x, 0, rows, depth, v, fast);
      PlainKernels.multiply(x, 0, rows, depth, v, plain);
      assertThat(fast).isEqualTo(plain);
      double[] sums = doubles(depth * Kernels.BLOCK);
      double[] plainSums = sums.clone();
      VectorKernels.multiplyTransposed(x, 0, rows, depth, fast, sums);
      PlainKernels.multiplyTransposed(x, 0, rows, depth, plain, plainSums);
      assertThat(sums).isEqualTo(plainSums);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 15, 16, 17, 33, 255, 256, 257, 1021})
  void twinsRepelAlike(int count) {
    for (int dimensions = 2; dimensions <= 3; dimensions++) {
      int padded = Math.ceilDiv(count, Kernels.LANES) * Kernels.LANES;
      float[][] position = new float[dimensions][];
      for (int dim = 0; dim < dimensions; dim++) {
        position[dim] = floats(padded);
        position[dim][0] = 3e5f; // far enough that the product of four overflows without a limit
      }
      double[][] fast = new double[dimensions][padded];
      double[][] plain = new double[dimensions][padded];
      double[] fastWeight = new double[padded];
      double[] plainWeight = new double[padded];
      VectorKernels.repulsion(position, count, 0, padded, fast, fastWeight);
      PlainKernels.repulsion(position, count, 0, padded, plain, plainWeight);
      assertThat(fastWeight).isEqualTo(plainWeight);
      assertThat(fast).isDeepEqualTo(plain);
      compareWithDouble(position, count, plain, plainWeight);
    }
  }

  private static void compareWithDouble(
      float[][] position, int count, double[][] force, double[] weight) {
    for (int i = 0; i < count; i++) {
      double weights = 0;
      double[] sum = new double[position.length];
      for (int j = 0; j < count; j++) {
        double squared = 1;
        for (float[] axis : position) {
          squared += Math.pow((double) axis[i] - axis[j], 2);
        }
        weights += 1 / squared;
        for (int dim = 0; dim < sum.length; dim++) {
          sum[dim] += (position[dim][i] - position[dim][j]) / (squared * squared);
        }
      }
      assertThat(weight[i]).isCloseTo(weights, within(1e-5 * weights));
      for (int dim = 0; dim < sum.length; dim++) {
        assertThat(force[dim][i]).isCloseTo(sum[dim], within(1e-5 * count));
      }
    }
  }

  private float[] floats(int length) {
    float[] values = new float[length];
    for (int at = 0; at < length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }

  private double[] doubles(int length) {
    return random.doubles(length, -1, 1).toArray();
  }
}
