package io.inscape.projection;

import io.inscape.matrix.Progress;
import java.util.OptionalDouble;

/// PCA as a run: done once started.
final class PcaRun implements ProjectionRun {
  private final Layout layout;

  PcaRun(Pca pca, Progress progress) {
    layout = Layout.of(pca.scores());
    progress.report("principal components", 1);
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
}
