package io.inscape.web.bring;

import io.inscape.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Paths in a staging area as a request names them: forward only, and the same on every system.
final class StagedPath {
  private static final int MOST_BYTES_OF_A_NAME = 255;
  private static final int MOST_FOLDERS = 32;
  private static final int MOST_BYTES = 2048;

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

  private StagedPath() {}

  /// Where a path leads.
  ///
  /// @param root the area's files
  /// @param text names separated by `/`
  /// @return a path below the root, which leads through no link
  /// @throws HttpError 400 if it is not plainly that
  static Path resolve(Path root, String text) {
    if (text.isEmpty() || bytes(text) > MOST_BYTES) {
      throw refused(text, "a path has 1 to " + MOST_BYTES + " bytes");
    }
    String[] names = text.split("/", -1);
    if (names.length > MOST_FOLDERS) {
      throw refused(text, "a path has at most " + MOST_FOLDERS + " names");
    }
    Path path = root;
    for (String name : names) {
      check(text, name);
      path = resolve(path, name, text);
      if (Files.isSymbolicLink(path)) {
        throw refused(text, "it leads through a link");
      }
    }
    if (!path.normalize().startsWith(root) || path.equals(root)) {
      throw refused(text, "it leads out of the area");
    }
    return path;
  }

  private static Path resolve(Path folder, String name, String text) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException _) { // this system knows no such names
      throw refused(text, "this system cannot name a file so");
    }
  }

  /// A path that is there.
  ///
  /// @param root the area's files
  /// @param text names separated by `/`, or `.` for all files
  /// @return the file or folder
  /// @throws HttpError 400 if there is none
  static Path existing(Path root, String text) {
    Path path = text.equals(".") ? root : resolve(root, text);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new HttpError(400, "nothing was uploaded as " + shown(text));
    }
    return path;
  }

  private static void check(String text, String name) {
    if (name.isEmpty()) {
      throw refused(text, "it must begin with a name, end with one and have one between each /");
    }
    if (name.equals(".") || name.equals("..")) {
      throw refused(text, "it must not hold " + name);
    }
    if (bytes(name) > MOST_BYTES_OF_A_NAME) {
      throw refused(text, "a name in it has " + bytes(name) + " bytes, at most 255 are possible");
    }
    if (name.contains(".tmp-")) { // what the study clears away as half written
      throw refused(text, "a name with \".tmp-\" in it is kept for files that are being written");
    }
    boolean blankEnd = name.endsWith(" ") || name.endsWith(".") || name.startsWith(" ");
    if (blankEnd) { // some systems drop these, and two names would become one
      throw refused(text, "a name must not begin with a space or end with a space or a dot");
    }
    if (DRIVE.matcher(name).lookingAt()) {
      throw refused(text, "it must not name a drive");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i)) || name.charAt(i) == '\\') {
        throw refused(text, "names are separated by / and hold no backslash or control character");
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static HttpError refused(String text, String why) {
    return new HttpError(
        400,
        "the path "
            + shown(text)
            + " is not possible: "
            + why
            + "; such as models/epoch-1.onnx is");
  }

  /// What a stranger sent, short and without control characters.
  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return '"' + (clean.length() > 100 ? clean.substring(0, 100) + "..." : clean) + '"';
  }
}
