package io.inscape.evolution;

import io.inscape.evolution.params.ChainedParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// The run of method `chained`.
final class ChainedRun {
  private ChainedRun() {}

  static AlignmentRun start(
      Sequence sequence, ChainedParams params, Workers workers, Progress progress) {
    return IndependentRun.start(
        sequence, (IndependentParams) Alignments.unaligned(params), workers, progress);
  }

  static long bytesNeeded(Sequence sequence, ChainedParams params) {
    return 0;
  }
}
