package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ResultSummary;
import io.inscape.study.analysis.Results;
import io.javalin.http.Context;
import java.util.List;

/// What was computed and is kept.
final class ResultRoutes {
  private final Results results;

  ResultRoutes(Results results) {
    this.results = results;
  }

  List<Route> routes(Schemas schemas) {
    return List.of(
        Route.get(
                "/api/projections",
                "The kept projections, of everything or of one source",
                this::list,
                Route.Answer.json(
                    200,
                    "Their summaries",
                    Schemas.array(schemas.of(ResultSummary.class, "ResultSummary"))))
            .query("run", "string", "Only of this run")
            .query("epoch", "integer", "Only of this epoch")
            .query("layer", "string", "Only of this layer; \"input\" is the data set itself"),
        Route.get(
                "/api/results",
                "The kept results of a kind",
                this::listKind,
                Route.Answer.json(
                    200,
                    "Their summaries",
                    Schemas.array(schemas.of(ResultSummary.class, "ResultSummary"))))
            .query(
                "kind",
                "string",
                "projection, sequence, bundle, field, probe, clusters, findings, ...")
            .query("of", "string", "Only those made of the result with this digest")
            .or(Route.Answer.error(400, "There is no such kind")),
        Route.get(
                "/api/results/{digest}",
                "One result: how it was made, how good it is, and which columns it has",
                context -> Answers.json(context, results.get(context.pathParam("digest"))),
                Route.Answer.json(200, "The result", schemas.of(AnalysisResult.class, "Result")))
            .path("digest", "string", "The result's digest")
            .or(Route.Answer.error(404, "There is no such result")),
        Route.get(
                "/api/results/{digest}/columns/{name}",
                "One column of a result",
                this::column,
                Route.Answer.column("The column, of the type and shape that the result names"))
            .path("digest", "string", "The result's digest")
            .path("name", "string", "The column's name")
            .or(Route.Answer.error(404, "There is no such result or column")));
  }

  private void list(Context context) {
    String epoch = context.queryParam("epoch");
    Answers.json(
        context,
        results.list(
            Requests.blankIsNull(context.queryParam("run")),
            epoch == null || epoch.isBlank() ? null : Requests.epoch(epoch),
            Requests.blankIsNull(context.queryParam("layer"))));
  }

  private void listKind(Context context) {
    String kind = Requests.blankIsNull(context.queryParam("kind"));
    if (kind == null) {
      throw new IllegalArgumentException(
          "kind must be one of " + String.join(", ", Analysis.KINDS) + ", got none");
    }
    Answers.json(context, results.list(kind, Requests.blankIsNull(context.queryParam("of"))));
  }

  private void column(Context context) {
    var column = results.column(context.pathParam("digest"), context.pathParam("name"));
    Answers.raw(context, column.type(), column.littleEndian(), column.shape());
  }
}
