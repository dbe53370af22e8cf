package io.inscape.study.run;

/// Where a run stands.
public enum RunState {
  /// It is being trained.
  TRAINING,
  /// All planned epochs are there.
  COMPLETE,
  /// It stopped before its last epoch and can go on.
  INTERRUPTED,
  /// It could not go on; the run's error says why.
  FAILED
}
