package io.inscape.study.file;

/// What a person can put right about a study folder, said in one sentence: what, constraint, actual
/// value, hint.
public final class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// An exception of one kind.
  ///
  /// @param kind what went wrong, for whoever has to choose an exit code or an HTTP status
  /// @param message the sentence a person reads
  public StudyException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// An exception of one kind, with what caused it.
  ///
  /// @param kind what went wrong
  /// @param message the sentence a person reads
  /// @param cause where it was noticed
  public StudyException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// {@return what went wrong}
  public Kind kind() {
    return kind;
  }

  /// What can be wrong.
  public enum Kind {
    /// Another process writes to the study.
    IN_USE,
    /// The folder was written in a format that this version does not read.
    OTHER_VERSION,
    /// There is no study in the folder.
    NO_STUDY,
    /// There is one already.
    EXISTS,
    /// A file is not what was written.
    DAMAGED,
    /// The disk is full, or refuses to be written.
    DISK,
    /// The study was opened for reading only.
    READ_ONLY,
    /// A run of that name was trained with other parameters, or the data set has changed.
    OTHER_PARAMETERS,
    /// A run, epoch, layer, result or job that does not exist.
    UNKNOWN,
    /// A snapshot that is planned but not trained yet.
    NOT_YET,
    /// More jobs wait than the queue takes.
    QUEUE_FULL
  }
}
