package io.inscape.study.pack;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which names a packed file may give: those that stay below the folder on every system, and do not
/// meet each other on any.
final class PackNames {
  private static final int LONGEST = 1024;
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\:*?\"<>|]");
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private final Set<String> taken = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  /// Why a name is refused; null where it is not.
  @Nullable String refused(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return "a name of " + name.length() + " characters";
    }
    if (name.startsWith("/")) {
      return "an absolute name";
    }
    if (FORBIDDEN.matcher(name).find()) {
      return "a name with a character that some system gives a meaning to";
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return "a name that leads elsewhere";
      }
      if (part.endsWith(".") || part.endsWith(" ") || DEVICE.matcher(part).matches()) {
        return "a name that some system takes for another";
      }
    }
    return meets(name);
  }

  private @Nullable String meets(String name) {
    String plain = plain(name);
    if (!taken.add(plain) || folders.contains(plain)) {
      return "a name that another file has already, but for the case";
    }
    for (int at = plain.indexOf('/'); at >= 0; at = plain.indexOf('/', at + 1)) {
      String folder = plain.substring(0, at);
      if (taken.contains(folder)) {
        return "a file in what is a file itself";
      }
      folders.add(folder);
    }
    return null;
  }

  /// Systems that do not tell cases apart do not tell compositions apart either.
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
