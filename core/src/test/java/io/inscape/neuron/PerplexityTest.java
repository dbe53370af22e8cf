package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PerplexityTest {
  private static float[] perplexity(int units, float... values) {
    try (Workers workers = Workers.of(1)) {
      return Perplexity.of(Matrix.of(values.length / units, units, values), workers);
    }
  }

  @Test
  void countsTheUnitsThatAnObservationSpeaksTo() {
    float[] found =
        perplexity(
            4, //
            0, 3, 0, 0, // one unit
            2, 2, 2, 2, // all alike
            5, 0, 5, -7, // two; what is below 0 is off
            0, -1, 0, 0, // none
            1, 1, 2, 0); // entropy 1.5 bits
    assertThat(found[0]).isEqualTo(1);
    assertThat((double) found[1]).isCloseTo(4, within(1e-6));
    assertThat((double) found[2]).isCloseTo(2, within(1e-6));
    assertThat(found[3]).isZero();
    assertThat((double) found[4]).isCloseTo(Math.pow(2, 1.5), within(1e-6));
  }

  @Test
  void theUnitOfMeasurementDoesNotMatter() {
    assertThat((double) perplexity(3, 1e-20f, 2e-20f, 4e-20f)[0])
        .isCloseTo(perplexity(3, 1e20f, 2e20f, 4e20f)[0], within(1e-5));
  }

  @Test
  void historiesShareTheirBins() {
    PerplexityHistory history =
        PerplexityHistory.of(
            List.of(
                new float[] {1, 1, 5, 8}, new float[] {3, 3, 5, 8}, new float[] {2.5f, 3, 5, 7.5f}),
            4);
    assertThat(history.edges()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0);
    assertThat(history.counts())
        .containsExactly(List.of(2, 0, 1, 1), List.of(0, 2, 1, 1), List.of(0, 2, 1, 1));
    assertThat(history.medians()).containsExactly(3.0, 4.0, 4.0);
    assertThat(history.changes()).containsExactly(.5, 0.0);
    assertThat(history.stableSince(.1)).isEqualTo(OptionalInt.of(1));
    assertThat(history.stableSince(.5)).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void aLayerThatStillChangesIsNotStable() {
    List<float[]> times = List.of(new float[] {1}, new float[] {1}, new float[] {9});
    assertThat(PerplexityHistory.of(times, 8).stableSince(.9)).isEmpty();
    assertThat(PerplexityHistory.of(times.subList(0, 1), 8).stableSince(1)).isEmpty();
    PerplexityHistory silent = PerplexityHistory.of(List.of(new float[2], new float[2]), 2);
    assertThat(silent.counts()).containsExactly(List.of(2, 0), List.of(2, 0));
    assertThat(silent.stableSince(0)).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void refusesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PerplexityHistory.of(List.of(), 4))
        .withMessage(
            "a history needs at least 1 time, observation and bin, got 0 times and 4 bins");
  }
}
