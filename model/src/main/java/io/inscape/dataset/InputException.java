package io.inscape.dataset;

import java.io.IOException;

/// Says in one sentence what is wrong with a file or folder that a person gave: where, what was
/// found, what was expected, and what to do about it.
public abstract sealed class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final String position;
  private final String found;
  private final String expected;

  private InputException(
      String path, String position, String found, String expected, String message) {
    super(message);
    this.path = path;
    this.position = position;
    this.found = found;
    this.expected = expected;
  }

  /// A file or folder that is not there or cannot be read.
  ///
  /// @param path the file or folder
  /// @param expected what should have been there
  /// @param hint what to do, without a full stop
  /// @return the exception, to be thrown
  public static InputException missing(String path, String expected, String hint) {
    return new Missing(path, expected, path + ": not found, expected " + expected + "; " + hint);
  }

  /// Content that breaks the rules of its format.
  ///
  /// @param path the file
  /// @param position where in the file, such as `byte 4` or `node 'relu1'`
  /// @param found what is there
  /// @param expected what should be there
  /// @param hint what to do, without a full stop
  /// @return the exception, to be thrown
  public static InputException malformed(
      String path, String position, String found, String expected, String hint) {
    String message = sentence(path, position, found, expected, hint);
    return new Malformed(path, position, found, expected, message);
  }

  /// Content that is well-formed but that Inscape cannot work with.
  ///
  /// @param path the file
  /// @param position where in the file, such as `node 'x'`
  /// @param found what is there
  /// @param expected what works
  /// @param hint what to do, without a full stop
  /// @return the exception, to be thrown
  public static InputException unsupported(
      String path, String position, String found, String expected, String hint) {
    String message = sentence(path, position, found, expected, hint);
    return new Unsupported(path, position, found, expected, message);
  }

  /// A file that the system refused to read or write: a full disk, a missing right.
  ///
  /// @param path the file
  /// @param action what was tried, such as `write`
  /// @param cause the system's refusal
  /// @return the exception, to be thrown
  public static InputException refused(String path, String action, IOException cause) {
    return new Refused(path, action, cause);
  }

  private static String sentence(
      String path, String position, String found, String expected, String hint) {
    return path
        + ": found "
        + found
        + " at "
        + position
        + ", expected "
        + expected
        + (hint.isEmpty() ? "" : "; " + hint);
  }

  /// {@return the file or folder that is wrong}
  public String path() {
    return path;
  }

  /// {@return where in the file, such as `byte 4`; empty when it is the file itself}
  public String position() {
    return position;
  }

  /// {@return what is there}
  public String found() {
    return found;
  }

  /// {@return what should be there}
  public String expected() {
    return expected;
  }

  /// A file or folder that is not there.
  public static final class Missing extends InputException {
    private static final long serialVersionUID = 1;

    private Missing(String path, String expected, String message) {
      super(path, "", "nothing", expected, message);
    }
  }

  /// Content that breaks the rules of its format.
  public static final class Malformed extends InputException {
    private static final long serialVersionUID = 1;

    private Malformed(String path, String position, String found, String expected, String message) {
      super(path, position, found, expected, message);
    }
  }

  /// Content that is well-formed but that Inscape cannot work with.
  public static final class Unsupported extends InputException {
    private static final long serialVersionUID = 1;

    private Unsupported(
        String path, String position, String found, String expected, String message) {
      super(path, position, found, expected, message);
    }
  }

  /// A file that the system refused to read or write.
  public static final class Refused extends InputException {
    private static final long serialVersionUID = 1;

    private Refused(String path, String action, IOException cause) {
      super(path, "", reason(cause), "to " + action + " it", message(path, action, cause));
      initCause(cause);
    }

    private static String message(String path, String action, IOException cause) {
      return path
          + ": could not "
          + action
          + " it ("
          + reason(cause)
          + "); check the free space and the rights there and start again, what is complete is kept";
    }

    private static String reason(IOException cause) {
      String message = cause.getMessage();
      return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
  }
}
