package io.inscape.web;

import io.inscape.projection.ProjectionMethod;
import io.inscape.projection.Projections;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.file.Json;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a request asks for, and refuses what it cannot mean.
final class Requests {
  private Requests() {}

  /// The body of `POST /api/jobs`.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static Analysis analysis(byte[] body) {
    Map<String, Object> request =
        object("the request", Json.read(new String(body, StandardCharsets.UTF_8), Map.class));
    requireKnown("the request", request, Set.of("kind", "source", "method", "parameters"));
    String kind = text(request, "kind");
    if (!kind.equals("projection")) {
      throw new IllegalArgumentException("kind must be \"projection\", got \"" + kind + "\"");
    }
    Object parameters = request.getOrDefault("parameters", Map.of());
    return ProjectionAnalysis.of(
        source(object("source", request.get("source"))),
        parameters(text(request, "method"), object("parameters", parameters)));
  }

  private static ActivationSource source(Map<String, Object> source) {
    requireKnown("source", source, Set.of("run", "epoch", "layer"));
    Object epoch = source.get("epoch");
    Object run = source.get("run");
    if (epoch != null && !(epoch instanceof Integer)) {
      throw new IllegalArgumentException("source.epoch must be a whole number, got " + epoch);
    }
    if (run != null && !(run instanceof String)) {
      throw new IllegalArgumentException("source.run must be a name, got " + run);
    }
    return ActivationSource.of((String) run, (Integer) epoch, text(source, "layer"));
  }

  private static ProjectionParams parameters(String method, Map<String, Object> values) {
    return Projections.method(method).params(values);
  }

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

  /// The schema of the body of `POST /api/jobs`.
  static Map<String, Object> schema(Schemas schemas) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", "object");
    source.put(
        "description",
        "Activations of one layer of one snapshot; layer \"input\" alone is the data set itself");
    source.put(
        "properties",
        Map.of(
            "run", Map.of("type", "string"),
            "epoch", Map.of("type", "integer", "minimum", 0),
            "layer", Map.of("type", "string")));
    source.put("required", List.of("layer"));
    source.put("additionalProperties", false);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("kind", Map.of("const", "projection"));
    properties.put("source", source);
    properties.put(
        "method",
        Map.of("enum", Projections.methods().stream().map(ProjectionMethod::name).toList()));
    properties.put(
        "parameters",
        Map.of(
            "type",
            "object",
            "description",
            "Options of the method, as GET /api/study lists them; those left out have their defaults"));
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("type", "object");
    request.put("properties", properties);
    request.put("required", List.of("kind", "source", "method"));
    request.put("additionalProperties", false);
    return schemas.add("AnalysisRequest", request);
  }

  private static String text(Map<String, Object> object, String key) {
    if (object.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException(key + " must be a text, got " + object.get(key));
  }

  private static Map<String, Object> object(String what, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(what + " must be a JSON object, got " + value);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, held) -> object.put(String.valueOf(key), held));
    return object;
  }

  private static void requireKnown(String what, Map<String, Object> object, Set<String> known) {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            what
                + " has no field \""
                + key
                + "\"; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }
}
