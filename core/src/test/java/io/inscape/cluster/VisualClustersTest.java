package io.inscape.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisualClustersTest {
  private static final Workers TWO = Workers.of(2);
  private static final ClusterParams PARAMS = ClusterParams.defaults();

  @AfterAll
  static void close() {
    TWO.close();
  }

  private interface Shape {
    double[] point(RandomGenerator random);
  }

  private static final Shape NORMAL =
      random -> new double[] {random.nextGaussian(), random.nextGaussian()};
  private static final Shape DISK =
      random -> {
        double radius = Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
      };
  private static final Shape BAR =
      random -> new double[] {8 * random.nextGaussian(), random.nextGaussian()};
  private static final Shape CRESCENT =
      random -> {
        double angle = Math.PI * random.nextDouble();
        return new double[] {
          Math.cos(angle) + .08 * random.nextGaussian(),
          Math.sin(angle) + .08 * random.nextGaussian()
        };
      };
  private static final Shape SKEWED =
      random ->
          new double[] {Math.exp(.7 * random.nextGaussian()), Math.exp(.7 * random.nextGaussian())};

  private static float[] cloud(Shape shape, int count, double x, RandomGenerator random) {
    float[] values = new float[2 * count];
    for (int point = 0; point < count; point++) {
      double[] at = shape.point(random);
      values[2 * point] = (float) (at[0] + x);
      values[2 * point + 1] = (float) at[1];
    }
    return values;
  }

  private static Matrix matrix(float[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return Matrix.of(length / 2, 2, all);
  }

  private static VisualClusters find(Matrix layout) {
    return VisualClusters.find(layout, PARAMS, TWO);
  }

  @Test
  void aSquareLatticeIsOneClusterAndTwoOfThemAreTwo() {
    float[] left = new float[50];
    float[] right = new float[50];
    for (int i = 0; i < 25; i++) {
      left[2 * i] = i % 5;
      left[2 * i + 1] = (float) (i / 5);
      right[2 * i] = i % 5 + 14; // the gap is 10
      right[2 * i + 1] = (float) (i / 5);
    }
    assertThat(find(matrix(left)).count()).isOne();
    VisualClusters two = find(matrix(right, left));
    assertThat(two.count()).isEqualTo(2);
    assertThat(two.sizes()).containsExactly(25, 25);
    assertThat(two.cluster()[0]).isOne(); // of two of one size the left one is the first
    assertThat(two.cluster()[25]).isZero();
    // the fourth nearest is at 1 inside, at sqrt 2 on an edge and at 2 in a corner: 9, 12 and 4 of
    // 25, so the median is sqrt 2
    assertThat(two.separation()).isCloseTo(10 / Math.sqrt(2), within(1e-6));
    assertThat(two.silhouette()).isGreaterThan(.7);
  }

  @Test
  void threeGroupsAreThreeAndAFewPointsAreNone() {
    RandomGenerator random = Rng.of(1, "test");
    float[] one = cloud(NORMAL, 100, 0, random);
    float[] two = cloud(NORMAL, 80, 20, random);
    float[] three = cloud(NORMAL, 60, 40, random);
    float[] stray = cloud(NORMAL, 10, 70, random);
    VisualClusters found = find(matrix(one, two, three, stray));
    assertThat(found.count()).isEqualTo(3);
    assertThat(found.sizes()).containsExactly(100, 80, 60);
    assertThat(Arrays.copyOfRange(found.cluster(), 240, 250)).containsOnly(-1);
    VisualClusters alone = find(matrix(one, stray));
    assertThat(alone.count()).isOne();
    assertThat(Arrays.copyOfRange(alone.cluster(), 100, 110)).containsOnly(-1);
    assertThat(find(matrix(one, stray)).silhouette()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 200, 600})
  void oneBlobOfAnyShapeIsOneCluster(int count) {
    int split = 0;
    for (Shape shape : new Shape[] {NORMAL, DISK, BAR, CRESCENT, SKEWED}) {
      for (int seed = 0; seed < 20; seed++) {
        split += find(matrix(cloud(shape, count, 0, Rng.of(seed, "blob")))).count() - 1;
      }
    }
    assertThat(split).as("of 100 blobs of %d points", count).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 200, 600})
  void twoBlobsApartAreTwoWhateverTheirSizesAndDensities(int count) {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = Rng.of(seed, "two");
      float[] one = cloud(NORMAL, count / 2, 0, random);
      float[] other = cloud(DISK, count / 4, 9, random);
      assertThat(find(matrix(one, other)).count()).as("seed %d", seed).isEqualTo(2);
      float[] touching = cloud(NORMAL, count / 2, 2, random);
      assertThat(find(matrix(one, touching)).count()).as("seed %d", seed).isOne();
    }
  }

  @Test
  void aThinBridgeDoesNotJoin() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = Rng.of(seed, "bridge");
      float[] bridge = new float[20];
      for (int i = 0; i < 10; i++) {
        bridge[2 * i] = 3 + i;
      }
      VisualClusters found =
          find(matrix(cloud(NORMAL, 100, 0, random), cloud(NORMAL, 100, 15, random), bridge));
      assertThat(found.count()).as("seed %d", seed).isEqualTo(2);
    }
  }

  @Test
  void orderTurningMovingAndScalingChangeNothing() {
    for (int seed = 0; seed < 10; seed++) {
      RandomGenerator random = Rng.of(seed, "moved");
      Matrix layout = matrix(cloud(NORMAL, 90, 0, random), cloud(BAR, 60, 45, random));
      VisualClusters found = find(layout);
      int count = layout.rows();
      double angle = .3 + seed;
      float[] turned = new float[2 * count];
      int[] from = new int[count];
      for (int at = 0; at < count; at++) {
        from[at] = (7 * at + seed) % count; // 7 and 150 have no common divisor
        double x = layout.get(from[at], 0);
        double y = layout.get(from[at], 1);
        turned[2 * at] = (float) (3 * (x * Math.cos(angle) - y * Math.sin(angle)) + 20);
        turned[2 * at + 1] = (float) (3 * (x * Math.sin(angle) + y * Math.cos(angle)));
      }
      VisualClusters again = find(Matrix.of(count, 2, turned));
      assertThat(again.count()).isEqualTo(found.count());
      assertThat(again.sizes()).isEqualTo(found.sizes());
      assertThat(again.separation()).isCloseTo(found.separation(), within(1e-4));
      for (int at = 0; at < count; at++) {
        assertThat(again.cluster()[at]).isEqualTo(found.cluster()[from[at]]);
      }
    }
  }

  @Test
  void pointsThatComeTwiceChangeNothing() {
    for (int seed = 0; seed < 10; seed++) {
      RandomGenerator random = Rng.of(seed, "twice");
      float[] one = cloud(NORMAL, 120, 0, random);
      float[] other = cloud(NORMAL, 80, 9, random);
      assertThat(find(matrix(one, one)).count()).isOne();
      assertThat(find(matrix(one, other, one, other)).sizes()).containsExactly(240, 160);
    }
    float[] same = new float[60];
    assertThat(find(matrix(same)).count()).isOne();
    float[] elsewhere = new float[60];
    Arrays.fill(elsewhere, 1);
    assertThat(find(matrix(same, elsewhere)).sizes()).containsExactly(30, 30);
  }

  @Test
  void ofManyPointsSomeAreComparedAndTheOthersFollow() {
    RandomGenerator random = Rng.of(3, "many");
    Matrix layout = matrix(cloud(NORMAL, 900, 0, random), cloud(NORMAL, 600, 12, random));
    VisualClusters all = find(layout);
    VisualClusters some = VisualClusters.find(layout, PARAMS.withMost(200), TWO);
    assertThat(some.count()).isEqualTo(all.count()).isEqualTo(2);
    assertThat(some.sizes()[0]).isCloseTo(900, within(15));
    try (Workers one = Workers.of(1)) {
      VisualClusters again = VisualClusters.find(layout, PARAMS.withMost(200), one);
      assertThat(again.cluster()).isEqualTo(some.cluster());
      assertThat(again.separation()).isEqualTo(some.separation());
    }
  }

  @Test
  void fewPointsAndOptionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> find(Matrix.of(19, 2, new float[38])))
        .hasMessage("clusters need at least 20 points, got 19");
    assertThatThrownBy(() -> PARAMS.withShare(.6)).hasMessageContaining("share");
    assertThatThrownBy(() -> PARAMS.withGap(.5)).hasMessageContaining("gap");
    assertThatThrownBy(() -> PARAMS.withMost(5)).hasMessageContaining("most");
    assertThat(PARAMS.withSeed(3).seed()).isEqualTo(3);
  }
}
