package io.inscape.study.file;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads epochs from the names that people give to files and folders.
public final class EpochNames {
  /// The last number of a name, not that of a decimal fraction or version such as 0.93 or v2.1.
  private static final Pattern NUMBER =
      Pattern.compile("(?<![.\\d])(?<!(?:^|[^A-Za-z])[vV])(\\d{1,9})(?!\\.?\\d)");

  /// What people write before an epoch counts first, wherever it stands.
  private static final Pattern NAMED =
      Pattern.compile("(?:epoch|ep|e|step)[-_= ]?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  private EpochNames() {}

  /// The epoch that a name tells: the number after `epoch`, `ep`, `e` or `step`, or else the last
  /// whole number in it.
  ///
  /// @param stem a file's or folder's name without an ending
  /// @return the epoch, if there is one
  public static OptionalInt epoch(String stem) {
    Matcher named = NAMED.matcher(stem);
    if (named.find()) {
      return OptionalInt.of(Integer.parseInt(named.group(1)));
    }
    Matcher number = NUMBER.matcher(stem);
    OptionalInt last = OptionalInt.empty();
    while (number.find()) {
      last = OptionalInt.of(Integer.parseInt(number.group(1)));
    }
    return last;
  }
}
