package io.inscape.cli.option;

import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of one parameter record as flags.
public final class RecordOptions {
  private RecordOptions() {}

  /// Adds the flags to a command.
  ///
  /// @param command gets the flags
  /// @param type a parameter record
  public static void addTo(CommandSpec command, Class<? extends Record> type) {
    addTo(command, type, "");
  }

  /// Adds the flags to a command that has others of the same names.
  ///
  /// @param command gets the flags
  /// @param type a parameter record
  /// @param prefix before each name, such as `bundle.`
  public static void addTo(CommandSpec command, Class<? extends Record> type, String prefix) {
    for (ParameterField field : Parameters.describe(type)) {
      command.addOption(
          OptionSpec.builder(MethodOptions.flag(prefix + field.name()))
              .type(String.class)
              .paramLabel(MethodOptions.label(field))
              .description(
                  (field.text() + " Default: " + field.defaultValue() + ".").replace("%", "%%"))
              .build());
    }
  }

  /// The record that a command line asks for.
  ///
  /// @param <R> the record
  /// @param parsed the command line
  /// @param type a parameter record
  /// @return the record; what was not typed has its default
  /// @throws IllegalArgumentException if a value is of another type or out of range
  public static <R extends Record> R read(ParseResult parsed, Class<R> type) {
    return Parameters.fromMap(type, typed(parsed, type, ""));
  }

  /// What was typed, by the names of the record's options.
  ///
  /// @param parsed the command line
  /// @param type a parameter record
  /// @param prefix as in [#addTo(CommandSpec, Class, String)]
  /// @return values by option name
  /// @throws IllegalArgumentException if a value is of another type
  public static Map<String, Object> typed(
      ParseResult parsed, Class<? extends Record> type, String prefix) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParameterField field : Parameters.describe(type)) {
      String flag = MethodOptions.flag(prefix + field.name());
      String typed = parsed.matchedOptionValue(flag, (String) null);
      if (typed != null) {
        values.put(field.name(), field.parse(typed));
      }
    }
    return values;
  }
}
