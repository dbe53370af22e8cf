package io.inscape.cli;

import io.inscape.parameter.ParameterField;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.ProjectionParams;
import io.inscape.projection.Projections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--method` and the options of every method, made from the methods' own records.
///
/// An option of several methods (such as the seed) is one flag; one that the chosen method does not
/// have is refused.
final class MethodOptions {
  private MethodOptions() {}

  /// Adds the flags to a command.
  static void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("--method")
            .type(String.class)
            .paramLabel(names("|"))
            .defaultValue(Projections.methods().getFirst().name())
            .description("How to project. Default: ${DEFAULT-VALUE}.")
            .build());
    Map<String, ParameterField> fields = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    for (ProjectionMethod method : Projections.methods()) {
      for (ParameterField field : method.parameters()) {
        fields.putIfAbsent(field.name(), field);
        owners.merge(field.name(), method.title(), (one, other) -> one + ", " + other);
      }
    }
    fields.forEach((name, field) ->
        command.addOption(
            OptionSpec.builder(flag(name))
                .type(String.class)
                .paramLabel(label(field))
                .description(
                    owners.get(name)
                        + ": "
                        + field.text().replace("%", "%%")
                        + " Default: "
                        + field.defaultValue()
                        + ".")
                .build()));
  }

  /// The parameters that a command line asks for.
  static ProjectionParams read(ParseResult parsed) {
    ProjectionMethod method =
        Projections.method(
            parsed.matchedOptionValue("--method", Projections.methods().getFirst().name()));
    List<String> known = method.parameters().stream().map(ParameterField::name).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    for (ProjectionMethod other : Projections.methods()) {
      for (ParameterField field : other.parameters()) {
        String typed = parsed.matchedOptionValue(flag(field.name()), (String) null);
        if (typed != null && !known.contains(field.name())) {
          throw new IllegalArgumentException(
              flag(field.name())
                  + " is an option of "
                  + other.title()
                  + ", not of "
                  + method.title());
        }
        if (typed != null) {
          values.put(field.name(), field.parse(typed));
        }
      }
    }
    return method.params(values);
  }

  /// `schedule.exaggerationIterations` is `--schedule-exaggeration-iterations`.
  static String flag(String name) {
    return "--"
        + name.replace('.', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String label(ParameterField field) {
    return switch (field.kind()) {
      case INTEGER -> "N";
      case NUMBER -> "X";
      case BOOLEAN -> "true|false";
      case CHOICE -> String.join("|", field.choices());
      case TEXT -> "TEXT";
      case AUTO_OR_NUMBER -> "auto|X";
      case INTEGERS -> "N,N,...";
      case NUMBERS -> "X,X,...";
    };
  }

  private static String names(String separator) {
    return Projections.methods().stream()
        .map(ProjectionMethod::name)
        .collect(Collectors.joining(separator));
  }
}
