package io.inscape.cli.option;

import io.inscape.evolution.AlignmentMethod;
import io.inscape.evolution.Alignments;
import io.inscape.evolution.params.AlignmentParams;
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
public final class MethodOptions {
  private final String text;
  private final List<Method> methods;

  private MethodOptions(String text, List<Method> methods) {
    this.text = text;
    this.methods = List.copyOf(methods);
  }

  /// A method with its options.
  private record Method(String name, String title, List<ParameterField> parameters) {}

  /// {@return the methods that project one matrix}
  public static MethodOptions ofProjections() {
    return new MethodOptions(
        "How to project.",
        Projections.methods().stream()
            .map(method -> new Method(method.name(), method.title(), method.parameters()))
            .toList());
  }

  /// {@return the methods that lay out a sequence}
  public static MethodOptions ofAlignments() {
    return new MethodOptions(
        "How to lay out the steps.",
        Alignments.methods().stream()
            .map(method -> new Method(method.name(), method.title(), method.parameters()))
            .toList());
  }

  /// Adds the flags to a command.
  ///
  /// @param command gets the flags
  public void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("--method")
            .type(String.class)
            .paramLabel(methods.stream().map(Method::name).collect(Collectors.joining("|")))
            .defaultValue(methods.getFirst().name())
            .description(text + " Default: ${DEFAULT-VALUE}.")
            .build());
    Map<String, List<Owned>> flags = new LinkedHashMap<>();
    for (Method method : methods) {
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
  private record Owned(Method method, ParameterField field) {
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

  /// The projection that a command line asks for.
  ///
  /// @param parsed the command line
  /// @return its parameters
  /// @throws IllegalArgumentException if the method or a value is none, or the method has no such
  ///   option
  public static ProjectionParams projection(ParseResult parsed) {
    MethodOptions options = ofProjections();
    ProjectionMethod method = Projections.method(options.chosen(parsed));
    return method.params(options.values(parsed, method.name()));
  }

  /// The way to lay out a sequence that a command line asks for.
  ///
  /// @param parsed the command line
  /// @return its parameters
  /// @throws IllegalArgumentException if the method or a value is none, or the method has no such
  ///   option
  public static AlignmentParams alignment(ParseResult parsed) {
    MethodOptions options = ofAlignments();
    AlignmentMethod method = Alignments.method(options.chosen(parsed));
    return method.params(options.values(parsed, method.name()));
  }

  private String chosen(ParseResult parsed) {
    return parsed.matchedOptionValue("--method", methods.getFirst().name());
  }

  /// What was typed for a method, by the names of its options.
  private Map<String, Object> values(ParseResult parsed, String name) {
    Method method =
        methods.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    Map<String, Object> values = new LinkedHashMap<>();
    for (ParameterField field : method.parameters()) {
      String typed = parsed.matchedOptionValue(flag(field.name()), (String) null);
      if (typed != null) {
        values.put(field.name(), field.parse(typed));
      }
    }
    requireKnown(parsed, method);
    return values;
  }

  private void requireKnown(ParseResult parsed, Method method) {
    List<String> known = method.parameters().stream().map(field -> flag(field.name())).toList();
    for (Method other : methods) {
      for (ParameterField field : other.parameters()) {
        String flag = flag(field.name());
        if (!known.contains(flag) && parsed.hasMatchedOption(flag)) {
          throw new IllegalArgumentException(
              flag + " is an option of " + other.title() + ", not of " + method.title());
        }
      }
    }
  }

  /// The flag of an option: `schedule.exaggerationIterations` is
  /// `--schedule-exaggeration-iterations`.
  ///
  /// @param name of the option
  /// @return the flag
  public static String flag(String name) {
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
}
