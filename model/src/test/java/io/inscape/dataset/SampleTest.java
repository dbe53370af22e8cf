package io.inscape.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SampleTest {
  @Test
  void drawsAscendingIndicesOnceEach() {
    int[] sample = Sample.draw(10_000, 2_000, 0);
    assertThat(Arrays.stream(sample).distinct().count()).isEqualTo(2_000);
    assertThat(sample).isSorted();
    assertThat(sample[0]).isNotNegative();
    assertThat(sample[1_999]).isLessThan(10_000);
    assertThat(Arrays.stream(sample).average().orElseThrow()).isBetween(4_700.0, 5_300.0);
  }

  @Test
  void sameSeedGivesTheSameSampleAndALargerOneContainsIt() {
    int[] sample = Sample.draw(500, 100, 3);
    assertThat(Sample.draw(500, 100, 3)).isEqualTo(sample);
    assertThat(Sample.draw(500, 100, 4)).isNotEqualTo(sample);
    assertThat(Sample.draw(500, 200, 3)).contains(sample);
  }

  @Test
  void drawsNoneOrAll() {
    assertThat(Sample.draw(5, 0, 1)).isEmpty();
    assertThat(Sample.draw(5, 5, 1)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sample.draw(5, 6, 1))
        .withMessage("a sample must have 0 to 5 observations, got 6");
  }
}
