package io.inscape.web.share;

import io.inscape.http.JsonBody;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.study.Study;
import io.inscape.study.file.Json;
import io.inscape.study.role.ObservationSubset;
import io.inscape.study.table.KeptResults;
import io.inscape.study.table.ResultTables;
import io.inscape.study.table.RowChoice;
import io.inscape.study.table.StudyTables;
import io.inscape.study.table.Table;
import io.inscape.study.table.TableFile;
import io.inscape.study.table.TableFormat;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The study's tables as files to save.
///
/// A file is made whole before a byte of it is sent, so that what cannot be made is an error and
/// not half a file.
public final class ExportRoutes {
  private static final String TABLES = "/api/export/tables/{table}";
  private static final String RESULTS = "/api/export/results/{digest}";

  private final Study study;

  /// The routes of a study.
  ///
  /// @param study stays open as long as they are
  public ExportRoutes(Study study) {
    this.study = study;
  }

  /// {@return their rows of the table of everything that can be asked}
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (boolean some : new boolean[] {false, true}) {
      String which = some ? ", of some observations; changes nothing" : "";
      routes.add(
          described(
              route(some, TABLES, "A table of the study as a file" + which, this::table)
                  .path("table", "string", "One of " + String.join(", ", StudyTables.NAMES))
                  .query("run", "string", "Only of this run")
                  .query("epoch", "integer", "Only of this epoch")));
      routes.add(
          described(
              route(some, RESULTS, "A kept result as a file" + which, this::result)
                  .path("digest", "string", "The result's digest")
                  .query("part", "string", "Which table of a result that has several")));
    }
    return routes;
  }

  private static Route route(boolean some, String path, String summary, Route.Handler handler) {
    Route.Answer answer = new Route.Answer(200, "The file", "application/octet-stream", Map.of());
    return some
        ? Route.post(path, summary, handler, answer).reading().body(subset())
        : Route.get(path, summary, handler, answer);
  }

  private static Route described(Route route) {
    return route
        .query("format", "string", "csv (where it is left out), parquet, or npy: an .npz archive")
        .or(Route.Answer.error(400, "There is no such table, part, format or observation"))
        .or(Route.Answer.error(404, "There is no such run or result"));
  }

  private static Map<String, Object> subset() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("rows", Map.of("type", "array", "items", Map.of("type", "integer")));
    properties.put(
        "bits",
        Map.of("type", "string", "description", "base64, row r in bit r % 8 of byte r / 8"));
    return Map.of("type", "object", "properties", properties, "additionalProperties", false);
  }

  private RowChoice rows(Context context) {
    byte[] body = context.bodyAsBytes();
    if (body.length == 0) {
      return RowChoice.all(study.count());
    }
    JsonBody request = JsonBody.of(body).only("rows", "bits");
    int count = study.count();
    return RowChoice.of(
        request.has("bits")
            ? ObservationSubset.ofBits(request.text("bits"), count)
            : ObservationSubset.ofRows(request.integers("rows"), count));
  }

  private void table(Context context) {
    String epoch = Requests.blankIsNull(context.queryParam("epoch"));
    StudyTables.Choice choice =
        new StudyTables.Choice(
            Requests.blankIsNull(context.queryParam("run")),
            epoch == null ? null : Requests.epoch(epoch),
            rows(context));
    send(context, new StudyTables(study).table(context.pathParam("table"), choice), "");
  }

  private void result(Context context) {
    String digest = context.pathParam("digest");
    List<Table> tables = new ResultTables(study).of(KeptResults.find(study, digest), rows(context));
    String part = Requests.blankIsNull(context.queryParam("part"));
    Table table =
        part == null
            ? tables.getFirst()
            : tables.stream().filter(one -> one.name().equals(part)).findFirst().orElse(null);
    if (table == null) {
      throw new IllegalArgumentException(
          "part must be one of "
              + String.join(", ", tables.stream().map(Table::name).toList())
              + ", got \""
              + part
              + "\"");
    }
    send(context, table, "-" + digest.substring(0, Math.min(12, digest.length())));
  }

  private static TableFormat format(@Nullable String text) {
    if (text == null) {
      return TableFormat.CSV;
    }
    for (TableFormat format : TableFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException("format must be csv, parquet or npy, got \"" + text + "\"");
  }

  private static void send(Context context, Table table, String which) {
    TableFormat format = format(Requests.blankIsNull(context.queryParam("format")));
    try {
      Path file = Files.createTempFile("inscape-export", "." + format.ending());
      try {
        TableFile.produce(table, format, file);
        context.header(
            "Content-Disposition",
            "attachment; filename=\"inscape-"
                + table.name()
                + which
                + "."
                + format.ending()
                + "\"");
        context.header("Inscape-Provenance", ascii(Json.write(table.provenance())));
        context.res().setContentType(format.contentType());
        context.res().setContentLengthLong(Files.size(file));
        Files.copy(file, context.res().getOutputStream());
        context.res().getOutputStream().flush();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Headers are plain letters; JSON can say all others with them.
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < json.length(); at++) {
      char letter = json.charAt(at);
      text.append(
          letter < 127
              ? String.valueOf(letter)
              : String.format(Locale.ROOT, "\\u%04x", (int) letter));
    }
    return text.toString();
  }
}
