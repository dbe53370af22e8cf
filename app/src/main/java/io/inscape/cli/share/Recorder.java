package io.inscape.cli.share;

import io.inscape.study.file.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Asks a server for what views of the page need, and keeps the answers as the page will look them
/// up: by the address below `api/`.
final class Recorder implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final Map<String, Map<String, Object>> answers = new LinkedHashMap<>();

  /// @param address of the server, ending with `/`
  Recorder(String address) {
    this.address = address + "api/";
  }

  /// The answers so far, as JSON has them.
  Map<String, Map<String, Object>> answers() {
    return answers;
  }

  /// Asks for everything that the views show by what they are called.
  void record(List<PublishedView> views) {
    Map<?, ?> study = study();
    observations(study);
    List<Map<?, ?>> runs = records(study.get("runs"));
    for (Map<?, ?> run : runs) {
      for (Object epoch : list(run.get("snapshots"))) {
        ask("runs/" + part(run.get("name")) + "/epochs/" + epoch + "/predictions");
      }
    }
    keep("projections", "layout", views);
    for (String kind : List.of("findings", "clusters", "probe", "sequence", "bundle", "field")) {
      keep("results?kind=" + kind, "", views);
    }
    for (PublishedView view : views) {
      switch (view) {
        case WEIGHTS -> weights(runs);
        case NETWORK -> runs.forEach(run -> ask("runs/" + part(run.get("name")) + "/graph"));
        case OVERVIEW, PROJECTION, COMPARE, EVOLUTION, CLASSES -> {}
      }
    }
  }

  /// Where the data lie on this machine is nobody else's to know.
  private Map<?, ?> study() {
    Map<String, Object> study = new LinkedHashMap<>();
    Map<?, ?> answer = Json.read(text(fetch("study")), Map.class);
    answer.forEach((key, value) -> study.put(String.valueOf(key), value));
    if (study.get("dataset") instanceof Map<?, ?> kept) {
      Map<String, Object> dataset = new LinkedHashMap<>();
      kept.forEach((key, value) -> dataset.put(String.valueOf(key), value));
      dataset.put("source", dataset.get("name"));
      dataset.put("labelsSource", null);
      study.put("dataset", dataset);
    }
    put("study", "application/json", Map.of(), Json.write(study).getBytes(StandardCharsets.UTF_8));
    return study;
  }

  private void observations(Map<?, ?> study) {
    ask("observations/ids");
    boolean labelled =
        study.get("dataset") instanceof Map<?, ?> dataset
            && !list(dataset.get("classNames")).isEmpty();
    if (labelled) {
      ask("observations/labels");
    }
    boolean images =
        study.get("dataset") instanceof Map<?, ?> dataset && dataset.get("shape") != null;
    if (images) {
      ask("observations/images");
    }
    boolean texts =
        study.get("dataset") instanceof Map<?, ?> dataset && "texts".equals(dataset.get("kind"));
    if (texts) {
      ask("observations/texts");
    }
    ask("observations/statistics");
    Map<?, ?> statistics = Json.read(text(fetch("observations/statistics")), Map.class);
    for (Map<?, ?> statistic : records(statistics.get("statistics"))) {
      ask("observations/statistics/" + part(statistic.get("name")));
    }
  }

  /// Keeps a list of results, and those of them that a chosen view shows, whole.
  private void keep(String list, String main, List<PublishedView> views) {
    List<Map<?, ?>> kept = new ArrayList<>();
    for (Object summary : Json.read(text(fetch(list)), List.class)) {
      if (summary instanceof Map<?, ?> one && shown(String.valueOf(one.get("kind")), views)) {
        kept.add(one);
      }
    }
    put(list, "application/json", Map.of(), Json.write(kept).getBytes(StandardCharsets.UTF_8));
    for (Map<?, ?> summary : kept) {
      String path = "results/" + summary.get("digest");
      ask(path);
      Map<?, ?> result = Json.read(text(fetch(path)), Map.class);
      if (result.get("columns") instanceof Map<?, ?> columns) {
        columns.keySet().forEach(name -> ask(path + "/columns/" + part(name)));
      }
      if (main.isEmpty() && "field".equals(summary.get("kind"))) {
        streamlines(result);
      }
    }
  }

  /// As far apart as the page draws them before anybody changes it.
  private void streamlines(Map<?, ?> result) {
    if (result.get("columns") instanceof Map<?, ?> columns
        && columns.get("field") instanceof Map<?, ?> field
        && list(field.get("shape")).getFirst() instanceof Number count) {
      for (int one = 0; one < count.intValue(); one++) {
        for (double fields : new double[] {1, count.intValue()}) {
          double apart = Math.round(.02 * Math.sqrt(fields) * 10_000) / 10_000.0;
          ask(
              "fields/"
                  + result.get("digest")
                  + "/streamlines?field="
                  + one
                  + "&separation="
                  + apart);
        }
      }
    }
  }

  private static boolean shown(String kind, List<PublishedView> views) {
    return switch (kind) {
      case "sequence", "bundle", "field", "probe" -> views.contains(PublishedView.EVOLUTION);
      default -> true;
    };
  }

  /// Every layer's histograms of each run and of all together, and the distances between the kept
  /// epochs of each.
  private void weights(List<Map<?, ?>> runs) {
    List<String> names = runs.stream().map(run -> part(run.get("name"))).toList();
    for (String name : names) {
      ask("runs/" + name + "/weights");
      Map<?, ?> report = Json.read(text(fetch("runs/" + name + "/weights")), Map.class);
      for (Map<?, ?> tensor : records(report.get("tensors"))) {
        for (String of : List.of("values", "updates")) {
          for (String chosen : List.of(name, String.join(",", names))) {
            askQuietly(
                "weights/histograms?runs="
                    + chosen
                    + "&layer="
                    + part(tensor.get("layer"))
                    + "&kind="
                    + tensor.get("kind")
                    + "&of="
                    + of
                    + "&bins=64");
          }
        }
      }
    }
    for (Map<?, ?> run : runs) {
      String name = part(run.get("name"));
      List<?> epochs = list(run.get("snapshots"));
      for (Object later : epochs) {
        for (Object earlier : epochs) {
          if (!later.equals(earlier)) {
            askQuietly("weights/distances?a=" + name + "/" + later + "&b=" + name + "/" + earlier);
          }
        }
      }
    }
  }

  private void ask(String path) {
    HttpResponse<byte[]> answer = fetch(path);
    if (answer.statusCode() == 204) {
      return;
    }
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(
          "the study cannot be published: " + path + " answers " + text(answer));
    }
    store(path, answer);
  }

  /// What a study may well not have, such as the updates of an imported run.
  private void askQuietly(String path) {
    HttpResponse<byte[]> answer = fetch(path);
    if (answer.statusCode() == 200) {
      store(path, answer);
    }
  }

  private void store(String path, HttpResponse<byte[]> answer) {
    Map<String, Object> column = new LinkedHashMap<>();
    answer.headers().firstValue("Inscape-Type").ifPresent(type -> column.put("column", type));
    answer.headers().firstValue("Inscape-Shape").ifPresent(shape -> column.put("shape", shape));
    put(
        path,
        answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
        column,
        answer.body());
  }

  private void put(String path, String type, Map<String, Object> column, byte[] body) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("type", type);
    answer.putAll(column);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer.put("body", Base64.getEncoder().encodeToString(packed.toByteArray()));
    answers.put(path, answer);
  }

  private HttpResponse<byte[]> fetch(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("publishing was interrupted");
    }
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /// As the page's own `encodeURIComponent` writes it.
  private static String part(@Nullable Object text) {
    return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%7E", "~");
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<Map<?, ?>> records(@Nullable Object value) {
    List<Map<?, ?>> records = new ArrayList<>();
    for (Object one : list(value)) {
      if (one instanceof Map<?, ?> record) {
        records.add(record);
      }
    }
    return records;
  }

  @Override
  public void close() {
    http.close();
  }
}
