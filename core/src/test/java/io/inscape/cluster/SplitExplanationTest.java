package io.inscape.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SplitExplanationTest {
  private static Superiority.Effect effect(float[] values, int... group) {
    return new Superiority(values).effect(group, 2);
  }

  @Test
  void superiorityByHand() {
    // pairs (0, 1): 1<2, 1<4, 3>2, 3<4: three of four
    assertThat(effect(new float[] {1, 2, 3, 4}, 0, 1, 0, 1))
        .isEqualTo(new Superiority.Effect(.75, 0, 1));
    assertThat(effect(new float[] {4, 3, 2, 1}, 0, 1, 0, 1))
        .isEqualTo(new Superiority.Effect(.75, 1, 0));
    // one tie of two pairs: (1 + .5) / 2
    assertThat(effect(new float[] {5, 5, 7}, 0, 1, 1)).isEqualTo(new Superiority.Effect(.75, 0, 1));
    assertThat(effect(new float[] {5, 5, 5}, 0, 1, 1)).isEqualTo(new Superiority.Effect(.5, 0, 1));
    assertThat(effect(new float[] {0, -0f, 99, 1}, 0, 1, -1, 1).effect()).isEqualTo(.75);
    assertThatThrownBy(() -> effect(new float[] {1, 2}, 0, 0))
        .hasMessage("group 1 of 2 has no observation");
  }

  @Test
  void superiorityIsTheShareOfPairsAndOfSeveralGroupsThoseFurthestApart() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = Rng.of(seed, "pairs");
      float[] values = new float[60];
      int[] group = new int[60];
      for (int i = 0; i < 60; i++) {
        values[i] = random.nextInt(8);
        group[i] = i % 3;
      }
      double best = 0;
      for (int low = 0; low < 3; low++) {
        for (int high = 0; high < 3; high++) {
          double above = 0;
          for (int i = low; i < 60; i += 3) {
            for (int j = high; j < 60; j += 3) {
              above += values[i] < values[j] ? 1 : values[i] == values[j] ? .5 : 0;
            }
          }
          best = low == high ? best : Math.max(best, above / 400);
        }
      }
      assertThat(new Superiority(values).effect(group, 3).effect()).isCloseTo(best, within(1e-12));
    }
  }

  @Test
  void findsTheFigureThatExplainsAndTheSameOnAnyNumberOfThreads() {
    RandomGenerator random = Rng.of(0, "explain");
    int count = 120;
    float[] noise = new float[count];
    float[] cause = new float[count];
    int[] group = new int[count];
    for (int i = 0; i < count; i++) {
      group[i] = i % 4 == 3 ? -1 : i % 2;
      noise[i] = (float) random.nextGaussian();
      cause[i] = (float) random.nextGaussian() - 3 * group[i];
    }
    try (Workers one = Workers.of(1);
        Workers two = Workers.of(2)) {
      var found = SplitExplanation.best(List.of(noise, cause), group, 2, 0, two);
      assertThat(found.figure()).isOne();
      assertThat(found.effect().effect()).isGreaterThan(.95);
      assertThat(found.effect().high()).isZero();
      assertThat(found.p()).isEqualTo(1 / 2000.0);
      assertThat(SplitExplanation.best(List.of(noise, cause), group, 2, 0, one)).isEqualTo(found);
    }
  }

  @Test
  void chanceExplainsNothingHoweverManyFiguresAreTried() {
    int small = 0;
    try (Workers two = Workers.of(2)) {
      for (int seed = 0; seed < 40; seed++) {
        RandomGenerator random = Rng.of(seed, "chance");
        List<float[]> figures = List.of(new float[40], new float[40], new float[40], new float[40]);
        int[] group = new int[40];
        for (int i = 0; i < 40; i++) {
          group[i] = i % 2;
          for (float[] figure : figures) {
            figure[i] = (float) random.nextGaussian();
          }
        }
        small += SplitExplanation.best(figures, group, 2, seed, two).p() <= .05 ? 1 : 0;
      }
    }
    assertThat(small).isLessThanOrEqualTo(6); // 2 expected of 40; more than 6 once in 200
  }
}
