package io.inscape.study.sequence;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StepsTest {
  @Test
  void refusesActivationsThatTheHeapCannotHoldWithBothNumbers() {
    assertThatNoException().isThrownBy(() -> Steps.requireRoom(700, 1000, 2, 10));
    assertThatThrownBy(() -> Steps.requireRoom(8_000_000_000L, 6_000_000_000L, 20, 100_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the activations of 20 steps of 100000 observations take 8.00 GB, the heap has 6.00 GB;"
                + " take fewer steps, a narrower layer, or a study of fewer observations");
  }
}
