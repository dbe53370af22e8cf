package io.inscape.web;

import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.Job;
import io.inscape.study.analysis.JobInfo;
import io.inscape.study.analysis.JobQueue;
import io.inscape.study.analysis.JobState;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asking for analyses, and following, pausing and cancelling them.
final class JobRoutes {
  private final JobQueue queue;
  private final Results results;

  JobRoutes(JobQueue queue, Results results) {
    this.queue = queue;
    this.results = results;
  }

  List<Route> routes(Schemas schemas) {
    Map<String, Object> job = schemas.of(JobInfo.class, "Job");
    Route.Answer one = Route.Answer.json(200, "The job", job);
    return List.of(
        Route.post(
                "/api/jobs",
                "Asks for an analysis; what was asked before and is kept comes back at once",
                this::submit,
                Route.Answer.json(200, "The result is kept already: a job that is done", job))
            .body(AnalysisRequests.schema(schemas))
            .or(Route.Answer.json(202, "The job waits for its turn, or runs", job))
            .or(
                Route.Answer.error(
                    400, "The request asks for what does not exist or is out of range"))
            .or(Route.Answer.error(409, "The snapshot is planned and not there yet"))
            .or(Route.Answer.error(503, "Too many jobs wait already")),
        Route.get(
            "/api/jobs",
            "The jobs, newest last",
            context -> Answers.json(context, queue.jobs().stream().map(Job::info).toList()),
            Route.Answer.json(200, "The jobs", Schemas.array(job))),
        forOne(
            Route.get(
                "/api/jobs/{id}",
                "One job",
                context -> Answers.json(context, job(context).info()),
                one)),
        forOne(Route.delete("/api/jobs/{id}", "Cancels a job", this::cancel, one)),
        forOne(
            Route.post("/api/jobs/{id}/pause", "Pauses a job between two steps", this::pause, one)),
        forOne(Route.post("/api/jobs/{id}/resume", "Lets a paused job go on", this::resume, one)),
        forOne(
                Route.get(
                    "/api/jobs/{id}/layout",
                    "Where the observations are now, while the job runs",
                    this::layout,
                    Route.Answer.column(
                        "float32 [observation, dim]; of a sequence [step, observation, dim]")))
            .or(
                Route.Answer.nothing(
                    204, "The job has not begun to move them, moves none, or was ended")));
  }

  private static Route forOne(Route route) {
    return route
        .path("id", "string", "The job's id")
        .or(Route.Answer.error(404, "There is no such job"));
  }

  private void submit(Context context) {
    Job job = submit(AnalysisRequests.analysis(context.bodyAsBytes()));
    JobInfo info = job.info();
    context.status(info.state() == JobState.DONE ? 200 : 202);
    Answers.json(context, info);
  }

  /// What a body names and does not exist is a mistake in the request, not in the address.
  private Job submit(Analysis analysis) {
    try {
      return queue.submit(analysis);
    } catch (StudyException e) {
      if (e.kind() == StudyException.Kind.UNKNOWN) {
        throw new HttpError(400, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private void cancel(Context context) {
    Job job = job(context);
    job.cancel();
    Answers.json(context, job.info());
  }

  private void pause(Context context) {
    Job job = job(context);
    job.pause();
    Answers.json(context, job.info());
  }

  private void resume(Context context) {
    Job job = job(context);
    job.resume();
    Answers.json(context, job.info());
  }

  private void layout(Context context) {
    Job job = job(context);
    JobInfo info = job.info();
    Optional<Column> layout = job.layout();
    context.header("Inscape-Revision", Long.toString(info.revision()));
    if (layout.isEmpty() && job.info().state() == JobState.DONE) {
      layout = results.layout(info.digest());
    }
    if (layout.isPresent()) {
      Column column = layout.get();
      Answers.raw(context, column.type(), column.littleEndian(), column.shape());
    } else {
      context.status(204);
    }
  }

  private Job job(Context context) {
    return queue.job(context.pathParam("id"));
  }
}
