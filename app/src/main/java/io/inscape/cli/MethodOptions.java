package io.inscape.cli;

import io.inscape.parameter.ParameterField;
import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<String, List<Owned>> flags = new LinkedHashMap<>();
    for (ProjectionMethod method : Projections.methods()) {
      for (ParameterField field : method.parameters()) {
        flags
            .computeIfAbsent(flag(field.name()), _ -> new ArrayList<>())
            .add(new Owned(method, field));
      }
    }
    flags.forEach((flag, owned) ->
        command.addOption(
            OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(label(owned))
                .description(description(owned).replace("%", "%%"))
                .build()));
  }

  /// An option and the method that has it.
  private record Owned(ProjectionMethod method, ParameterField field) {
    /// What the option is, without whose.
    String text() {
      return field.text() + " Default: " + field.defaultValue() + ".";
    }
  }

  /// `t-SNE, UMAP: what it does. Default: 30.`, once for each meaning.
  private static String description(List<Owned> owned) {
    Map<String, String> methods = new LinkedHashMap<>();
    for (Owned one : owned) {
      methods.merge(one.text(), one.method().title(), (some, more) -> some + ", " + more);
    }
    return methods.entrySet().stream()
        .map(entry -> entry.getValue() + ": " + entry.getKey())
        .collect(Collectors.joining(" "));
  }

  private static String label(List<Owned> owned) {
    return owned.stream()
        .flatMap(one -> Stream.of(label(one.field()).split("\\|", -1)))
        .distinct()
        .collect(Collectors.joining("|"));
  }

  /// The parameters that a command line asks for.
  static ProjectionParams read(ParseResult parsed) {
    ProjectionMethod method =
        Projections.method(
            parsed.matchedOptionValue("--method", Projections.methods().getFirst().name()));
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParameterField field : method.parameters()) {
      String typed = parsed.matchedOptionValue(flag(field.name()), (String) null);
      if (typed != null) {
        values.put(field.name(), field.parse(typed));
      }
    }
    requireKnown(parsed, method);
    return method.params(values);
  }

  private static void requireKnown(ParseResult parsed, ProjectionMethod method) {
    List<String> known = method.parameters().stream().map(field -> flag(field.name())).toList();
    for (ProjectionMethod other : Projections.methods()) {
      for (ParameterField field : other.parameters()) {
        String flag = flag(field.name());
        if (!known.contains(flag) && parsed.hasMatchedOption(flag)) {
          throw new IllegalArgumentException(
              flag + " is an option of " + other.title() + ", not of " + method.title());
        }
      }
    }
  }

  /// `schedule.exaggerationIterations` is `--schedule-exaggeration-iterations`.
  static String flag(String name) {
    return "--"
        + name.replace('.', '-').replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  static String label(ParameterField field) {
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
