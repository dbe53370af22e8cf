package io.inscape.dataset.table;

import java.util.Set;

/// One row of a table while it passes by: valid until the next one comes.
public interface Row {
  /// What people write where they have no value.
  Set<String> NOTHING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

  /// {@return where it is, such as `line 7`}
  String place();

  /// A field as a number.
  ///
  /// @param column which one, in `[0, columns)`
  /// @return the number, infinite where the field says so or is beyond 64-bit numbers; NaN where it
  ///   is none
  double number(int column);

  /// A field as it stands there.
  ///
  /// @param column which one, in `[0, columns)`
  /// @return its text, without spaces around it; empty where nothing is there
  String text(int column);

  /// {@return whether nothing is there, or one of the words for it, such as `NA`}
  ///
  /// @param column which one, in `[0, columns)`
  default boolean missing(int column) {
    String text = text(column);
    return text.length() <= 4 && NOTHING.contains(text.toLowerCase(java.util.Locale.ROOT));
  }
}
