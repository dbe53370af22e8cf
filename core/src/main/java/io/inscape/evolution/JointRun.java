package io.inscape.evolution;

import io.inscape.evolution.params.IndependentParams;
import io.inscape.evolution.params.JointParams;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;

/// The run of method `joint`.
final class JointRun {
  private JointRun() {}

  static AlignmentRun start(
      Sequence sequence, JointParams params, Workers workers, Progress progress) {
    return IndependentRun.start(
        sequence, (IndependentParams) Alignments.unaligned(params), workers, progress);
  }

  static long bytesNeeded(Sequence sequence, JointParams params) {
    return 0;
  }
}
