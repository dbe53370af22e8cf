package io.inscape.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.StepMethod;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every method.
final class AlignmentsTest {
  private static final Sequence SEQUENCE = EvolutionData.separating(3, 90, 6, 1);

  private final Workers workers = Workers.of(2);

  static List<AlignmentParams> everyMethod() {
    return List.of(
        VffParams.defaults().withSweeps(20),
        VffParams.defaults().withSweeps(20).withSample(40),
        IndependentParams.defaults().withPerplexity(8).withIterations(30),
        IndependentParams.defaults().withProjection(StepMethod.SMACOF).withIterations(30),
        IndependentParams.defaults().withProjection(StepMethod.PCA));
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void givesTheSameBytesOnAnyNumberOfThreads(AlignmentParams params) {
    float[] expected = null;
    for (int threads : new int[] {1, 2, 4}) {
      try (Workers some = Workers.of(threads)) {
        LayoutSequence layouts = Alignments.fit(SEQUENCE, params, some, Progress.none());
        assertThat(layouts.steps()).isEqualTo(3);
        assertThat(layouts.observations()).isEqualTo(90);
        assertThat(layouts.toArray()).isEqualTo(expected == null ? layouts.toArray() : expected);
        expected = layouts.toArray();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void steppingIsTheSameAsFitting(AlignmentParams params) {
    AlignmentRun run = Alignments.start(SEQUENCE, params, workers, Progress.none());
    assertThat(run.layouts().observations()).isEqualTo(90); // live from the start
    int seen = 0;
    while (!run.done()) {
      run.step(7);
      assertThat(run.iteration()).isEqualTo(Math.min(seen += 7, run.iterations()));
      assertThat(run.layouts().steps()).isEqualTo(3);
    }
    run.step(5);
    assertThat(run.iteration()).isEqualTo(run.iterations());
    assertThat(run.layouts().toArray())
        .isEqualTo(Alignments.fit(SEQUENCE, params, workers, Progress.none()).toArray());
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void anInterruptedStepLeavesTheRunWhole(AlignmentParams params) {
    AlignmentRun run = Alignments.start(SEQUENCE, params, workers, Progress.none());
    Thread.currentThread().interrupt();
    if (run.done()) {
      assertThat(Thread.interrupted()).isTrue();
      return;
    }
    assertThatThrownBy(() -> run.step(3)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.iteration()).isZero();
    run.step(run.iterations());
    assertThat(run.layouts().toArray())
        .isEqualTo(Alignments.fit(SEQUENCE, params, workers, Progress.none()).toArray());
  }

  @Test
  void anInterruptEndsTheFitAndKeepsTheLayouts() {
    VffParams params = VffParams.defaults();
    AlignmentRun run = Alignments.start(SEQUENCE, params, workers, Progress.none());
    run.step(5);
    List<Double> fractions = new ArrayList<>();
    LayoutSequence layouts =
        Alignments.fit(
            SEQUENCE,
            params,
            workers,
            (stage, fraction) -> {
              if (stage.equals("layout")) {
                fractions.add(fraction);
                if (fractions.size() == 5) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fractions).hasSize(5);
    assertThat(layouts.toArray()).isEqualTo(run.layouts().toArray());
  }

  @Test
  void everyMethodIsListedWithItsParameters() {
    assertThat(Alignments.methods())
        .extracting(AlignmentMethod::type)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AlignmentParams.class.getPermittedSubclasses())
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList());
    for (AlignmentMethod method : Alignments.methods()) {
      assertThat(method.params(Map.of()).method()).isEqualTo(method.name());
      assertThat(method.parameters()).isNotEmpty();
      assertThat(Alignments.method(method.name())).isEqualTo(method);
    }
    assertThatThrownBy(() -> Alignments.method("som"))
        .hasMessage("no alignment method som; there are vff, dtsne, joint, chained, independent");
  }

  @Test
  void unalignedIsTheSameFamilyWithoutAlignment() {
    VffParams vff = VffParams.defaults().withSeed(3).withSample(50);
    assertThat(Alignments.unaligned(vff)).isEqualTo(vff.withLambda(1));
    IndependentParams alone = IndependentParams.defaults().withSeed(3);
    assertThat(Alignments.unaligned(alone)).isEqualTo(alone);
    for (String name : List.of("dtsne", "joint", "chained")) {
      Map<String, ?> options = Map.of("perplexity", 12, "iterations", 50, "seed", 3);
      assertThat(Alignments.unaligned(Alignments.method(name).params(options)))
          .isEqualTo(alone.withPerplexity(12).withIterations(50));
    }
  }

  @Test
  void refusesBeforeAllocatingWhatTheHeapCannotHold() {
    VffParams params = VffParams.defaults();
    long needed = Alignments.bytesNeeded(SEQUENCE, params);
    long held = 3 * 90 * 6 * 4;
    assertThat(needed).isGreaterThan(3 * 90 * 90 * 4);
    Alignments.requireMemory(SEQUENCE, params, needed + held);
    assertThatThrownBy(() -> Alignments.requireMemory(SEQUENCE, params, needed + held - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "method vff needs 0.0 GB for 3 steps of 90 observations beside the data's 0.0 GB, the"
                + " heap has 0.0 GB; take fewer steps or lower the sample");
  }
}
