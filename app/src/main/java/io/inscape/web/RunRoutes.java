package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.JsonBody;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.file.StudyException;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunState;
import io.inscape.study.trainer.BackgroundTraining;
import io.inscape.study.trainer.LikeRun;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Training from the page: a run like another, and stopping it.
final class RunRoutes {
  private final BackgroundTraining training;

  RunRoutes(BackgroundTraining training) {
    this.training = training;
  }

  List<Route> routes(Schemas schemas) {
    Map<String, Object> run = schemas.of(RunInfo.class, "Run");
    return List.of(
        Route.post(
                "/api/runs",
                "Trains a run with the settings of another: with another architecture, or with"
                    + " permuted labels as a control; one at a time",
                this::start,
                Route.Answer.json(200, "The run was trained before and is complete", run))
            .body(request())
            .or(
                Route.Answer.json(
                    202,
                    "The run is being trained; the events run and progress" + " tell how far it is",
                    run))
            .or(Route.Answer.error(400, "There is no run to be like, or nothing is different"))
            .or(Route.Answer.error(409, "A run is being trained already, or another has the name")),
        Route.post(
                "/api/runs/{run}/stop",
                "Ends the training of a run; the epochs that are complete are kept",
                context -> Answers.json(context, training.stop(context.pathParam("run"))),
                Route.Answer.json(200, "The run as it is then", run))
            .path("run", "string", "The run's name")
            .or(Route.Answer.error(404, "There is no such run"))
            .or(Route.Answer.error(409, "The run is not being trained")));
  }

  private static Map<String, Object> request() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("like", Map.of("type", "string", "description", "A run that is there"));
    properties.put(
        "architecture",
        Map.of(
            "enum",
            List.of("mlp", "rmlp", "cnn"),
            "description",
            "Left out: the same network from the same weights"));
    properties.put(
        "shuffleLabels",
        Map.of("type", "boolean", "description", "Permutes the training labels: a control run"));
    properties.put(
        "name",
        Map.of(
            "type",
            "string",
            "description",
            "Left out: made from the other run's, such as" + " mlp-shuffled"));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        List.of("like"),
        "additionalProperties",
        false);
  }

  private void start(Context context) {
    JsonBody request =
        JsonBody.of(context.bodyAsBytes()).only("like", "architecture", "shuffleLabels", "name");
    LikeRun asked =
        new LikeRun(
            request.text("like"),
            Optional.ofNullable(request.textOrNull("architecture")),
            request.flag("shuffleLabels", false),
            Optional.ofNullable(request.textOrNull("name")));
    RunInfo run = start(asked);
    context.status(run.state() == RunState.COMPLETE ? 200 : 202);
    Answers.json(context, run);
  }

  /// What a body names and does not exist is a mistake in the request, not in the address.
  private RunInfo start(LikeRun asked) {
    try {
      return training.start(asked);
    } catch (StudyException e) {
      if (e.kind() == StudyException.Kind.UNKNOWN) {
        throw new HttpError(400, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
