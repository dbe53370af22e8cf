package io.inscape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inscape.activation.NpyFile;
import io.inscape.cli.option.MethodOptions;
import io.inscape.matrix.Rng;
import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import io.inscape.quality.QualityParams;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QualityCommandTest {
  private static final int ROWS = 90;

  @TempDir Path folder;
  private Path vectors;
  private Path layout;
  private Path labels;

  /// Two clouds on a plane in four dimensions; the layout is that plane.
  @BeforeEach
  void write() {
    RandomGenerator random = Rng.of(1, "plane");
    float[] values = new float[ROWS * 4];
    float[] positions = new float[ROWS * 2];
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = i % 2;
      for (int dim = 0; dim < 2; dim++) {
        float value = (float) (random.nextGaussian() + 30 * classes[i]);
        values[4 * i + dim] = value;
        positions[2 * i + dim] = 3 * value;
      }
    }
    vectors = folder.resolve("vectors.npy");
    layout = folder.resolve("layout.npy");
    labels = folder.resolve("labels.npy");
    NpyFile.writeFloats(vectors, values, ROWS, 4);
    NpyFile.writeFloats(layout, positions, ROWS, 2);
    NpyFile.writeInts(labels, classes, ROWS);
  }

  @Test
  void measuresAPerfectLayout() {
    Typed typed = quality("--labels", labels.toString(), "--json");
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    JsonNode measured = typed.json().get("quality");
    assertThat(measured.get("neighborhoodHit").asDouble()).isEqualTo(1);
    assertThat(measured.get("trustworthiness").asDouble()).isEqualTo(1);
    assertThat(typed.json().get("input").get("columns").asInt()).isEqualTo(4);
  }

  @Test
  void explainsEveryFigure() {
    String out = quality("--labels", labels.toString()).out();
    assertThat(out)
        .contains("quality, all 90 observations compared")
        .containsPattern("neighborhood hit +1\\.0000 +1\\.0000 +0\\.4944  share of")
        .containsPattern("trustworthiness +1\\.0000 +0\\.")
        .containsPattern("Shepard goodness +1\\.0000")
        .containsPattern("stress, raw +4\\.0000")
        .containsPattern("neighborhood hit of class +layout +own space")
        .contains("continuity", "neighborhood preservation", "distance consistency", "stress-1");
    assertThat(quality().out()).doesNotContain("neighborhood hit").contains("continuity");
  }

  @Test
  void everyOptionOfTheMeasuresIsAFlag() {
    String help = Typed.run("quality", "--help").out();
    for (ParameterField field : Parameters.describe(QualityParams.class)) {
      assertThat(help).contains(MethodOptions.flag(field.name()) + "=");
    }
    JsonNode measured =
        quality("--labels", labels.toString(), "--k", "3", "--sample", "50", "--json").json();
    assertThat(measured.at("/parameters/sample").asInt()).isEqualTo(50);
    assertThat(measured.at("/quality/k").asInt()).isEqualTo(3);
    assertThat(measured.at("/quality/sampled").asInt()).isEqualTo(50);
    assertThat(measured.at("/quality/exact").asBoolean()).isFalse();
    assertThat(quality("--sample", "50").out()).contains("a sample of 50 of 90 observations");
    quality("--k", "0").refused("k must be at least 1, got 0");
  }

  @Test
  void refusesALayoutOfOtherObservations() {
    NpyFile.writeFloats(layout, new float[2 * 80], 80, 2);
    quality()
        .refused(
            layout
                + ": found 80 rows at the header, expected 90, as many as "
                + vectors
                + " has; name the layout of these observations");
    NpyFile.writeFloats(layout, new float[] {1, Float.POSITIVE_INFINITY}, 1, 2);
    quality()
        .refused(
            layout
                + ": found Infinity at row 0, column 1, expected finite numbers; remove or replace"
                + " what is missing first");
  }

  private Typed quality(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "quality";
    arguments[1] = vectors.toString();
    arguments[2] = layout.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Typed.run(arguments);
  }
}
