package io.inscape.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.inscape.matrix.Rng;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-1.5e-3",
        "1E5",
        "0.1",
        "123456789012345678901234567890",
        "9007199254740993",
        "1e22",
        "1e23",
        "1e-22",
        "5e-324",
        "1e400",
        "-1e400",
        "0.000000000000000000000000000001",
        "000000000000000000000000012.50",
        " 7\t"
      })
  void readsWhatJavaReads(String text) {
    assertThat(Numbers.parse(text)).isEqualTo(Double.parseDouble(text.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "0x1p3",
        "1f",
        "1d",
        "nan",
        "1 2",
        "--1",
        "infinit",
        "infinityy",
        "1_000",
        "\u0661"
      })
  void readsNothingElse(String text) {
    assertThat(Numbers.parse(text)).isNaN();
  }

  @Test
  void readsInfinities() {
    assertThat(Numbers.parse("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Numbers.parse("inf")).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void agreesWithJavaOnRandomNumbers() {
    RandomGenerator random = Rng.of(7, "numbers");
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      double small = Math.rint(random.nextDouble() * 1e6) / 1000;
      if (Double.isFinite(value)) {
        assertThat(Numbers.parse(Double.toString(value))).isEqualTo(value);
      }
      assertThat(Numbers.parse(Double.toString(small))).isEqualTo(small);
    }
  }
}
