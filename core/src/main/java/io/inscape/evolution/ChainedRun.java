package io.inscape.evolution;

import io.inscape.evolution.params.ChainedParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.Schedule;
import io.inscape.projection.params.TsneParams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// One t-SNE after the other: the first from its principal components, each later one from the
/// layout of the step before, as it is.
///
/// A later step goes without exaggeration, which would pull the groups it starts with together and
/// let them find new places, see `docs/methods/dynamic-tsne.md`. Steps not yet reached show the
/// newest layout there is.
final class ChainedRun implements AlignmentRun {
  private static final long BYTES_PER_POINT = 96;

  private final Sequence sequence;
  private final ChainedParams params;
  private final Workers workers;
  private final List<Layout> reached = new ArrayList<>(); // of the steps that are done
  private ProjectionRun run;

  private ChainedRun(
      Sequence sequence, ChainedParams params, Workers workers, ProjectionRun first) {
    this.sequence = sequence;
    this.params = params;
    this.workers = workers;
    run = first;
  }

  static AlignmentRun start(
      Sequence sequence, ChainedParams params, Workers workers, Progress progress) {
    ProjectionRun first = Projections.start(sequence.step(0), tsne(params), workers, progress);
    return new ChainedRun(sequence, params, workers, first);
  }

  private static TsneParams tsne(ChainedParams params) {
    return TsneParams.defaults()
        .withPerplexity(params.perplexity())
        .withIterations(params.iterations())
        .withSeed(params.seed());
  }

  /// Options of the steps after the first: no first phase, and the step size of a phase without
  /// exaggeration, the number of observations.
  private static TsneParams following(ChainedParams params) {
    Schedule usual = Schedule.defaults();
    return tsne(params)
        .withSchedule(
            new Schedule(usual.initial(), 1, 0, usual.earlyMomentum(), usual.lateMomentum()));
  }

  static long bytesNeeded(Sequence sequence, ChainedParams params) {
    long n = sequence.observations();
    long search = 0;
    for (int step = 0; step < sequence.steps(); step++) {
      search =
          Math.max(
              search, TsneSteps.searchBytes(n, sequence.step(step).cols(), params.perplexity()));
    }
    return search
        + 2 * TsneSteps.affinityBytes(n, params.perplexity()) // a step's and the next one's
        + n * (BYTES_PER_POINT + 8L * sequence.steps());
  }

  @Override
  public boolean done() {
    return iteration() >= iterations();
  }

  @Override
  public int iteration() {
    return reached.size() * params.iterations() + run.iteration();
  }

  @Override
  public int iterations() {
    return Math.multiplyExact(sequence.steps(), params.iterations());
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      if (run.done()) {
        follow();
      }
      run.step(1);
    }
  }

  /// Goes on to the next step; an interrupt leaves the run at the end of the last one.
  private void follow() {
    Layout last = run.layout();
    ProjectionRun next =
        Projections.startFrom(
            sequence.step(reached.size() + 1), following(params), last, workers, Progress.none());
    reached.add(last);
    run = next;
  }

  @Override
  public LayoutSequence layouts() {
    List<Layout> layouts = new ArrayList<>(reached);
    Layout newest = run.layout();
    while (layouts.size() < sequence.steps()) {
      layouts.add(newest);
    }
    return LayoutSequence.of(layouts);
  }

  /// {@return the divergence of the step under way}
  @Override
  public OptionalDouble energy() {
    return run.energy();
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new HashMap<>(run.details());
    details.put("constantSteps", TsneSteps.constantSteps(sequence));
    return Map.copyOf(details);
  }
}
