package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.EventHub;
import io.inscape.http.OpenApi;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.Study;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.Results;
import io.inscape.study.field.KeptFields;
import io.inscape.study.network.RunWeights;
import io.inscape.study.place.Placements;
import io.inscape.study.role.UnitRoles;
import io.inscape.study.trainer.BackgroundTraining;
import io.inscape.web.place.PlaceRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The one table of everything that can be asked.
final class ApiRoutes {
  private ApiRoutes() {}

  static List<Route> all(Study study, JobQueue queue, BackgroundTraining training, EventHub hub) {
    Results results = new Results(study);
    Schemas schemas = new Schemas();
    schemas.add(
        "Error",
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "error",
                Map.of(
                    "type", "object", "properties", Map.of("message", Map.of("type", "string"))))));
    List<Route> routes = new ArrayList<>();
    routes.addAll(new StudyRoutes(study, queue).routes(schemas));
    routes.addAll(new RunRoutes(training).routes(schemas));
    routes.addAll(new ObservationRoutes(study).routes(schemas));
    routes.addAll(new ResultRoutes(results).routes(schemas));
    routes.addAll(new JobRoutes(queue, results).routes(schemas));
    routes.addAll(new WeightRoutes(new RunWeights(study, queue.threads())).routes(schemas));
    routes.addAll(new GraphRoutes(study).routes(schemas));
    routes.addAll(new UnitRoutes(new UnitRoles(study, queue.workers()), study.count()).routes());
    routes.addAll(new FieldRoutes(new KeptFields(results)).routes());
    routes.addAll(new PlaceRoutes(new Placements(results, queue.workers())).routes(schemas));
    routes.add(
        Route.get(
            "/api/events",
            "Server-sent events: hello on connecting, then job, run and progress with the data that the other routes send",
            hub::serve,
            new Route.Answer(200, "The stream", "text/event-stream", Map.of())));
    // The description describes itself too, so it is made when it is asked for, from the finished
    // table.
    routes.add(
        Route.get(
            "/api/openapi.json",
            "This description",
            context ->
                Answers.json(
                    context, OpenApi.describe(routes, schemas.all(), study.info().version())),
            Route.Answer.json(200, "OpenAPI 3.1", Map.of("type", "object"))));
    return routes;
  }
}
