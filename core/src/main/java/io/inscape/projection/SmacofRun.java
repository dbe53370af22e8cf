package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.mds.Smacof;
import io.inscape.projection.params.SmacofParams;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Metric MDS as a run.
///
/// Ends at the last iteration, or when one lowers the stress by no more than the tolerance; the
/// number of iterations in all is then the number done.
final class SmacofRun implements ProjectionRun {
  private static final double FLAT = 1e-3; // noise on an axis without extent, of the mean distance

  private final SmacofParams params;
  private final Smacof smacof;
  private final int count;
  private int iteration;
  private boolean converged;

  private SmacofRun(SmacofParams params, Smacof smacof, int count) {
    this.params = params;
    this.smacof = smacof;
    this.count = count;
    converged = smacof.energy() == 0;
  }

  static SmacofRun start(Matrix data, SmacofParams params, Workers workers, Progress progress) {
    progress.report("distances", 0);
    Dissimilarities table = Dissimilarities.euclidean(data, workers);
    progress.report("start", 0);
    Layout classical = Layout.of(Pca.start(data, params.dimensions(), params.seed(), workers));
    return start(table, classical, params, workers, progress);
  }

  static SmacofRun start(
      Dissimilarities table, SmacofParams params, Workers workers, Progress progress) {
    progress.report("start", 0);
    Layout classical =
        ClassicalMds.withoutFlatAxes(
            ClassicalMds.of(table, params.dimensions(), params.seed(), workers),
            FLAT * table.rootMeanSquare(),
            params.seed());
    return start(table, classical, params, workers, progress);
  }

  private static SmacofRun start(
      Dissimilarities table,
      Layout classical,
      SmacofParams params,
      Workers workers,
      Progress progress) {
    double deviation = table.rootMeanSquare() / Math.sqrt(2.0 * params.dimensions());
    float[][] start = ClassicalMds.start(params.start(), classical, deviation, params.seed());
    Smacof smacof = Smacof.start(table, start, params.weights(), workers);
    progress.report("start", 1);
    return new SmacofRun(params, smacof, table.count());
  }

  @Override
  public boolean done() {
    return converged || iteration >= params.iterations();
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return converged ? iteration : params.iterations();
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      double before = smacof.energy();
      boolean fell = smacof.step();
      iteration++;
      converged = !fell || before - smacof.energy() <= params.tolerance() * before;
    }
  }

  @Override
  public Layout layout() {
    return Layout.of(Matrix.of(count, params.dimensions(), smacof.layout()));
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(smacof.energy());
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("weights", params.weights().name().toLowerCase(Locale.ROOT));
    details.put("converged", converged);
    details.put("stress", smacof.energy());
    details.put("stress1", smacof.stress1());
    return details;
  }
}
