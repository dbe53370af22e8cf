package io.inscape.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RngTest {
  @Test
  void sameSeedAndPurposeGiveTheSameStream() {
    assertThat(Rng.of(7, "init").longs(100).toArray())
        .isEqualTo(Rng.of(7, "init").longs(100).toArray());
  }

  @Test
  void anotherSeedOrAnotherPurposeGivesAnotherStream() {
    long[] stream = Rng.of(7, "init").longs(100).toArray();
    assertThat(Rng.of(8, "init").longs(100).toArray()).isNotEqualTo(stream);
    assertThat(Rng.of(7, "shuffle").longs(100).toArray()).isNotEqualTo(stream);
  }
}
