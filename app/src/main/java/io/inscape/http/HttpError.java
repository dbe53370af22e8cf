package io.inscape.http;

/// An answer that is an error: its status and one sentence for the person who asked.
public final class HttpError extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;

  /// An error.
  ///
  /// @param status of HTTP, from 400 to 599
  /// @param message one sentence: what is wrong, and what to do
  public HttpError(int status, String message) {
    super(message);
    this.status = status;
  }

  /// {@return the status of HTTP}
  public int status() {
    return status;
  }

  /// {@return the sentence}
  public String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
