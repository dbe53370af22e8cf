package io.inscape.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.InputStatistics;
import io.inscape.dataset.Split;
import org.junit.jupiter.api.Test;

class InvertedHalfTest {
  private static final Dataset MNIST = Datasets.open("mnist");

  private static boolean[] inverted(Split doctored, Split split) {
    int size = split.images().shape().size();
    byte[] before = new byte[size];
    byte[] after = new byte[size];
    boolean[] inverted = new boolean[split.count()];
    for (int observation = 0; observation < split.count(); observation++) {
      split.images().copy(observation, before, 0);
      doctored.images().copy(observation, after, 0);
      inverted[observation] = after[0] != before[0];
      for (int i = 0; i < size; i++) {
        int expected = before[i] & 0xff;
        assertThat(after[i] & 0xff).isEqualTo(inverted[observation] ? 255 - expected : expected);
      }
    }
    return inverted;
  }

  @Test
  void halfOfEachClassIsItsNegativeAndNothingElseChanges() {
    Dataset doctored = Datasets.open("mnist:inverted-half");
    assertThat(doctored.name()).isEqualTo("mnist:inverted-half");
    assertThat(doctored.classNames()).isEqualTo(MNIST.classNames());
    assertThat(doctored.test().labels()).isEqualTo(MNIST.test().labels());
    assertThat(doctored.train().labels()).isEqualTo(MNIST.train().labels());
    assertThat(doctored.digest()).isNotEqualTo(MNIST.digest()).hasSize(64);
    boolean[] inverted = inverted(doctored.test(), MNIST.test());
    int[] members = new int[10];
    int[] negatives = new int[10];
    for (int observation = 0; observation < inverted.length; observation++) {
      members[MNIST.test().label(observation)]++;
      negatives[MNIST.test().label(observation)] += inverted[observation] ? 1 : 0;
    }
    for (int label = 0; label < 10; label++) {
      assertThat(negatives[label]).isEqualTo(members[label] / 2);
    }
    float[] polarity =
        InputStatistics.compute(
            doctored.test().images(), "polarity", new int[] {0, 1, 2, 3, 4, 5, 6, 7});
    for (int i = 0; i < polarity.length; i++) {
      assertThat(polarity[i]).isEqualTo(inverted[i] ? 1 : -1);
    }
  }

  @Test
  void theSourceOpensTheSameAgainAndASeedAnotherHalf() {
    Dataset zero = Datasets.open("mnist:inverted-half(0)");
    Dataset three = Datasets.open("mnist:inverted-half(3)");
    assertThat(zero.digest()).isEqualTo(Datasets.open(zero.source()).digest());
    assertThat(Datasets.open("mnist:inverted-half").digest()).isEqualTo(zero.digest());
    assertThat(three.source()).isEqualTo("mnist:inverted-half(3)");
    assertThat(Datasets.open(three.source()).digest()).isEqualTo(three.digest());
    assertThat(three.digest()).isNotEqualTo(zero.digest());
    assertThatThrownBy(() -> Datasets.open("nothing:inverted-half"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing");
  }
}
