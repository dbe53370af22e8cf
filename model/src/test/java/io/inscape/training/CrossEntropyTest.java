package io.inscape.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private final CrossEntropy entropy = new CrossEntropy(3);

  @Test
  void ofEqualScoresIsTheLogarithmOfTheirNumber() {
    assertThat(entropy.loss(new float[] {4, 4, 4}, 0, 1)).isCloseTo(Math.log(3), within(1e-12));
  }

  @Test
  void survivesScoresFarApart() {
    float[] logits = {1000, 0, -1000};

    assertThat(entropy.loss(logits, 0, 0)).isZero();
    assertThat(entropy.loss(logits, 0, 2)).isEqualTo(2000);
  }

  @Test
  void itsGradientAgreesWithFiniteDifferences() {
    float[] logits = {0.5f, -1, 2, 0, 0.25f, -0.75f};
    int[] labels = {1, 0};
    float[] gradient = new float[6];
    entropy.lossAndGradient(logits, labels, gradient);
    for (int i = 0; i < 6; i++) {
      float[] above = logits.clone();
      above[i] += 0.0078125f; // a power of two, so that the step is exact
      float[] below = logits.clone();
      below[i] -= 0.0078125f;
      float[] unused = new float[6];
      double rise =
          entropy.lossAndGradient(above, labels, unused)
              - entropy.lossAndGradient(below, labels, unused);

      assertThat((double) gradient[i]).isCloseTo(rise / 0.015625 / 2, within(1e-4));
    }
  }

  @Test
  void theWinnerOfEqualsIsTheFirst() {
    assertThat(entropy.winner(new float[] {0, 0, 0, 1, 5, 5}, 1)).isEqualTo(1);
  }
}
