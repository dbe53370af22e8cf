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
import io.inscape.study.file.BuildVersion;
import io.inscape.study.network.RunWeights;
import io.inscape.study.place.Placements;
import io.inscape.study.role.UnitRoles;
import io.inscape.study.trainer.BackgroundTraining;
import io.inscape.web.place.PlaceRoutes;
import io.inscape.web.share.ExportRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The one table of everything that can be asked.
final class ApiRoutes {
  private ApiRoutes() {}

  static List<Route> all(
      Study study, JobQueue queue, BackgroundTraining training, List<Route> imports, EventHub hub) {
    Results results = new Results(study);
    Schemas schemas = new Schemas();
    schemas.add("Error", error());
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
    routes.addAll(new ExportRoutes(study).routes());
    routes.add(
        Route.get(
            "/api/events",
            "Server-sent events: hello on connecting, then job, run and progress with the data that the other routes send",
            hub::serve,
            new Route.Answer(200, "The stream", "text/event-stream", Map.of())));
    routes.addAll(imports);
    routes.add(description(routes, schemas, study.info().version()));
    return routes;
  }

  /// What can be asked while there is no study yet.
  static List<Route> withoutStudy(Route study, List<Route> imports) {
    Schemas schemas = new Schemas();
    schemas.add("Error", error());
    List<Route> routes = new ArrayList<>();
    routes.add(study);
    routes.addAll(imports);
    routes.add(description(routes, schemas, BuildVersion.current()));
    return routes;
  }

  private static Map<String, Object> error() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "error",
            Map.of("type", "object", "properties", Map.of("message", Map.of("type", "string")))));
  }

  /// Describes itself too, so it is made when it is asked for, from the finished table.
  private static Route description(List<Route> routes, Schemas schemas, String version) {
    return Route.get(
        "/api/openapi.json",
        "This description",
        context -> Answers.json(context, OpenApi.describe(routes, schemas.all(), version)),
        Route.Answer.json(200, "OpenAPI 3.1", Map.of("type", "object")));
  }
}
