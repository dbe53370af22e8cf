package io.inscape.web.bring;

import io.inscape.http.Answers;
import io.inscape.http.Route;
import io.inscape.study.file.Json;
import io.inscape.web.bring.Imports.Upload;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Uploading, looking at what came, and importing it.
final class ImportRoutes {
  private static final Map<String, Object> OBJECT = Map.of("type", "object");

  private final Imports imports;
  private final ImportRequests requests;
  private final boolean loopback;

  ImportRoutes(Imports imports, boolean loopback) {
    this.imports = imports;
    this.requests = new ImportRequests(imports, loopback);
    this.loopback = loopback;
  }

  List<Route> routes() {
    Route.Answer state = Route.Answer.json(200, "{id, state, files, bytes}", OBJECT);
    return List.of(
        Route.post(
                "/api/imports",
                "Makes a staging area for files that are uploaded",
                this::make,
                state)
            .or(Route.Answer.error(503, "There are too many areas")),
        forOne(Route.get("/api/imports/{id}", "How a staging area is", this::about, state)),
        upload(),
        lookRoute(),
        forOne(
            Route.get(
                    "/api/imports/{id}/examples",
                    "The exact input of the first observations of what was looked at last",
                    this::examples,
                    Route.Answer.column(
                        "float32 [example, channel, row, col], of vectors [example, column]"))
                .or(Route.Answer.error(409, "Nothing was looked at yet"))),
        forOne(
            Route.get(
                    "/api/imports/{id}/graph",
                    "The graph of the network that was looked at last, as that of a run",
                    context -> Answers.json(context, imports.graph(upload(context))),
                    Route.Answer.json(200, "The graph", OBJECT))
                .or(Route.Answer.error(400, "There is no network, or it cannot be read"))
                .or(Route.Answer.error(409, "Nothing was looked at yet"))),
        startRoute(),
        forOne(
            Route.get(
                "/api/imports/{id}/events",
                "Server-sent events of an import: progress, then done, failed or cancelled; the"
                    + " newest is told on connecting",
                context -> upload(context).hub().serve(context),
                new Route.Answer(200, "The stream", "text/event-stream", Map.of()))),
        forOne(
            Route.delete(
                "/api/imports/{id}",
                "Cancels the import that goes on in an area; else removes the area",
                this::end,
                state)),
        new Folders(loopback).route());
  }

  private Route lookRoute() {
    return forOne(
        Route.post(
                "/api/imports/{id}/look",
                "What model and data, or activations, are, whether they fit, and what is wrong with them",
                this::look,
                Route.Answer.json(200, "The understanding", OBJECT))
            .body(ImportRequests.schema())
            .or(Route.Answer.error(400, "The request means nothing, or a file is damaged"))
            .or(Route.Answer.error(409, "The area is being imported")));
  }

  private Route startRoute() {
    return forOne(
        Route.post(
                "/api/imports/{id}/start",
                "Imports; the area's events tell how far it is",
                this::start,
                Route.Answer.json(202, "{id, state, files, bytes}", OBJECT))
            .body(ImportRequests.schema())
            .or(Route.Answer.error(400, "The request means nothing"))
            .or(Route.Answer.error(409, "Another import goes on, or the run is being written")));
  }

  private Route upload() {
    return forOne(
        Route.post(
                "/api/imports/{id}/files",
                "Takes a file in; its bytes are the body, at most 8 GiB",
                this::take,
                Route.Answer.json(200, "{path, bytes}", OBJECT))
            .query("path", "string", "Where in the area, such as models/epoch-1.onnx")
            .body(Route.BYTES)
            .or(Route.Answer.error(400, "The path is not possible, or the file was cut off"))
            .or(Route.Answer.error(409, "The area is being imported"))
            .or(Route.Answer.error(413, "The file is too large, or there are too many"))
            .or(Route.Answer.error(507, "The disk is full")));
  }

  private static Route forOne(Route route) {
    return route
        .path("id", "string", "The area's id")
        .or(Route.Answer.error(404, "There is no such area"));
  }

  private Upload upload(Context context) {
    return imports.get(context.pathParam("id"));
  }

  private static void answer(Context context, Upload upload) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", upload.area().id());
    about.put("state", upload.state());
    about.put("files", upload.area().count());
    about.put("bytes", upload.area().bytes());
    Answers.json(context, about);
  }

  private void make(Context context) {
    answer(context, imports.make());
  }

  private void about(Context context) {
    answer(context, upload(context));
  }

  private void take(Context context) {
    Upload upload = upload(context);
    imports.requireIdle(upload);
    String path = context.queryParam("path");
    long length = context.req().getContentLengthLong();
    try {
      long bytes =
          upload.area().take(path == null ? "" : path, length, context.req().getInputStream());
      Answers.json(context, Map.of("path", path == null ? "" : path, "bytes", bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look(Context context) {
    Upload upload = upload(context);
    Object found = imports.look(upload, requests.order(context.bodyAsBytes(), upload.area()));
    context.contentType("application/json").result(upload.area().readable(Json.write(found)));
  }

  private void examples(Context context) {
    Importer.Examples examples = imports.examples(upload(context));
    Answers.float32(context, examples.values(), examples.shape());
  }

  private void start(Context context) {
    Upload upload = upload(context);
    imports.requireIdle(upload);
    imports.start(upload, requests.order(context.bodyAsBytes(), upload.area()));
    context.status(202);
    answer(context, upload);
  }

  private void end(Context context) {
    Upload upload = upload(context);
    if (imports.end(upload)) {
      answer(context, upload);
    } else {
      Answers.json(context, Map.of("id", upload.area().id(), "state", "removed"));
    }
  }
}
