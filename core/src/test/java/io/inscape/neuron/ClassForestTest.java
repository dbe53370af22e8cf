package io.inscape.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against scikit-learn on the data of `extra_trees.py`, which draws units that are 0 on half of
/// the observations and one that is constant, so that the way of drawing shows.
final class ClassForestTest {
  @Test
  void importancesAreThoseOfScikitLearn() throws IOException {
    List<String> lines = golden();
    DiscriminativeScores scores;
    try (Workers workers = Workers.of(2)) {
      scores =
          DiscriminativeScores.of(
              Golden.activations(),
              Golden.labels(),
              3,
              ForestParams.defaults().withTrees(4000),
              workers,
              Progress.none());
    }
    assertThat(lines).hasSize(3 * Golden.UNITS);
    for (String line : lines) {
      String[] cell = line.split(",", -1);
      double mean = Double.parseDouble(cell[2]);
      double deviation = Double.parseDouble(cell[3]);
      assertThat((double) scores.get(Integer.parseInt(cell[0]), Integer.parseInt(cell[1])))
          .as(line)
          .isCloseTo(mean, within(3 * deviation));
    }
  }

  private static List<String> golden() throws IOException {
    try (InputStream in = ClassForestTest.class.getResourceAsStream("extra_trees.csv")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  /// The data of the script.
  private static final class Golden {
    static final int ROWS = 300;
    static final int UNITS = 12;

    static float uniform(int index) {
      int number = (index + 1) * 0x9E3779B9;
      number = (number ^ number >>> 15) * 0x85EBCA6B;
      number = (number ^ number >>> 15) * 0xC2B2AE35;
      return (number >>> 8) / (float) (1 << 24);
    }

    static Matrix activations() {
      float[] values = new float[ROWS * UNITS];
      for (int at = 0; at < values.length; at++) {
        int unit = at % UNITS;
        values[at] = unit == 11 ? 0.5f : unit < 6 ? uniform(at) : Math.max(0, uniform(at) - 0.5f);
      }
      return Matrix.of(ROWS, UNITS, values);
    }

    static int[] labels() {
      int[] labels = new int[ROWS];
      for (int i = 0; i < ROWS; i++) {
        float sum = uniform(i * UNITS + 1) + uniform(i * UNITS + 7);
        labels[i] = uniform(i * UNITS) > 0.75f ? 0 : sum > 1.25f ? 1 : 2;
      }
      return labels;
    }
  }
}
