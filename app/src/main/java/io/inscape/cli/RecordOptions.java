package io.inscape.cli;

import io.inscape.parameter.ParameterField;
import io.inscape.parameter.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of one parameter record as flags.
final class RecordOptions {
  private RecordOptions() {}

  /// Adds the flags to a command.
  static void addTo(CommandSpec command, Class<? extends Record> type) {
    for (ParameterField field : Parameters.describe(type)) {
      command.addOption(
          OptionSpec.builder(MethodOptions.flag(field.name()))
              .type(String.class)
              .paramLabel(MethodOptions.label(field))
              .description(
                  (field.text() + " Default: " + field.defaultValue() + ".").replace("%", "%%"))
              .build());
    }
  }

  /// The record that a command line asks for.
  static <R extends Record> R read(ParseResult parsed, Class<R> type) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParameterField field : Parameters.describe(type)) {
      String typed = parsed.matchedOptionValue(MethodOptions.flag(field.name()), (String) null);
      if (typed != null) {
        values.put(field.name(), field.parse(typed));
      }
    }
    return Parameters.fromMap(type, values);
  }
}
