package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.StochasticMds;
import io.inscape.projection.params.StochasticMdsParams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Stochastic MDS as a run.
final class StochasticMdsRun implements ProjectionRun {
  private final StochasticMdsParams params;
  private final StochasticMds descent;
  private final int count;
  private int iteration;

  private StochasticMdsRun(StochasticMdsParams params, StochasticMds descent, int count) {
    this.params = params;
    this.descent = descent;
    this.count = count;
  }

  static StochasticMdsRun start(
      Matrix data, StochasticMdsParams params, Workers workers, Progress progress) {
    progress.report("start", 0);
    Layout classical = Layout.of(Pca.start(data, params.dimensions(), params.seed(), workers));
    double deviation = StochasticMds.deviation(data) / Math.sqrt(params.dimensions());
    float[][] start = ClassicalMds.start(params.start(), classical, deviation, params.seed());
    StochasticMds descent =
        StochasticMds.start(data, start, params.iterations(), params.seed(), workers);
    progress.report("start", 1);
    return new StochasticMdsRun(params, descent, data.rows());
  }

  @Override
  public boolean done() {
    return iteration >= params.iterations();
  }

  @Override
  public int iteration() {
    return iteration;
  }

  @Override
  public int iterations() {
    return params.iterations();
  }

  @Override
  public void step(int iterations) {
    for (int step = 0; step < iterations && !done(); step++) {
      descent.step();
      iteration++;
    }
  }

  @Override
  public Layout layout() {
    return Layout.of(Matrix.of(count, params.dimensions(), descent.layout()));
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.of(descent.energy());
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("stress", descent.energy());
    details.put("stress1", descent.stress1());
    details.put("stressMeasuredOn", descent.measuredOn());
    return details;
  }
}
