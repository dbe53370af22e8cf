package io.inscape.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inscape.evolution.params.AlignmentParams;
import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.evolution.quality.TemporalStability;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Rng;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import io.inscape.quality.NeighborhoodHit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TsneAlignmentTest {
  private final Workers workers = Workers.of(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /// The published experiment: ten Gaussians in 100 dimensions around unit vectors, whose points
  /// come closer to their means by a share at every step.
  private static Sequence gaussians(int rows, int steps, double share) {
    RandomGenerator random = Rng.of(1, "gaussians");
    float[] values = new float[rows * 100];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (mean(at) + Math.sqrt(.1) * random.nextGaussian());
    }
    List<Matrix> matrices = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      matrices.add(Matrix.of(rows, 100, values));
      for (int at = 0; at < values.length; at++) {
        values[at] += (float) (share * (mean(at) - values[at]));
      }
    }
    return Sequence.of(matrices);
  }

  private static double mean(int at) {
    return at % 100 == at / 100 % 10 ? 1 : 0;
  }

  private static int[] labels(int rows) {
    int[] labels = new int[rows];
    Arrays.setAll(labels, row -> row % 10);
    return labels;
  }

  private AlignmentRun done(Sequence data, AlignmentParams params) {
    AlignmentRun run = Alignments.start(data, params, workers, Progress.none());
    run.step(Integer.MAX_VALUE);
    assertThat(run.done()).isTrue();
    return run;
  }

  private double hit(LayoutSequence layouts, int step) {
    return NeighborhoodHit.of(
            layouts.step(step).positions(), labels(layouts.observations()), 6, workers)
        .mean();
  }

  @Test
  void movementFallsAndDivergenceRisesWithLambdaAndTheGroupsStay() {
    Sequence data = gaussians(500, 5, .3);
    double lastMoved = Double.POSITIVE_INFINITY;
    double lastDivergence = 0;
    for (double lambda : new double[] {0, .01, .1, 1}) {
      AlignmentRun run = done(data, new DynamicTsneParams(lambda, 40, 600, 0));
      TemporalStability stability = TemporalStability.of(data, run.layouts(), workers);
      double moved = stability.movement().stream().mapToDouble(one -> one).sum();
      double divergence = (double) run.details().get("divergence");
      assertThat(moved).as("movement at lambda " + lambda).isLessThan(lastMoved);
      assertThat(divergence).as("divergence at lambda " + lambda).isGreaterThan(lastDivergence);
      if (lambda >= .1) {
        double hits = 0;
        for (int step = 0; step < 5; step++) {
          hits += hit(run.layouts(), step) / 5;
        }
        assertThat(hits).isGreaterThan(.95);
      }
      lastMoved = moved;
      lastDivergence = divergence;
    }
  }

  @Test
  void aStepOfAnotherWidthOrADeadOneTakesPartInDynamicAndChainedTsne() {
    Sequence wide = gaussians(100, 2, .9);
    Matrix dead = Matrix.of(100, 3, new float[300]);
    Sequence data = Sequence.of(List.of(dead, wide.step(0), wide.step(1)));
    for (AlignmentParams params :
        List.of(
            DynamicTsneParams.defaults().withPerplexity(10).withIterations(300),
            ChainedParams.defaults().withPerplexity(10).withIterations(300))) {
      AlignmentRun run = done(data, params);
      assertThat(run.details()).containsEntry("constantSteps", "0");
      assertThat(hit(run.layouts(), 2)).isGreaterThan(.7);
    }
  }

  @Test
  void chainedStepsGoOnFromTheLastAndShowTheNewestUntilReached() {
    Sequence data = gaussians(150, 3, .5);
    ChainedParams params = ChainedParams.defaults().withPerplexity(15).withIterations(120);
    AlignmentRun run = Alignments.start(data, params, workers, Progress.none());
    run.step(120);
    TsneParams tsne = TsneParams.defaults().withPerplexity(15).withIterations(120);
    Layout first = Projections.fit(data.step(0), tsne, workers, Progress.none());
    for (int step = 0; step < 3; step++) {
      assertThat(run.layouts().step(step).toArray()).isEqualTo(first.toArray());
    }
    run.step(60);
    assertThat(run.iteration()).isEqualTo(180);
    assertThat(run.layouts().step(0).toArray()).isEqualTo(first.toArray());
    assertThat(run.layouts().step(1).toArray())
        .isNotEqualTo(first.toArray())
        .isEqualTo(run.layouts().step(2).toArray());
    run.step(1000);
    assertThat(run.iterations()).isEqualTo(run.iteration()).isEqualTo(360);
    assertThat(run.layouts().step(1).toArray()).isNotEqualTo(run.layouts().step(2).toArray());
  }

  @Test
  void chainedStepsMoveLessThanStepsOfTheirOwn() {
    Sequence data = gaussians(200, 4, .3);
    ChainedParams params = ChainedParams.defaults().withPerplexity(20).withIterations(300);
    double chained = moved(data, done(data, params));
    double apart = moved(data, done(data, Alignments.unaligned(params)));
    assertThat(chained).isLessThan(apart);
  }

  private double moved(Sequence data, AlignmentRun run) {
    return TemporalStability.of(data, run.layouts(), workers).movement().stream()
        .mapToDouble(one -> one)
        .sum();
  }

  @Test
  void jointTsneIsThatOfAllRowsTogether() {
    Sequence data = gaussians(60, 3, .5);
    JointParams params = JointParams.defaults().withPerplexity(12).withIterations(150);
    LayoutSequence found = done(data, params).layouts();
    float[] rows = new float[180 * 100];
    for (int step = 0; step < 3; step++) {
      System.arraycopy(data.step(step).toArray(), 0, rows, step * 6000, 6000);
    }
    Layout all =
        Projections.fit(
            Matrix.of(180, 100, rows),
            TsneParams.defaults().withPerplexity(12).withIterations(150),
            workers,
            Progress.none());
    assertThat(found.toArray()).isEqualTo(all.toArray());
  }

  @Test
  void jointTsneRefusesStepsOfDifferentWidths() {
    Sequence data =
        Sequence.of(
            List.of(Matrix.of(9, 3, new float[27]), Matrix.of(9, 2, new float[18])),
            List.of("input", "fc1"));
    assertThatThrownBy(() -> done(data, JointParams.defaults().withPerplexity(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "joint t-SNE needs steps of one width, but step 0 (input) has 3 columns and step 1"
                + " (fc1) has 2; take dtsne, chained or vff instead");
  }

  @Test
  void refusesAPerplexityThatTheObservationsDoNotAllow() {
    Sequence data = gaussians(50, 2, .5);
    for (AlignmentParams params : List.of(DynamicTsneParams.defaults(), ChainedParams.defaults())) {
      assertThatThrownBy(() -> done(data, params))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "perplexity must be at most a third of the other observations, 16, got 30.0 for 50"
                  + " observations; lower the perplexity or take more observations");
    }
  }

  @Test
  void eachCanBeInterruptedAndGoesOnToTheSameBits() {
    Sequence data = gaussians(90, 3, .5);
    for (AlignmentParams params :
        List.of(
            new DynamicTsneParams(.1, 10, 60, 0),
            new ChainedParams(10, 60, 0),
            new JointParams(10, 60, 0))) {
      AlignmentRun run = Alignments.start(data, params, workers, Progress.none());
      run.step(60); // the next iteration of a chain is the first of another step
      int reached = run.iteration();
      if (!run.done()) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run.step(1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.iteration()).isEqualTo(reached);
      }
      run.step(1000);
      try (Workers one = Workers.of(1)) {
        assertThat(run.layouts().toArray())
            .isEqualTo(Alignments.fit(data, params, one, Progress.none()).toArray());
      }
    }
  }

  @Test
  void whatIsNeededGrowsWithStepsAndObservationsAndIsRefusedWithBothNumbers() {
    Sequence two = gaussians(200, 2, .5);
    Sequence four = gaussians(200, 4, .5);
    for (AlignmentParams params :
        List.of(DynamicTsneParams.defaults(), ChainedParams.defaults(), JointParams.defaults())) {
      long needed = Alignments.bytesNeeded(two, params);
      assertThat(needed).isGreaterThan(200L * 90 * 8);
      assertThat(Alignments.bytesNeeded(four, params)).isGreaterThan(needed);
      assertThatThrownBy(() -> Alignments.requireMemory(two, params, needed / 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("GB for 2 steps of 200 observations");
    }
  }

  @Test
  void theEnergyOfDynamicTsneIsItsDivergenceAndThePenalty() {
    Sequence data = gaussians(100, 3, .5);
    AlignmentRun run = done(data, new DynamicTsneParams(2, 12, 100, 0));
    LayoutSequence layouts = run.layouts();
    double squares = 0;
    for (int step = 0; step < 2; step++) {
      for (int row = 0; row < 100; row++) {
        for (int dim = 0; dim < 2; dim++) {
          double moved = (double) layouts.get(step + 1, row, dim) - layouts.get(step, row, dim);
          squares += moved * moved;
        }
      }
    }
    double divergence = (double) run.details().get("divergence");
    assertThat(run.energy().orElseThrow())
        .isCloseTo(divergence + 2 / 200.0 * squares, within(1e-9));
  }
}
