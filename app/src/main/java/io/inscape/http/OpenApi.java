package io.inscape.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 description, made from the table of routes.
public final class OpenApi {
  private static final Pattern WORD_ENDS = Pattern.compile("[/{}.]+");

  private OpenApi() {}

  /// The description.
  ///
  /// @param routes the table
  /// @param schemas what the routes refer to, by name
  /// @param version of Inscape
  /// @return a document to be written as JSON
  public static Map<String, Object> describe(
      List<Route> routes, Map<String, Object> schemas, String version) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      Object operations =
          paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<String, Object>());
      @SuppressWarnings("unchecked") // put there one line above
      Map<String, Object> byMethod = (Map<String, Object>) operations;
      byMethod.put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        Map.of(
            "title",
            "Inscape",
            "version",
            version,
            "description",
            "What a study holds, and what computes on it. Numbers by observation or unit are raw little-endian columns."));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("paths", paths);
    document.put("components", Map.of("schemas", schemas));
    return document;
  }

  private static Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.summary());
    if (!route.parameters().isEmpty()) {
      operation.put("parameters", route.parameters().stream().map(OpenApi::parameter).toList());
    }
    if (!route.body().isEmpty()) {
      operation.put(
          "requestBody",
          Map.of("required", true, "content", content(contentType(route), route.body())));
    }
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Route.Answer answer : route.answers()) {
      answers.put(Integer.toString(answer.status()), answer(answer));
    }
    answers.put("default", answer(Route.Answer.error(500, "What is wrong, in one sentence")));
    operation.put("responses", answers);
    return operation;
  }

  private static String contentType(Route route) {
    return route.takesBytes() ? SecurityFilter.BYTES : SecurityFilter.JSON;
  }

  private static Map<String, Object> parameter(Route.Parameter parameter) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", parameter.name());
    described.put("in", parameter.in());
    described.put("required", parameter.in().equals("path"));
    described.put("description", parameter.text());
    described.put("schema", Map.of("type", parameter.type()));
    return described;
  }

  private static Map<String, Object> answer(Route.Answer answer) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("description", answer.text());
    if (!answer.contentType().isEmpty()) {
      described.put("content", content(answer.contentType(), answer.schema()));
    }
    return described;
  }

  private static Map<String, Object> content(String type, Map<String, Object> schema) {
    return Map.of(type, schema.isEmpty() ? Map.of() : Map.of("schema", schema));
  }

  /// `GET /api/runs/{run}/epochs/{epoch}/predictions` is `getRunsRunEpochsEpochPredictions`.
  private static String operationId(Route route) {
    List<String> words = new ArrayList<>();
    words.add(route.method().name().toLowerCase(Locale.ROOT));
    for (String word : WORD_ENDS.split(route.path().substring("/api/".length()), 0)) {
      if (!word.isEmpty()) {
        words.add(Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
    }
    return String.join("", words);
  }
}
