package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.Study;
import io.inscape.study.network.NetworkGraph;
import java.util.List;

/// The network of a run as nodes and links.
final class GraphRoutes {
  private final Study study;

  GraphRoutes(Study study) {
    this.study = study;
  }

  List<Route> routes(Schemas schemas) {
    return List.of(
        Route.get(
                "/api/runs/{run}/graph",
                "The operations of a run's network, with their settings, sizes and constants",
                context -> Answers.json(context, NetworkGraph.of(study, context.pathParam("run"))),
                Route.Answer.json(200, "The graph", schemas.of(NetworkGraph.class, "NetworkGraph")))
            .path("run", "string", "The run's name")
            .or(Route.Answer.error(404, "There is no such run"))
            .or(Route.Answer.error(409, "The run keeps no network yet")));
  }
}
