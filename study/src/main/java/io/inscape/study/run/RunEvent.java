package io.inscape.study.run;

/// What happens to the runs of a study.
public sealed interface RunEvent {
  /// A run began, kept an epoch, or changed its state.
  ///
  /// @param run as it is now
  record Changed(RunInfo run) implements RunEvent {}

  /// A run is being trained; at most four times a second.
  ///
  /// @param progress how far it is
  record Progressed(TrainingProgress progress) implements RunEvent {}
}
