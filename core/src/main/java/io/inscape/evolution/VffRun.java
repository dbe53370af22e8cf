package io.inscape.evolution;

import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.StepMethod;
import io.inscape.evolution.params.VffParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// Visual Feature Fusion as a run.
final class VffRun {
  private VffRun() {}

  static AlignmentRun start(
      Sequence sequence, VffParams params, Workers workers, Progress progress) {
    return IndependentRun.start(
        sequence,
        IndependentParams.defaults().withProjection(StepMethod.SMACOF),
        workers,
        progress);
  }

  static long bytesNeeded(Sequence sequence, VffParams params) {
    return 0;
  }
}
