package io.inscape.projection;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.mds.Dissimilarities;
import io.inscape.projection.params.MdsParams;
import java.util.Map;
import java.util.OptionalDouble;

/// Classical MDS as a run: done once started.
final class ClassicalMdsRun implements ProjectionRun {
  private final Layout layout;
  private final String way;

  private ClassicalMdsRun(Layout layout, String way) {
    this.layout = layout;
    this.way = way;
  }

  static ClassicalMdsRun start(Matrix data, MdsParams params, Workers workers, Progress progress) {
    progress.report("start", 0);
    Layout layout = ClassicalMds.of(data, params.dimensions(), params.seed(), workers);
    progress.report("start", 1);
    return new ClassicalMdsRun(layout, "principal components");
  }

  static ClassicalMdsRun start(
      Dissimilarities table, MdsParams params, Workers workers, Progress progress) {
    progress.report("start", 0);
    Layout layout = ClassicalMds.of(table, params.dimensions(), params.seed(), workers);
    progress.report("start", 1);
    return new ClassicalMdsRun(layout, "scalar products");
  }

  @Override
  public boolean done() {
    return true;
  }

  @Override
  public int iteration() {
    return 0;
  }

  @Override
  public int iterations() {
    return 0;
  }

  @Override
  public void step(int iterations) {}

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public OptionalDouble energy() {
    return OptionalDouble.empty();
  }

  @Override
  public Map<String, Object> details() {
    return Map.of("way", way);
  }
}
