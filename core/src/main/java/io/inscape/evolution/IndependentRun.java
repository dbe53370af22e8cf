package io.inscape.evolution;

import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.Orientation;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.projection.params.SmacofParams;
import io.inscape.projection.params.TsneParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Every step's own projection, all stepped at once; then each turned onto the one before.
final class IndependentRun implements AlignmentRun {
  private static final int NEIGHBOR_BYTES = 24; // index, distance, affinity, both ways round

  private final IndependentParams params;
  private final List<ProjectionRun> runs;
  private int iteration;

  private IndependentRun(IndependentParams params, List<ProjectionRun> runs) {
    this.params = params;
    this.runs = List.copyOf(runs);
  }

  static IndependentRun start(
      Sequence sequence, IndependentParams params, Workers workers, Progress progress) {
    List<ProjectionRun> runs = new ArrayList<>();
    for (int t = 0; t < sequence.steps(); t++) {
      double done = t;
      Progress part =
          (stage, fraction) -> progress.report(stage, (done + fraction) / sequence.steps());
      runs.add(Projections.start(sequence.step(t), of(params), workers, part));
    }
    return new IndependentRun(params, runs);
  }

  static ProjectionParams of(IndependentParams params) {
    return switch (params.projection()) {
      case TSNE ->
          TsneParams.defaults()
              .withPerplexity(params.perplexity())
              .withIterations(params.iterations())
              .withSeed(params.seed());
      case SMACOF ->
          SmacofParams.defaults().withIterations(params.iterations()).withSeed(params.seed());
      case PCA -> PcaParams.defaults().withSeed(params.seed());
    };
  }

  static long bytesNeeded(Sequence sequence, IndependentParams params) {
    long n = sequence.observations();
    long each =
        switch (params.projection()) {
          case TSNE -> n * Math.min(n, (long) (3 * params.perplexity())) * NEIGHBOR_BYTES;
          case SMACOF -> 4 * n * n;
          case PCA -> 8 * n;
        };
    long widest = 0;
    for (int t = 0; t < sequence.steps(); t++) {
      widest = Math.max(widest, 12 * n * sequence.step(t).cols());
    }
    return each * sequence.steps() + widest;
  }

  @Override
  public boolean done() {
    return runs.stream().allMatch(ProjectionRun::done);
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return runs.stream().mapToInt(ProjectionRun::iterations).max().orElse(0);
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      for (ProjectionRun run : runs) {
        if (run.iteration() <= iteration) { // an interrupted iteration goes on where it was
          run.step(1);
        }
      }
      iteration++;
    }
  }

  @Override
  public LayoutSequence layouts() {
    List<Layout> layouts = new ArrayList<>();
    for (ProjectionRun run : runs) {
      Layout layout = run.layout();
      boolean turn = params.orientation() == Orientation.PROCRUSTES && !layouts.isEmpty();
      layouts.add(turn ? Procrustes.onto(layouts.getLast(), layout) : layout);
    }
    return LayoutSequence.of(layouts);
  }

  /// {@return the sum of all steps' energies}
  @Override
  public OptionalDouble energy() {
    double sum = 0;
    for (ProjectionRun run : runs) {
      OptionalDouble energy = run.energy();
      if (energy.isEmpty()) {
        return energy;
      }
      sum += energy.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  @Override
  public Map<String, Object> details() {
    return runs.getFirst().details();
  }
}
