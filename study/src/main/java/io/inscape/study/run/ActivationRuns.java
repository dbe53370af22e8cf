package io.inscape.study.run;

import io.inscape.study.outside.OutsideRun;
import java.util.List;
import java.util.Optional;

/// Activations that were made elsewhere, on their way into a study.
///
/// @param folder as the study names it: absolute, or relative to the study
/// @param runs found there
/// @param sample the observations that the study looks at; copied in and out
/// @param classes how many classes the observations have; 0 for none
/// @param more whether epochs will follow
/// @param recorded the only run that they follow in, and that is surely looked after; empty for all
@SuppressWarnings("ArrayRecordComponent") // copied in, copied out
public record ActivationRuns(
    String folder,
    List<OutsideRun> runs,
    int[] sample,
    int classes,
    boolean more,
    Optional<String> recorded) {
  /// Copies the collections.
  public ActivationRuns {
    runs = List.copyOf(runs);
    sample = sample.clone();
  }

  /// Where a run stands once it is taken in.
  RunState state(String run) {
    if (recorded.isPresent() && !recorded.get().equals(run)) {
      return RunState.INTERRUPTED; // nobody records it any more
    }
    return more ? RunState.TRAINING : RunState.COMPLETE;
  }

  /// {@return a copy of the observations that the study looks at}
  @Override
  public int[] sample() {
    return sample.clone();
  }
}
