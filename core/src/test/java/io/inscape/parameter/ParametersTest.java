package io.inscape.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.neighbors.Metric;
import io.inscape.projection.params.InitialLayout;
import io.inscape.projection.params.LearningRate;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.Schedule;
import io.inscape.projection.params.TsneForces;
import io.inscape.projection.params.TsneParams;
import io.inscape.projection.tsne.RepulsionMethod;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  enum Shape {
    ROUND,
    RATHER_SQUARE
  }

  record Everything(
      @Option(value = "Count.", min = 0, max = 10) int count,
      @Option("Long.") long big,
      @Option("Flag.") boolean flag,
      @Option("Name.") String name,
      @Option("Shape.") Shape shape,
      @Option(value = "Epochs.", min = 0) List<Integer> epochs,
      @Option(value = "Ratios.", min = 0, max = 1, maxExclusive = true) List<Double> ratios) {
    static Everything defaults() {
      return new Everything(3, 4, true, "x", Shape.ROUND, List.of(0, 1), List.of(.5));
    }
  }

  @Test
  void everyComponentOfEveryParameterRecordIsAnOption() {
    Class<?>[] types = ProjectionParams.class.getPermittedSubclasses();
    assertThat(types).hasSizeGreaterThanOrEqualTo(2);
    for (Class<?> type : types) {
      List<String> expected = new ArrayList<>();
      walk("", type, expected);
      List<ParameterField> fields = Parameters.describe(type.asSubclass(Record.class));
      assertThat(fields).extracting(ParameterField::name).containsExactlyElementsOf(expected);
      assertThat(fields).allSatisfy(field -> assertThat(field.text()).endsWith("."));
    }
  }

  private static void walk(String prefix, Class<?> type, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        walk(prefix + component.getName() + ".", component.getType(), names);
      } else {
        assertThat(component.isAnnotationPresent(Option.class)).as(component.toString()).isTrue();
        names.add(prefix + component.getName());
      }
    }
  }

  @Test
  void describesKindsDefaultsAndRanges() {
    List<ParameterField> fields = Parameters.describe(TsneParams.class);
    assertThat(fields)
        .extracting(
            ParameterField::name, field -> field.kind().json(), ParameterField::defaultValue)
        .contains(
            org.assertj.core.groups.Tuple.tuple("dimensions", "integer", 2),
            org.assertj.core.groups.Tuple.tuple("perplexity", "number", 30.0),
            org.assertj.core.groups.Tuple.tuple("learningRate", "autoOrNumber", "auto"),
            org.assertj.core.groups.Tuple.tuple("schedule.exaggeration", "number", 12.0),
            org.assertj.core.groups.Tuple.tuple("seed", "integer", 0L));
    assertThat(fields.get(1).min()).isEqualTo(2);
    assertThat(Parameters.describe(Everything.class))
        .extracting(field -> field.kind().json())
        .containsExactly("integer", "integer", "boolean", "text", "choice", "integers", "numbers");
    assertThat(Parameters.describe(Everything.class).get(4).choices())
        .containsExactly("round", "rather-square");
  }

  @Test
  void goesThroughAMapAndBack() {
    TsneParams changed =
        new TsneParams(
            3,
            7.5,
            Metric.COSINE,
            40,
            LearningRate.of(12),
            new Schedule(InitialLayout.RANDOM, 4, 10, .1, .2),
            new TsneForces(RepulsionMethod.BARNES_HUT, .3, .5),
            -9);
    assertThat(Parameters.fromMap(TsneParams.class, Parameters.toMap(changed))).isEqualTo(changed);
    TsneParams standard = TsneParams.defaults();
    assertThat(Parameters.fromMap(TsneParams.class, Parameters.toMap(standard)))
        .isEqualTo(standard);
    assertThat(Parameters.toMap(standard))
        .containsEntry("learningRate", "auto")
        .extractingByKey("schedule")
        .isEqualTo(Parameters.toMap(Schedule.defaults()));
    Everything every =
        new Everything(1, 1L << 60, false, "", Shape.RATHER_SQUARE, List.of(), List.of(.25));
    assertThat(Parameters.fromMap(Everything.class, Parameters.toMap(every))).isEqualTo(every);
  }

  @Test
  void takesDottedAndNestedNamesAndFillsInDefaults() {
    TsneParams dotted =
        Parameters.fromMap(
            TsneParams.class, Map.of("schedule.exaggeration", 4, "learningRate", 50));
    TsneParams nested =
        Parameters.fromMap(
            TsneParams.class, Map.of("schedule", Map.of("exaggeration", 4.0), "learningRate", 50L));
    assertThat(dotted).isEqualTo(nested);
    assertThat(dotted.schedule()).isEqualTo(new Schedule(InitialLayout.PCA, 4, 250, .5, .8));
    assertThat(Parameters.fromMap(PcaParams.class, Map.of())).isEqualTo(PcaParams.defaults());
  }

  @Test
  void refusesWhatDoesNotFitInOneSentence() {
    refuses(
        Map.of("perplexty", 3), "unknown parameter perplexty; known are dimensions, perplexity");
    refuses(Map.of("perplexity", 1), "perplexity must be at least 2, got 1");
    refuses(Map.of("perplexity", Double.NaN), "perplexity must be a finite number, got NaN");
    refuses(Map.of("perplexity", "many"), "perplexity must be a number, got \"many\"");
    refuses(Map.of("dimensions", 2.5), "dimensions must be a whole number, got 2.5");
    refuses(Map.of("dimensions", 4), "dimensions must be at most 3, got 4");
    refuses(Map.of("learningRate", "fast"), "learningRate must be auto or a number, got \"fast\"");
    refuses(Map.of("learningRate", 0), "learningRate must be above 0, got 0");
    refuses(Map.of("schedule", 3), "parameter schedule is a group and takes an object, got 3");
    refuses(Map.of("schedule.lateMomentum", 1), "schedule.lateMomentum must be below 1, got 1");
  }

  private static void refuses(Map<String, Object> map, String message) {
    assertThatThrownBy(() -> Parameters.fromMap(TsneParams.class, map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void recordsCheckTheSameRanges() {
    assertThatThrownBy(() -> TsneParams.defaults().withPerplexity(Double.NaN))
        .hasMessage("perplexity must be a finite number, got NaN");
    assertThatThrownBy(() -> TsneParams.defaults().withPerplexity(1.5))
        .hasMessage("perplexity must be at least 2, got 1.5");
    assertThatThrownBy(() -> LearningRate.of(-1))
        .hasMessage("learningRate must be above 0, got -1");
    assertThatThrownBy(() -> new PcaParams(1, 0))
        .hasMessage("dimensions must be at least 2, got 1");
  }

  @Test
  void readsWhatAPersonTypes() {
    List<ParameterField> fields = Parameters.describe(Everything.class);
    assertThat(fields.get(0).parse(" 7 ")).isEqualTo(7L);
    assertThat(fields.get(2).parse("false")).isEqualTo(false);
    assertThat(fields.get(5).parse("0,1, 5")).isEqualTo(List.of(0, 1, 5));
    assertThat(fields.get(6).parse("")).isEqualTo(List.of());
    assertThatThrownBy(() -> fields.get(0).parse("seven"))
        .hasMessage("count must be a whole number, got \"seven\"");
  }
}
