package io.inscape.evolution.vff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LocalMapTest {
  private static final int SAMPLE = 60;
  private static final int OTHERS = 40;

  private final Workers workers = Workers.of(2);
  private final int[] sample = IntStream.range(0, SAMPLE).toArray();
  private final int[] others = IntStream.range(SAMPLE, SAMPLE + OTHERS).toArray();

  @Test
  void anExactRigidMapIsReproduced() {
    Matrix data = noise(2, 1);
    for (int mirror = -1; mirror <= 1; mirror += 2) {
      float[] rigid = rigid(data, mirror);
      float[] placed = placed(data, rigid);
      for (int at = 0; at < placed.length; at++) {
        assertThat(placed[at]).isCloseTo(rigid[2 * SAMPLE + at], within(2e-6f));
      }
    }
  }

  /// All rows turned by .7, moved, and in the unit in which the sample's largest distance is 1.
  private float[] rigid(Matrix data, int mirror) {
    Dissimilarities table = Dissimilarities.euclidean(data.selectRows(sample), workers);
    double unit = table.largestKept() * table.scale();
    float[] layout = new float[2 * data.rows()];
    for (int row = 0; row < data.rows(); row++) {
      double x = data.get(row, 0) / unit;
      double y = mirror * data.get(row, 1) / unit;
      layout[2 * row] = (float) (Math.cos(.7) * x - Math.sin(.7) * y + .3);
      layout[2 * row + 1] = (float) (Math.sin(.7) * x + Math.cos(.7) * y - .2);
    }
    return layout;
  }

  @Test
  void anObservationOfTheSampleIsPutWhereItIs() {
    float[] values = noise(6, 2).toArray();
    System.arraycopy(values, 0, values, SAMPLE * 6, OTHERS * 6); // the others repeat the sample
    float[] layout = noise(2, 3).toArray();
    float[] placed = placed(Matrix.of(SAMPLE + OTHERS, 6, values), layout);
    for (int at = 0; at < placed.length; at++) {
      assertThat(placed[at]).isEqualTo(layout[at]);
    }
  }

  @Test
  void equalObservationsOfTheSampleShareTheirMean() {
    float[] values = noise(6, 2).toArray();
    System.arraycopy(values, 0, values, 6, 6); // rows 0, 1 and 60 are the same
    System.arraycopy(values, 0, values, SAMPLE * 6, 6);
    float[] layout = noise(2, 3).toArray();
    float[] placed = placed(Matrix.of(SAMPLE + OTHERS, 6, values), layout);
    assertThat(placed[0]).isCloseTo((layout[0] + layout[2]) / 2, within(1e-7f));
    assertThat(placed[1]).isCloseTo((layout[1] + layout[3]) / 2, within(1e-7f));
  }

  @Test
  void placementsAreThoseOfTheSlowOracle() {
    Matrix data = noise(6, 4);
    float[] layout = noise(2, 5).toArray();
    float[] placed = placed(data, layout);
    Dissimilarities table = Dissimilarities.euclidean(data.selectRows(sample), workers);
    double unit = table.largestKept() * table.scale();
    for (int other = 0; other < OTHERS; other++) {
      double[] expected = slow(data, layout, SAMPLE + other, unit);
      assertThat((double) placed[2 * other]).isCloseTo(expected[0], within(1e-5));
      assertThat((double) placed[2 * other + 1]).isCloseTo(expected[1], within(1e-5));
    }
  }

  /// LAMP from the coordinates: C = A'B, M = C (C'C)^(-1/2) by Newton's iteration for the polar
  /// factor.
  private double[] slow(Matrix data, float[] layout, int row, double unit) {
    int cols = data.cols();
    Integer[] near = IntStream.range(0, SAMPLE).boxed().toArray(Integer[]::new);
    java.util.Arrays.sort(near, java.util.Comparator.comparingDouble(i -> squared(data, row, i)));
    double[] mean = new double[cols];
    double[] place = new double[2];
    double total = 0;
    for (int at = 0; at < LocalMap.NEIGHBORS; at++) {
      double weight = 1 / squared(data, row, near[at]);
      total += weight;
      for (int col = 0; col < cols; col++) {
        mean[col] += weight * data.get(near[at], col) / unit;
      }
      place[0] += weight * layout[2 * near[at]];
      place[1] += weight * layout[2 * near[at] + 1];
    }
    for (int col = 0; col < cols; col++) {
      mean[col] /= total;
    }
    place[0] /= total;
    place[1] /= total;
    double[][] c = new double[cols][2];
    for (int at = 0; at < LocalMap.NEIGHBORS; at++) {
      double weight = 1 / squared(data, row, near[at]);
      for (int col = 0; col < cols; col++) {
        for (int dim = 0; dim < 2; dim++) {
          c[col][dim] +=
              weight
                  * (data.get(near[at], col) / unit - mean[col])
                  * (layout[2 * near[at] + dim] - place[dim]);
        }
      }
    }
    for (int round = 0; round < 60; round++) { // M <- (M + M^-T) / 2
      double xx = 0, xy = 0, yy = 0;
      for (double[] line : c) {
        xx += line[0] * line[0];
        xy += line[0] * line[1];
        yy += line[1] * line[1];
      }
      double determinant = xx * yy - xy * xy;
      for (double[] line : c) {
        double a = line[0];
        double b = line[1];
        line[0] = .5 * (a + (a * yy - b * xy) / determinant);
        line[1] = .5 * (b + (b * xx - a * xy) / determinant);
      }
    }
    for (int col = 0; col < cols; col++) {
      for (int dim = 0; dim < 2; dim++) {
        place[dim] += (data.get(row, col) / unit - mean[col]) * c[col][dim];
      }
    }
    return place;
  }

  private static double squared(Matrix data, int one, int other) {
    double sum = 0;
    for (int col = 0; col < data.cols(); col++) {
      sum += Math.pow((double) data.get(one, col) - data.get(other, col), 2);
    }
    return sum;
  }

  @Test
  void positionsOnALineStayOnIt() {
    Matrix data = noise(6, 6);
    float[] layout = new float[2 * (SAMPLE + OTHERS)];
    for (int row = 0; row < SAMPLE; row++) {
      layout[2 * row] = data.get(row, 0);
    }
    float[] placed = placed(data, layout);
    for (int other = 0; other < OTHERS; other++) {
      assertThat(placed[2 * other]).isFinite();
      assertThat(placed[2 * other + 1]).isZero();
    }
  }

  private float[] placed(Matrix data, float[] layout) {
    Dissimilarities table = Dissimilarities.euclidean(data.selectRows(sample), workers);
    LocalMap map = LocalMap.of(data, sample, others, table, workers);
    return map.place(layout, map.largest(), workers);
  }

  private static Matrix noise(int cols, long seed) {
    RandomGenerator random = Rng.of(seed, "local map");
    float[] values = new float[(SAMPLE + OTHERS) * cols];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return Matrix.of(SAMPLE + OTHERS, cols, values);
  }
}
