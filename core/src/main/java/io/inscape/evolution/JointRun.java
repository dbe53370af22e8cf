package io.inscape.evolution;

import io.inscape.evolution.params.JointParams;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.projection.params.TsneParams;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// One t-SNE of all observations at all steps: rows of the same space, so a step's neighbours may
/// be of other steps.
final class JointRun implements AlignmentRun {
  private static final long BYTES_PER_POINT = 96;

  private final Sequence sequence;
  private final ProjectionRun run;

  private JointRun(Sequence sequence, ProjectionRun run) {
    this.sequence = sequence;
    this.run = run;
  }

  static AlignmentRun start(
      Sequence sequence, JointParams params, Workers workers, Progress progress) {
    requireSameWidth(sequence);
    TsneParams tsne =
        TsneParams.defaults()
            .withPerplexity(params.perplexity())
            .withIterations(params.iterations())
            .withSeed(params.seed());
    return new JointRun(sequence, Projections.start(stacked(sequence), tsne, workers, progress));
  }

  private static void requireSameWidth(Sequence sequence) {
    int first = sequence.step(0).cols();
    for (int step = 1; step < sequence.steps(); step++) {
      int cols = sequence.step(step).cols();
      if (cols != first) {
        throw new IllegalArgumentException(
            "joint t-SNE needs steps of one width, but "
                + sequence.label(0)
                + " has "
                + first
                + " columns and "
                + sequence.label(step)
                + " has "
                + cols
                + "; take dtsne, chained or vff instead");
      }
    }
  }

  private static Matrix stacked(Sequence sequence) {
    int cols = sequence.step(0).cols();
    long rows = (long) sequence.steps() * sequence.observations();
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "joint t-SNE of "
              + sequence.steps()
              + " steps of "
              + sequence.observations()
              + " observations would be "
              + rows
              + " rows and at most "
              + Integer.MAX_VALUE
              + " fit; take fewer steps or observations");
    }
    return Matrix.filled(
        (int) rows,
        cols,
        target -> {
          for (int row = 0; row < rows; row++) {
            sequence
                .step(row / sequence.observations())
                .copyRow(row % sequence.observations(), target, row * cols);
          }
        });
  }

  static long bytesNeeded(Sequence sequence, JointParams params) {
    long rows = (long) sequence.steps() * sequence.observations();
    long cols = sequence.step(0).cols();
    return 4 * rows * cols
        + TsneSteps.searchBytes(rows, cols, params.perplexity())
        + TsneSteps.affinityBytes(rows, params.perplexity())
        + BYTES_PER_POINT * rows;
  }

  @Override
  public boolean done() {
    return run.done();
  }

  @Override
  public int iteration() {
    return run.iteration();
  }

  @Override
  public int iterations() {
    return run.iterations();
  }

  @Override
  public void step(int iterations) {
    run.step(iterations);
  }

  @Override
  public LayoutSequence layouts() {
    return LayoutSequence.checked(
        sequence.steps(), sequence.observations(), 2, run.layout().toArray());
  }

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
