package io.inscape.evolution;

import io.inscape.evolution.dtsne.CoupledDescent;
import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.LearningRate;
import io.inscape.projection.params.Schedule;
import io.inscape.projection.params.TsneForces;
import io.inscape.projection.tsne.Affinities;
import io.inscape.projection.tsne.DescentSettings;
import io.inscape.projection.tsne.ForceSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Dynamic t-SNE: the affinities of every step, one start for all, then the [CoupledDescent] with
/// t-SNE's own schedule. See `docs/methods/dynamic-tsne.md`.
final class DynamicTsneRun implements AlignmentRun {
  private static final int DIMENSIONS = 2;
  private static final long BYTES_PER_POINT = 128; // and step: positions, updates, forces

  private final Sequence sequence;
  private final DynamicTsneParams params;
  private final CoupledDescent descent;

  private DynamicTsneRun(Sequence sequence, DynamicTsneParams params, CoupledDescent descent) {
    this.sequence = sequence;
    this.params = params;
    this.descent = descent;
  }

  static AlignmentRun start(
      Sequence sequence, DynamicTsneParams params, Workers workers, Progress progress) {
    TsneSteps.requireEnough(sequence, params.perplexity());
    List<Affinities> affinities =
        TsneSteps.affinities(sequence, params.perplexity(), params.seed(), workers, progress);
    float[][] initial = new float[sequence.steps()][];
    Arrays.fill(initial, TsneSteps.start(sequence, params.seed(), workers, progress));
    CoupledDescent descent =
        new CoupledDescent(
            affinities, initial, params.lambda(), settings(sequence.observations()), workers);
    return new DynamicTsneRun(sequence, params, descent);
  }

  private static DescentSettings settings(int observations) {
    Schedule schedule = Schedule.defaults();
    TsneForces forces = TsneForces.defaults();
    return new DescentSettings(
        schedule.exaggeration(),
        schedule.exaggerationIterations(),
        schedule.earlyMomentum(),
        schedule.lateMomentum(),
        LearningRate.auto().of(observations, schedule.exaggeration()),
        new ForceSettings(forces.repulsion(), forces.theta(), forces.degreesOfFreedom()));
  }

  static long bytesNeeded(Sequence sequence, DynamicTsneParams params) {
    long n = sequence.observations();
    long search = 0;
    for (int step = 0; step < sequence.steps(); step++) {
      search =
          Math.max(
              search, TsneSteps.searchBytes(n, sequence.step(step).cols(), params.perplexity()));
    }
    long each = TsneSteps.affinityBytes(n, params.perplexity()) + BYTES_PER_POINT * n;
    return sequence.steps() * each + search;
  }

  @Override
  public boolean done() {
    return descent.iteration() >= params.iterations();
  }

  @Override
  public int iteration() {
    return descent.iteration();
  }

  @Override
  public int iterations() {
    return params.iterations();
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      descent.step();
    }
  }

  @Override
  public LayoutSequence layouts() {
    return LayoutSequence.checked(
        sequence.steps(), sequence.observations(), DIMENSIONS, descent.positions());
  }

  /// {@return the sum of the steps' divergences and the penalty}
  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(descent.energy());
  }

  @Override
  public Map<String, Object> details() {
    return Map.of(
        "repulsion", descent.repulsion().word(),
        "divergence", descent.divergence(),
        "constantSteps", TsneSteps.constantSteps(sequence));
  }
}
