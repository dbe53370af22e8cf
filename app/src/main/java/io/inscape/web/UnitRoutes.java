package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.JsonBody;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.neuron.UnitFigures;
import io.inscape.study.role.ObservationSubset;
import io.inscape.study.role.UnitRoles;
import io.inscape.study.unit.UnitPooling;
import io.inscape.study.unit.UnitSource;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is asked of the units of a layer: figures of all, the role of one, means over subsets of
/// the observations.
final class UnitRoutes {
  private static final String PREFIX = "/api/units/{run}/{epoch}/{layer}/";
  private static final Map<String, Object> OBJECT = Map.of("type", "object");

  private final UnitRoles roles;
  private final int observations;

  UnitRoutes(UnitRoles roles, int observations) {
    this.roles = roles;
    this.observations = observations;
  }

  List<Route> routes() {
    return List.of(
        of(
            get("figures", "Figures of every unit", this::figures)
                .answering("float32 [5, unit]: mean, deviation, min, max, frequency")),
        of(
            get("flags", "Units that tell nothing: dead, always on, duplicates", this::flags)
                .answering(
                    200,
                    "units, pooling, shape, dead, alwaysOn, duplicates (pairs, at most 1,000),"
                        + " duplicateCount (null where there are too many units to compare)")),
        ofUnit(
            get("activation", "The activations of one unit, as they are stored", this::activation)
                .answering("float32 [observation]")),
        ofUnit(
            get("profile", "What one unit does, by class and at its extremes", this::profile)
                .answering(
                    200,
                    "unit, mean, deviation, min, max, frequency, dead, classMean, classDeviation,"
                        + " best, histogram {low, high, counts}, top, low, observations")),
        ofUnit(
            get("incoming", "The weights that one unit hears by", this::incoming)
                .answering(
                    200,
                    "layer, operator, senders, shape, weights, bias, strongest [{unit, weight}],"
                        + " sender, senderPooling, why")),
        of(
            get("perplexity", "How many units each observation speaks to", this::perplexity)
                .answering("float32 [observation]")),
        of(
            post("subsets", "Means over subsets of the observations; changes nothing", this::means)
                .answering("float32 [subset, unit], exact to 1e-6")
                .body(subsetsSchema())),
        of(
            post("compare", "How two subsets differ, unit by unit; changes nothing", this::compare)
                .answering("float32 [4, unit]: mean a, mean b, Cohen's d, Welch's t")
                .body(compareSchema())));
  }

  /// A route before it is known what it answers.
  ///
  /// @param post whether it is a POST
  /// @param name the last part of the address
  /// @param summary what it is
  /// @param handler what answers
  private record Draft(boolean post, String name, String summary, Route.Handler handler) {
    Route answering(String column) {
      return answering(Route.Answer.column(column));
    }

    Route answering(int status, String text) {
      return answering(Route.Answer.json(status, text, OBJECT));
    }

    private Route answering(Route.Answer answer) {
      return post
          ? Route.post(PREFIX + name, summary, handler, answer).reading()
          : Route.get(PREFIX + name, summary, handler, answer);
    }
  }

  private static Draft get(String name, String summary, Route.Handler handler) {
    return new Draft(false, name, summary, handler);
  }

  private static Draft post(String name, String summary, Route.Handler handler) {
    return new Draft(true, name, summary, handler);
  }

  private static Route of(Route route) {
    return route
        .path("run", "string", "Name of the run")
        .path("epoch", "integer", "A kept epoch")
        .path("layer", "string", "Name of the layer")
        .query(
            "pooling",
            "string",
            "What counts as a unit: none, mean or max; left out, mean for layers of maps and none"
                + " for others")
        .or(
            Route.Answer.error(
                400, "There is no such layer or unit, or the activations are no finite numbers"))
        .or(
            Route.Answer.error(
                403, "They are not captured yet, and the study is open for reading only"))
        .or(Route.Answer.error(404, "There is no such run or epoch"))
        .or(Route.Answer.error(409, "The epoch is planned and not there yet"));
  }

  private static Route ofUnit(Route route) {
    return of(route).query("unit", "integer", "Which unit, from 0; must be there");
  }

  private static Map<String, Object> subsetSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("rows", Schemas.array(Map.of("type", "integer", "minimum", 0)));
    properties.put(
        "bits",
        Map.of(
            "type",
            "string",
            "description",
            "Base64: row r is bit r % 8, lowest first, of byte r / 8"));
    Map<String, Object> schema = AnalysisRequests.object(properties);
    schema.put("description", "Either rows or bits");
    return schema;
  }

  private static Map<String, Object> subsetsSchema() {
    Map<String, Object> list = new LinkedHashMap<>(Schemas.array(subsetSchema()));
    list.put("minItems", 1);
    list.put("maxItems", UnitRoles.MOST_SUBSETS);
    return AnalysisRequests.object(new LinkedHashMap<>(Map.of("subsets", list)), "subsets");
  }

  private static Map<String, Object> compareSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("a", subsetSchema());
    properties.put(
        "b",
        Map.of(
            "oneOf",
            List.of(subsetSchema(), Map.of("type", "null")),
            "description",
            "null or left out: all others"));
    return AnalysisRequests.object(properties, "a");
  }

  private void figures(Context context) {
    float[] figures = roles.figures(source(context));
    Answers.float32(context, figures, UnitFigures.COUNT, figures.length / UnitFigures.COUNT);
  }

  private void flags(Context context) {
    Answers.json(context, roles.flags(source(context)));
  }

  private void activation(Context context) {
    float[] values = roles.activation(source(context), unit(context));
    Answers.float32(context, values, values.length);
  }

  private void profile(Context context) {
    Answers.json(context, roles.profile(source(context), unit(context)));
  }

  private void incoming(Context context) {
    Answers.json(context, roles.incoming(source(context), unit(context)));
  }

  private void perplexity(Context context) {
    float[] values = roles.perplexity(source(context));
    Answers.float32(context, values, values.length);
  }

  private void means(Context context) {
    JsonBody request = JsonBody.of(context.bodyAsBytes()).only("subsets");
    List<JsonBody> asked = request.objects("subsets");
    requireFew(asked.size());
    float[] means = roles.means(source(context), asked.stream().map(this::subset).toList());
    Answers.float32(context, means, asked.size(), means.length / asked.size());
  }

  /// Before thousands of them are read.
  private static void requireFew(int subsets) {
    if (subsets < 1 || subsets > UnitRoles.MOST_SUBSETS) {
      throw new IllegalArgumentException(
          "subsets must be 1 to " + UnitRoles.MOST_SUBSETS + ", got " + subsets);
    }
  }

  private void compare(Context context) {
    JsonBody request = JsonBody.of(context.bodyAsBytes()).only("a", "b");
    ObservationSubset a = subset(request.object("a"));
    @Nullable ObservationSubset b = request.has("b") ? subset(request.object("b")) : null;
    float[] compared = roles.compare(source(context), a, b);
    Answers.float32(context, compared, 4, compared.length / 4);
  }

  private ObservationSubset subset(JsonBody body) {
    body.only("rows", "bits");
    if (body.has("rows") == body.has("bits")) {
      throw new IllegalArgumentException(
          "a subset is either {\"rows\":[0,5]} or {\"bits\":\"base64\"}, got "
              + (body.has("rows") ? "both" : "neither"));
    }
    if (body.has("bits")) {
      return ObservationSubset.ofBits(body.text("bits"), observations);
    }
    boolean none = body.raw("rows") instanceof List<?> list && list.isEmpty();
    return ObservationSubset.ofRows(none ? List.of() : body.integers("rows"), observations);
  }

  private static int unit(Context context) {
    if (Requests.blankIsNull(context.queryParam("unit")) == null) {
      throw new IllegalArgumentException("unit must be a whole number from 0, got none");
    }
    return Requests.index(context, "unit", 0);
  }

  private static UnitSource source(Context context) {
    String pooling = Requests.blankIsNull(context.queryParam("pooling"));
    return new UnitSource(
        context.pathParam("run"),
        Requests.epoch(context.pathParam("epoch")),
        context.pathParam("layer"),
        Optional.ofNullable(pooling).map(UnitPooling::named));
  }
}
