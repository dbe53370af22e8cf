package io.inscape.web;

import io.javalin.http.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what a request asks for, and refuses what it cannot mean.
final class Requests {
  private Requests() {}

  /// An epoch as it stands in an address.
  static int epoch(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new HttpError(400, "an epoch is a whole number, got \"" + text + "\"");
    }
  }

  /// A whole number in the query.
  static int index(Context context, String name, int missing) {
    String text = blankIsNull(context.queryParam(name));
    return text == null ? missing : index(name, text);
  }

  /// Whole numbers in the query, separated by commas.
  static int[] indices(Context context, String name, int most) {
    String text = blankIsNull(context.queryParam(name));
    if (text == null) {
      throw new IllegalArgumentException(name + " must be numbers such as 0,405, got none");
    }
    String[] parts = text.split(",", -1);
    if (parts.length > most) {
      throw new IllegalArgumentException(
          name + " must be at most " + most + " numbers, got " + parts.length);
    }
    return Arrays.stream(parts).mapToInt(part -> index(name, part.strip())).toArray();
  }

  /// A number in the query.
  static double number(Context context, String name, double missing) {
    String text = blankIsNull(context.queryParam(name));
    try {
      return text == null ? missing : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(name + " must be a number, got \"" + text + "\"");
    }
  }

  private static int index(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(name + " takes whole numbers, got \"" + text + "\"");
    }
  }

  static @Nullable String blankIsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
