package io.inscape.parameter;

import java.util.List;

/// One option as a face shows it.
///
/// @param name the component's name; of a nested record's component with the outer name before it,
///   `schedule.exaggeration`
/// @param kind what values it takes
/// @param defaultValue the value when nothing is said: Integer, Long, Double, Boolean, String (a
///   choice, a text or `auto`) or a List of numbers
/// @param min the least value allowed, or negative infinity
/// @param max the greatest value allowed, or positive infinity
/// @param minExclusive whether `min` itself is excluded
/// @param maxExclusive whether `max` itself is excluded
/// @param text what the option does, in one sentence
/// @param unit the unit, or empty
/// @param choices the values of a choice in order; empty for every other kind
public record ParameterField(
    String name,
    Kind kind,
    Object defaultValue,
    double min,
    double max,
    boolean minExclusive,
    boolean maxExclusive,
    String text,
    String unit,
    List<String> choices) {

  /// What values an option takes.
  public enum Kind {
    /// A whole number.
    INTEGER("integer"),
    /// A finite number.
    NUMBER("number"),
    /// True or false.
    BOOLEAN("boolean"),
    /// One of a few words.
    CHOICE("choice"),
    /// Any text.
    TEXT("text"),
    /// The word `auto`, or a number.
    AUTO_OR_NUMBER("autoOrNumber"),
    /// A list of whole numbers.
    INTEGERS("integers"),
    /// A list of numbers.
    NUMBERS("numbers");

    private final String json;

    Kind(String json) {
      this.json = json;
    }

    /// {@return the kind's name in JSON, such as `autoOrNumber`}
    public String json() {
      return json;
    }
  }

  /// Copies the choices.
  public ParameterField {
    choices = List.copyOf(choices);
  }

  /// Reads a value as a person types it on a command line.
  ///
  /// @param typed such as `30`, `true`, `auto`, or `0,1,5` for a list
  /// @return the value for [Parameters#fromMap]; its range is checked there
  /// @throws IllegalArgumentException if it is no value of this kind
  public Object parse(String typed) {
    return Values.parse(this, typed);
  }
}
