package io.inscape.evolution.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.Sequence;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.QualityParams;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SequenceQualityTest {
  private static final int ROWS = 400;
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static int[] labels() {
    int[] labels = new int[ROWS];
    Arrays.setAll(labels, row -> row % 4);
    return labels;
  }

  /// Four groups around the first four axes, the farther from each other the larger the distance.
  private static Matrix groups(double distance, long seed) {
    RandomGenerator random = Rng.of(seed, "groups");
    float[] values = new float[ROWS * 10];
    for (int at = 0; at < values.length; at++) {
      double mean = at % 10 == at / 10 % 4 ? distance : 0;
      values[at] = (float) (mean + random.nextGaussian());
    }
    return Matrix.of(ROWS, 10, values);
  }

  private Layout tsne(Matrix data) {
    TsneParams params = TsneParams.defaults().withPerplexity(20).withIterations(400);
    return Projections.fit(data, params, workers, Progress.none());
  }

  private SequenceQuality judge(Sequence data, LayoutSequence aligned, LayoutSequence unaligned) {
    return SequenceQuality.of(
        data, aligned, unaligned, Optional.of(labels()), 6, workers, Progress.none());
  }

  @Test
  void warnsWhereAlignmentDrawsGroupsThatTheStepDoesNotHave() {
    Matrix untrained = groups(2, 1);
    Matrix trained = groups(6, 2);
    Sequence data = Sequence.of(List.of(untrained, trained), List.of("epoch 0", "epoch 10"));
    Layout end = tsne(trained);
    LayoutSequence unaligned = LayoutSequence.of(List.of(tsne(untrained), end));
    LayoutSequence aligned = LayoutSequence.of(List.of(end, end));
    SequenceQuality found = judge(data, aligned, unaligned);
    StepQuality first = found.steps().getFirst();
    assertThat(first.alignedNeighborhoodHit()).isGreaterThan(first.ownNeighborhoodHit() + .2);
    assertThat(first.warning())
        .startsWith("epoch 0: the aligned layout shows a neighborhood hit of ")
        .endsWith(
            ": alignment brought in structure from other steps, do not read it as this step's");
    assertThat(found.steps().get(1).warning()).isNull();
    assertThat(found.warnings()).containsExactly(first.warning());
  }

  @Test
  void doesNotWarnOfHonestLayoutsOrDuplicates() {
    for (long seed = 0; seed < 4; seed++) {
      for (double distance : new double[] {0, 2, 3, 6}) {
        Matrix step = groups(distance, seed);
        LayoutSequence layouts = LayoutSequence.of(List.of(tsne(step), tsne(step)));
        SequenceQuality found = judge(Sequence.of(List.of(step, step)), layouts, layouts);
        assertThat(found.warnings()).as("seed " + seed + ", distance " + distance).isEmpty();
        assertThat(found.aligned().pearson()).isEqualTo(1);
      }
    }
  }

  @Test
  void aWarningSaysWhenTheOtherLayoutClaimsTooMuchAsWell() {
    Matrix step = groups(1, 1);
    Layout good = tsne(groups(6, 1));
    LayoutSequence layouts = LayoutSequence.of(List.of(good, good));
    SequenceQuality found = judge(Sequence.of(List.of(step, step)), layouts, layouts);
    assertThat(found.warnings())
        .hasSize(2)
        .allMatch(one -> one.endsWith(": both layouts separate the classes more than the data do"));
  }

  @Test
  void theNoiseIsTwoStandardErrorsOfADifference() {
    assertThat(StepQuality.noise(.5, .5, 200)).isCloseTo(2 * Math.sqrt(.0025), within(1e-12));
    assertThat(StepQuality.noise(1.0, 1.0, 200)).isEqualTo(0);
    assertThat(StepQuality.noise(null, null, 200)).isNull();
  }

  @Test
  void aConstantStepHasTheHitOfChanceAndAWarning() {
    Matrix dead = Matrix.of(ROWS, 3, new float[ROWS * 3]);
    Matrix trained = groups(6, 2);
    Layout end = tsne(trained);
    SequenceQuality found =
        judge(
            Sequence.of(List.of(dead, trained)),
            LayoutSequence.of(List.of(end, end)),
            LayoutSequence.of(List.of(end, end)));
    StepQuality first = found.steps().getFirst();
    assertThat(first.constant()).isTrue();
    assertThat(first.ownNeighborhoodHit()).isEqualTo(NeighborhoodHit.baseline(labels()));
    assertThat(first.ownClassRatio()).isEqualTo(1);
    assertThat(first.warning())
        .isEqualTo(
            "step 0: all observations are equal here, so the whole picture of this step comes from"
                + " the other steps or the start");
    assertThat(found.aligned().pearson()).isNull();
  }

  @Test
  void theFiguresAreThoseOfEachLayoutAlone() {
    Matrix one = groups(2, 1);
    Matrix two = groups(3, 2);
    LayoutSequence aligned = LayoutSequence.of(List.of(tsne(one), tsne(one)));
    LayoutSequence unaligned = LayoutSequence.of(List.of(tsne(two), tsne(two)));
    SequenceQuality found = judge(Sequence.of(List.of(one, two)), aligned, unaligned);
    for (int step = 0; step < 2; step++) {
      LayoutQuality alone =
          LayoutQuality.of(
              step == 0 ? one : two,
              unaligned.step(step).positions(),
              Optional.of(labels()),
              QualityParams.defaults(),
              workers,
              Progress.none());
      StepQuality judged = found.steps().get(step);
      assertThat(judged.unalignedNeighborhoodHit())
          .isEqualTo(alone.classes().orElseThrow().neighborhoodHit());
      assertThat(judged.ownNeighborhoodHit())
          .isEqualTo(alone.classes().orElseThrow().ownNeighborhoodHit());
      assertThat(judged.unalignedTrustworthiness()).isEqualTo(alone.neighbors().trustworthiness());
      assertThat(judged.unalignedStress())
          .isCloseTo(alone.distances().scaleOptimalStress(), within(1e-6));
    }
    assertThat(found.steps().getFirst().alignedStress())
        .isLessThan(found.steps().getFirst().unalignedStress());
  }

  @Test
  void withoutLabelsTheRestIsThere() {
    Matrix step = groups(2, 1);
    LayoutSequence layouts = LayoutSequence.of(List.of(tsne(step), tsne(step)));
    SequenceQuality found =
        SequenceQuality.of(
            Sequence.of(List.of(step, step)),
            layouts,
            layouts,
            Optional.empty(),
            6,
            workers,
            Progress.none());
    StepQuality first = found.steps().getFirst();
    assertThat(first.ownNeighborhoodHit()).isNull();
    assertThat(first.alignedClassRatio()).isNull();
    assertThat(first.alignedTrustworthiness()).isGreaterThan(.8);
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void theMapsHaveTheNamesOfTheComponents() {
    Matrix step = groups(2, 1);
    LayoutSequence layouts = LayoutSequence.of(List.of(tsne(step), tsne(step)));
    SequenceQuality found = judge(Sequence.of(List.of(step, step)), layouts, layouts);
    assertThat(found.toMap().keySet()).containsExactly(names(SequenceQuality.class));
    assertThat(found.steps().getFirst().toMap().keySet()).containsExactly(names(StepQuality.class));
    assertThat(found.aligned().toMap().keySet()).containsExactly(names(TemporalStability.class));
    assertThat(found.toMap().get("steps")).isInstanceOf(List.class);
    assertThat(found.toMap().get("aligned")).isInstanceOf(Map.class);
  }

  private static String[] names(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .toArray(String[]::new);
  }

  @Test
  void threadsDoNotMatter() {
    Matrix one = groups(2, 1);
    Matrix two = groups(3, 2);
    LayoutSequence layouts = LayoutSequence.of(List.of(tsne(one), tsne(two)));
    Sequence data = Sequence.of(List.of(one, two));
    SequenceQuality expected = judge(data, layouts, layouts);
    for (int threads : new int[] {1, 4}) {
      try (Workers others = Workers.of(threads)) {
        assertThat(
                SequenceQuality.of(
                    data, layouts, layouts, Optional.of(labels()), 6, others, Progress.none()))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesLayoutsThatDoNotFit() {
    Matrix step = groups(2, 1);
    Layout one = tsne(step);
    LayoutSequence two = LayoutSequence.of(List.of(one, one));
    LayoutSequence three = LayoutSequence.of(List.of(one, one, one));
    assertThatThrownBy(() -> judge(Sequence.of(List.of(step, step)), two, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the layouts have 3 steps of 400 observations but the data have 2 of 400");
  }
}
