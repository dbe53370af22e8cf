package io.inscape.study.analysis;

/// Where a job stands.
public enum JobState {
  /// It waits for its turn.
  QUEUED,
  /// It computes.
  RUNNING,
  /// It holds what it has, and others may compute meanwhile.
  PAUSED,
  /// Its result is kept.
  DONE,
  /// It could not be computed; the job's error says why.
  FAILED,
  /// Somebody ended it.
  CANCELLED;

  /// {@return whether nothing follows}
  public boolean ended() {
    return switch (this) {
      case QUEUED, RUNNING, PAUSED -> false;
      case DONE, FAILED, CANCELLED -> true;
    };
  }
}
