package io.inscape.http;

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
/// @param body what the request carries, as a JSON schema; empty for nothing, [#BYTES] for a file
/// @param answers what comes back, by status
/// @param changes whether it may change the study; a study that is only looked at refuses it then
/// @param handler what answers
public record Route(
    HandlerType method,
    String path,
    String summary,
    List<Parameter> parameters,
    Map<String, Object> body,
    List<Answer> answers,
    boolean changes,
    Handler handler) {
  /// The body of a request that carries a file's bytes and not JSON.
  public static final Map<String, Object> BYTES = Map.of("type", "string", "format", "binary");

  /// Checks that the route is described.
  public Route {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
    if (answers.isEmpty() || summary.isBlank()) {
      throw new IllegalStateException("the route " + path + " is not described");
    }
  }

  /// A route that asks.
  ///
  /// @param path with `{name}` for its variables
  /// @param summary what it is, one sentence
  /// @param handler what answers
  /// @param answer what comes back
  /// @return the route
  public static Route get(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.GET, path, summary, List.of(), Map.of(), List.of(answer), false, handler);
  }

  /// A route that changes something.
  ///
  /// @param path with `{name}` for its variables
  /// @param summary what it is, one sentence
  /// @param handler what answers
  /// @param answer what comes back
  /// @return the route
  public static Route post(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.POST, path, summary, List.of(), Map.of(), List.of(answer), true, handler);
  }

  /// A route that ends or takes away something.
  ///
  /// @param path with `{name}` for its variables
  /// @param summary what it is, one sentence
  /// @param handler what answers
  /// @param answer what comes back
  /// @return the route
  public static Route delete(String path, String summary, Handler handler, Answer answer) {
    return new Route(
        HandlerType.DELETE, path, summary, List.of(), Map.of(), List.of(answer), true, handler);
  }

  /// {@return the same for a POST that only asks}
  public Route reading() {
    return new Route(method, path, summary, parameters, body, answers, false, handler);
  }

  /// The same with one more variable of the path.
  ///
  /// @param name its name
  /// @param type `string`, `integer` or `number`
  /// @param text what it is
  /// @return the route
  public Route path(String name, String type, String text) {
    return with(new Parameter(name, "path", type, text));
  }

  /// The same with one more variable of the query, which may be left out.
  ///
  /// @param name its name
  /// @param type `string`, `integer` or `number`
  /// @param text what it is
  /// @return the route
  public Route query(String name, String type, String text) {
    return with(new Parameter(name, "query", type, text));
  }

  /// The same with a body in JSON.
  ///
  /// @param schema of the body
  /// @return the route
  public Route body(Map<String, Object> schema) {
    return new Route(method, path, summary, parameters, schema, answers, changes, handler);
  }

  /// The same with one more possible answer.
  ///
  /// @param answer when and what
  /// @return the route
  public Route or(Answer answer) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(answer);
    return new Route(method, path, summary, parameters, body, all, changes, handler);
  }

  /// The same with another answerer.
  ///
  /// @param other what answers
  /// @return the route
  public Route handledBy(Handler other) {
    return new Route(method, path, summary, parameters, body, answers, changes, other);
  }

  /// {@return whether a request carries a file's bytes and not JSON}
  public boolean takesBytes() {
    return body.equals(BYTES);
  }

  private Route with(Parameter parameter) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(parameter);
    return new Route(method, path, summary, all, body, answers, changes, handler);
  }

  /// What answers a request.
  @FunctionalInterface
  public interface Handler {
    /// Reads the request and sets the answer.
    ///
    /// @param context the request
    void handle(Context context);
  }

  /// A variable of the path or the query.
  ///
  /// @param name its name
  /// @param in `path` or `query`
  /// @param type `string`, `integer` or `number`
  /// @param text what it is
  public record Parameter(String name, String in, String type, String text) {}

  /// One possible answer.
  ///
  /// @param status 200, 409, ...
  /// @param text when and what
  /// @param contentType of the answer; empty for none
  /// @param schema JSON schema of the answer; empty where it is not JSON
  public record Answer(int status, String text, String contentType, Map<String, Object> schema) {
    /// An answer in JSON.
    ///
    /// @param status of HTTP
    /// @param text when and what
    /// @param schema of it
    /// @return the answer
    public static Answer json(int status, String text, Map<String, Object> schema) {
      return new Answer(status, text, "application/json", schema);
    }

    /// A column of raw numbers.
    ///
    /// @param text its type and axes
    /// @return the answer
    public static Answer column(String text) {
      return new Answer(
          200,
          text + "; little-endian, with the headers Inscape-Shape and Inscape-Type",
          "application/octet-stream",
          Map.of());
    }

    /// An error.
    ///
    /// @param status of HTTP
    /// @param text when
    /// @return the answer
    public static Answer error(int status, String text) {
      return json(status, text, Schemas.reference("Error"));
    }

    /// An answer without content.
    ///
    /// @param status of HTTP
    /// @param text when
    /// @return the answer
    public static Answer nothing(int status, String text) {
      return new Answer(status, text, "", Map.of());
    }
  }
}
