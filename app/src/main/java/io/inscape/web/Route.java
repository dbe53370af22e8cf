package io.inscape.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One address of the HTTP interface: what it is asked, what it answers, in words and in code.
///
/// @param method GET, POST or DELETE
/// @param path with `{name}` for its variables
/// @param summary what it is, one sentence
/// @param parameters the variables in the path and the query, in this order
/// @param body what the request carries, as a JSON schema; empty for nothing
/// @param answers what comes back, by status
/// @param changes whether it may change the study; a study that is only looked at refuses it then
/// @param handler what answers
record Route(
    HandlerType method,
    String path,
    String summary,
    List<Parameter> parameters,
    Map<String, Object> body,
    List<Answer> answers,
    boolean changes,
    Handler handler) {

  Route {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
    if (answers.isEmpty() || summary.isBlank()) {
      throw new IllegalStateException("the route " + path + " is not described");
    }
  }

  static Route get(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.GET, path, summary, List.of(), Map.of(), List.of(answer), false, handler);
  }

  static Route post(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.POST, path, summary, List.of(), Map.of(), List.of(answer), true, handler);
  }

  static Route delete(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.DELETE, path, summary, List.of(), Map.of(), List.of(answer), true, handler);
  }

  /// The same for a POST that only asks.
  Route reading() {
    return new Route(method, path, summary, parameters, body, answers, false, handler);
  }

  /// The same with one more variable of the path.
  Route path(String name, String type, String text) {
    return with(new Parameter(name, "path", type, text));
  }

  /// The same with one more variable of the query, which may be left out.
  Route query(String name, String type, String text) {
    return with(new Parameter(name, "query", type, text));
  }

  /// The same with a body in JSON.
  Route body(Map<String, Object> schema) {
    return new Route(method, path, summary, parameters, schema, answers, changes, handler);
  }

  /// The same with one more possible answer.
  Route or(Answer answer) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(answer);
    return new Route(method, path, summary, parameters, body, all, changes, handler);
  }

  private Route with(Parameter parameter) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(parameter);
    return new Route(method, path, summary, all, body, answers, changes, handler);
  }

  /// What answers a request.
  @FunctionalInterface
  interface Handler {
    /// Reads the request and sets the answer.
    void handle(Context context);
  }

  /// A variable of the path or the query.
  ///
  /// @param name its name
  /// @param in `path` or `query`
  /// @param type `string`, `integer` or `number`
  /// @param text what it is
  record Parameter(String name, String in, String type, String text) {}

  /// One possible answer.
  ///
  /// @param status 200, 409, ...
  /// @param text when and what
  /// @param contentType of the answer; empty for none
  /// @param schema JSON schema of the answer; empty where it is not JSON
  record Answer(int status, String text, String contentType, Map<String, Object> schema) {
    static Answer json(int status, String text, Map<String, Object> schema) {
      return new Answer(status, text, "application/json", schema);
    }

    static Answer column(String text) {
      return new Answer(
          200,
          text + "; little-endian, with the headers Inscape-Shape and Inscape-Type",
          "application/octet-stream",
          Map.of());
    }

    static Answer error(int status, String text) {
      return json(status, text, Schemas.reference("Error"));
    }

    static Answer nothing(int status, String text) {
      return new Answer(status, text, "", Map.of());
    }
  }
}
