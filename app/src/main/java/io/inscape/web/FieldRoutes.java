package io.inscape.web;

import io.inscape.evolution.field.Passage;
import io.inscape.evolution.field.StreamlineParams;
import io.inscape.http.Answers;
import io.inscape.http.JsonBody;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.study.field.KeptFields;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// What is asked of kept vector fields: lines that follow them, and what passes a region.
final class FieldRoutes {
  private static final int LINE_NUMBERS = 4;
  private static final int PASSAGE_NUMBERS = 6;

  private final KeptFields fields;

  FieldRoutes(KeptFields fields) {
    this.fields = fields;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/api/fields/{digest}/streamlines",
                "Evenly spaced lines that follow a field",
                this::streamlines,
                Route.Answer.column("float32 [point, 4]: line, x, y, speed"))
            .path("digest", "string", "Digest of a result of kind field")
            .query("field", "integer", "Which of its fields, from 0; 0 where it is left out")
            .query("separation", "number", "Distance between lines, as a share of the longer side")
            .query("shortest", "number", "Lines of fewer separations are left out")
            .or(Route.Answer.error(400, "There is no such field, or a number is out of range"))
            .or(Route.Answer.error(404, "There is no such result")),
        Route.post(
                "/api/fields/{digest}/region",
                "The trajectories through a region; changes nothing",
                this::region,
                Route.Answer.column(
                    "float32 [passage, 6]: row of the observation, duration, length, speed,"
                        + " dissimilarity, responsibility"))
            .reading()
            .path("digest", "string", "Digest of a result of kind field")
            .body(region())
            .or(Route.Answer.error(400, "The polygon is none, or there is no such field"))
            .or(Route.Answer.error(404, "There is no such result")));
  }

  private static Map<String, Object> region() {
    Map<String, Object> polygon = new LinkedHashMap<>();
    polygon.put("type", "array");
    polygon.put("minItems", 3);
    polygon.put("description", "Corners [x, y]; the last is joined with the first");
    polygon.put(
        "items",
        Map.of("type", "array", "items", Map.of("type", "number"), "minItems", 2, "maxItems", 2));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("polygon", polygon);
    properties.put(
        "field",
        Map.of("type", "integer", "description", "Only trajectories that follow this field"));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        List.of("polygon"),
        "additionalProperties",
        false);
  }

  private void streamlines(Context context) {
    StreamlineParams usual = StreamlineParams.defaults();
    StreamlineParams params =
        new StreamlineParams(
            Requests.number(context, "separation", usual.separation()),
            Requests.number(context, "shortest", usual.shortest()));
    float[] points =
        fields.streamlines(
            context.pathParam("digest"), Requests.index(context, "field", 0), params);
    Answers.float32(context, points, points.length / LINE_NUMBERS, LINE_NUMBERS);
  }

  private void region(Context context) {
    JsonBody request = JsonBody.of(context.bodyAsBytes()).only("polygon", "field");
    List<Passage> passages =
        fields.region(
            context.pathParam("digest"),
            request.points("polygon"),
            request.has("field") ? OptionalInt.of(request.integer("field")) : OptionalInt.empty());
    float[] values = new float[passages.size() * PASSAGE_NUMBERS];
    int at = 0;
    for (Passage passage : passages) {
      values[at++] = passage.trajectory();
      values[at++] = (float) passage.duration();
      values[at++] = (float) passage.length();
      values[at++] = (float) passage.speed();
      values[at++] = (float) passage.dissimilarity();
      values[at++] = (float) passage.responsibility();
    }
    Answers.float32(context, values, passages.size(), PASSAGE_NUMBERS);
  }
}
