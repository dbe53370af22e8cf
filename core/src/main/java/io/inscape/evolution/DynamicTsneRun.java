package io.inscape.evolution;

import io.inscape.evolution.params.DynamicTsneParams;
import io.inscape.evolution.params.IndependentParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// The run of method `dtsne`.
final class DynamicTsneRun {
  private DynamicTsneRun() {}

  static AlignmentRun start(
      Sequence sequence, DynamicTsneParams params, Workers workers, Progress progress) {
    return IndependentRun.start(
        sequence, (IndependentParams) Alignments.unaligned(params), workers, progress);
  }

  static long bytesNeeded(Sequence sequence, DynamicTsneParams params) {
    return 0;
  }
}
