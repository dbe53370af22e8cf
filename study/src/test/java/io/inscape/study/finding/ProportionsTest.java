package io.inscape.study.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ProportionsTest {
  @Test
  void wilsonsIntervalAsPublished() {
    // Newcombe 1998, table I: 81 of 263, and 0 of 20
    Proportions.Interval interval = Proportions.wilson(81, 263, Proportions.USUAL);
    assertThat(interval.low()).isCloseTo(.2553, within(5e-5));
    assertThat(interval.high()).isCloseTo(.3662, within(5e-5));
    assertThat(Proportions.wilson(0, 20, Proportions.USUAL).low()).isZero();
    assertThat(Proportions.wilson(0, 20, Proportions.USUAL).high()).isCloseTo(.1611, within(5e-5));
  }

  @Test
  void binomialTailsByHand() {
    assertThat(Proportions.atLeast(8, 10, .5)).isCloseTo(56 / 1024.0, within(1e-12));
    assertThat(Proportions.atLeast(10, 10, .5)).isCloseTo(1 / 1024.0, within(1e-12));
    assertThat(Proportions.atLeast(0, 10, .5)).isOne();
    assertThat(Proportions.atLeast(1, 3, .1)).isCloseTo(1 - .9 * .9 * .9, within(1e-12));
    assertThat(Proportions.atLeast(600, 1000, .5)).isCloseTo(1.364e-10, within(1e-13));
    assertThat(Proportions.uneven(8, 2)).isCloseTo(112 / 1024.0, within(1e-12));
    assertThat(Proportions.uneven(5, 5)).isOne();
  }

  @Test
  void mostOfSeveralEventsByHand() {
    assertThat(Proportions.most(new double[] {.5, .5, .5})).isCloseTo(.5, within(1e-12));
    // of two events more than half are both
    assertThat(Proportions.most(new double[] {.1, .2})).isCloseTo(.02, within(1e-12));
    assertThat(Proportions.most(new double[] {.1, .2, .3}))
        .isCloseTo(.1 * .2 * .7 + .1 * .8 * .3 + .9 * .2 * .3 + .1 * .2 * .3, within(1e-12));
  }

  @Test
  void theBootstrapHoldsTheDifferenceAndItsUsualWidth() {
    double[] one = new double[400];
    double[] other = new double[400];
    Arrays.setAll(one, i -> i % 2);
    Arrays.setAll(other, i -> i % 4 == 0 ? 1 : 0);
    Bootstrap.Difference difference = Bootstrap.between(one, other, 0);
    assertThat(difference.value()).isCloseTo(.25, within(1e-12));
    // sqrt(.25 / 400 + .1875 / 400) = .0331
    assertThat(difference.low()).isCloseTo(.25 - 1.96 * .0331, within(.012));
    assertThat(difference.high()).isCloseTo(.25 + 1.96 * .0331, within(.012));
    assertThat(Bootstrap.between(one, other, 0)).isEqualTo(difference);
    Bootstrap.Difference same = Bootstrap.mean(new double[] {2, 2, 2}, 0);
    assertThat(same).isEqualTo(new Bootstrap.Difference(2, 2, 2));
  }

  @Test
  void confusionsByHand() {
    // class 0: two right, one taken for 2; class 1: one taken for 2; class 2: one right, one for 0
    Matrix scores =
        Matrix.of(
            6,
            3,
            new float[] {
              .9f, 0, .1f, .8f, .1f, .1f, .1f, 0, .9f, 0, .3f, .7f, .2f, .2f, .6f, .5f, .1f, .4f
            });
    Confusions confusions = Confusions.of(new int[] {0, 0, 0, 1, 2, 2}, scores);
    assertThat(confusions.counts()).isDeepEqualTo(new int[][] {{2, 0, 1}, {0, 0, 1}, {1, 0, 1}});
    assertThat(confusions.errors()).isEqualTo(3);
    assertThat(confusions.chance()).isEqualTo(.5);
    // mistaken 1, 1, 1; guessed 1, 0, 2: products 0>2: 2, 1>0: 1, 1>2: 2, 2>0: 1, 0>1 and 2>1: 0
    assertThat(confusions.expected(0, 2)).isCloseTo(3 / 6.0, within(1e-12));
    assertThat(confusions.expected(1, 2)).isCloseTo(2 / 6.0, within(1e-12));
    assertThat(confusions.expected(0, 1)).isCloseTo(1 / 6.0, within(1e-12));
  }

  @Test
  void guessingIsNotLearning() {
    int[][] counts = new int[10][10];
    for (int label = 0; label < 10; label++) {
      Arrays.fill(counts[label], 100);
    }
    assertThat(Learning.learned(new Confusions(counts, 10_000, 9_000))).isFalse();
    for (int label = 0; label < 10; label++) {
      counts[label][label] += 60; // 16 % right: beyond chance, but a network that never trained may
      counts[label][(label + 1) % 10] -= 60;
    }
    assertThat(Learning.learned(new Confusions(counts, 10_000, 8_400))).isFalse();
    for (int label = 0; label < 10; label++) {
      counts[label][label] += 90;
      counts[label][(label + 2) % 10] -= 90;
    }
    assertThat(Learning.learned(new Confusions(counts, 10_000, 7_500))).isTrue();
    assertThat(Learning.learned(new Confusions(new int[][] {{3, 0}, {1, 2}}, 6, 1))).isFalse();
  }
}
