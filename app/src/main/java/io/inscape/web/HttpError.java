package io.inscape.web;

/// An answer that is an error: its status and one sentence for the person who asked.
final class HttpError extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;

  HttpError(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /// The sentence.
  String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
