package io.inscape.http;

import io.javalin.http.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what a request asks for, and refuses what it cannot mean.
public final class Requests {
  private Requests() {}

  /// An epoch as it stands in an address.
  ///
  /// @param text the part of the address
  /// @return the epoch
  /// @throws HttpError 400 if it is no whole number
  public static int epoch(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new HttpError(400, "an epoch is a whole number, got \"" + text + "\"");
    }
  }

  /// A whole number in the query.
  ///
  /// @param context the request
  /// @param name of the variable
  /// @param missing what it is where it is not there
  /// @return the number
  /// @throws IllegalArgumentException if it is no whole number
  public static int index(Context context, String name, int missing) {
    String text = blankIsNull(context.queryParam(name));
    return text == null ? missing : index(name, text);
  }

  /// Whole numbers in the query, separated by commas.
  ///
  /// @param context the request
  /// @param name of the variable
  /// @param most how many there may be
  /// @return the numbers, at least one
  /// @throws IllegalArgumentException if there are none or too many, or one is no whole number
  public static int[] indices(Context context, String name, int most) {
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
  ///
  /// @param context the request
  /// @param name of the variable
  /// @param missing what it is where it is not there
  /// @return the number
  /// @throws IllegalArgumentException if it is no number
  public static double number(Context context, String name, double missing) {
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

  /// A text that says something.
  ///
  /// @param text a variable of the query, null where it is not there
  /// @return the text; null where it is blank
  public static @Nullable String blankIsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
