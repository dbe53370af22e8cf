package io.inscape.web.bring;

import io.inscape.http.HttpError;
import io.inscape.http.JsonBody;
import io.inscape.study.SampleSize;
import io.inscape.web.bring.ImportOrder.Keeping;
import io.inscape.web.bring.ImportOrder.Reading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What requests to look and to start carry.
final class ImportRequests {
  private static final String[] FIELDS = {
    "model",
    "activations",
    "data",
    "preprocess",
    "epochs",
    "run",
    "tokenizer",
    "tokens",
    "label",
    "layers",
    "observations",
    "withoutPredictions",
    "study"
  };

  /// What activations bring themselves, or have no use for.
  private static final List<String> NOT_OF_ACTIVATIONS =
      List.of(
          "model",
          "data",
          "preprocess",
          "epochs",
          "run",
          "tokenizer",
          "tokens",
          "label",
          "layers",
          "withoutPredictions");

  private final Imports imports;
  private final boolean loopback;

  /// @param loopback whether requests may name this machine's files
  ImportRequests(Imports imports, boolean loopback) {
    this.imports = imports;
    this.loopback = loopback;
  }

  /// @throws IllegalArgumentException if the body cannot mean anything
  ImportOrder order(byte[] body, StagingArea area) {
    JsonBody request = JsonBody.of(body).only(FIELDS);
    Optional<Path> activations = activations(request, area);
    Optional<Path> model = place(request, "model", area);
    Optional<String> data = data(request, area);
    if (model.isEmpty() && data.isEmpty() && activations.isEmpty()) {
      throw new IllegalArgumentException(
          "model, data or activations must say what to look at, such as {\"staged\": \"models\"}; all are"
              + " missing");
    }
    return new ImportOrder(
        imports.folder(),
        model,
        activations,
        data,
        new Reading(
            Optional.ofNullable(request.textOrNull("preprocess")),
            epochs(request),
            place(request, "tokenizer", area),
            request.has("tokens") ? Optional.of(request.integer("tokens")) : Optional.empty(),
            Optional.ofNullable(request.textOrNull("label"))),
        new Keeping(
            Optional.ofNullable(request.textOrNull("run")),
            Optional.ofNullable(request.textOrNull("study")),
            request.has("layers") ? Optional.of(request.texts("layers")) : Optional.empty(),
            observations(request),
            request.has("withoutPredictions") && request.flag("withoutPredictions", false)));
  }

  private Optional<Path> activations(JsonBody request, StagingArea area) {
    if (!request.has("activations")) {
      return Optional.empty();
    }
    for (String field : NOT_OF_ACTIVATIONS) {
      if (request.has(field)) {
        throw new IllegalArgumentException(
            "activations bring their own observations, runs and layers, so "
                + field
                + " does not go with them; leave it out");
      }
    }
    return place(request, "activations", area);
  }

  private Optional<String> data(JsonBody request, StagingArea area) {
    if (!request.has("data")) {
      return Optional.empty();
    }
    if (imports.hasStudy()) {
      throw new IllegalArgumentException(
          "the study has its data set, which never changes; leave data out, or import into a study"
              + " of its own");
    }
    JsonBody data = request.object("data").only("path", "staged", "name");
    if (data.has("name")) {
      if (data.has("path") || data.has("staged")) {
        throw new IllegalArgumentException("data must have one of path, staged and name");
      }
      return Optional.of(named(data.text("name")));
    }
    return place(request, "data", area).map(Path::toString);
  }

  /// The name of a data set that comes with Inscape, not a path in disguise.
  private String named(String name) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "data.name must be a data set that Inscape knows, such as mnist, got \""
              + name
              + "\"; a file or folder goes into data.path");
    }
    return name;
  }

  private Optional<Path> place(JsonBody request, String key, StagingArea area) {
    if (!request.has(key)) {
      return Optional.empty();
    }
    JsonBody place = request.object(key);
    place = key.equals("data") ? place : place.only("path", "staged");
    if (place.has("path") == place.has("staged")) {
      throw new IllegalArgumentException(
          key + " must have either path or staged, such as {\"staged\": \"models\"}");
    }
    return Optional.of(
        place.has("staged")
            ? area.existing(place.text("staged"))
            : onThisMachine(key, place.text("path")));
  }

  private Path onThisMachine(String key, String text) {
    if (!loopback) {
      throw new HttpError(
          403,
          "a path on the machine of the server is taken only where the server listens on 127.0.0.1;"
              + " upload the files");
    }
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException(
          key + ".path must be a whole path on this machine, got \"" + text + "\"");
    }
    return path.normalize();
  }

  private static Map<String, Integer> epochs(JsonBody request) {
    Map<String, Integer> epochs = new LinkedHashMap<>();
    request
        .map("epochs")
        .forEach((file, epoch) -> {
          if (!(epoch instanceof Integer number) || number < 0) {
            throw new IllegalArgumentException(
                "epochs must give each file a whole number from 0 on, got "
                    + epoch
                    + " for "
                    + file);
          }
          epochs.put(file, number);
        });
    return epochs;
  }

  private static Optional<SampleSize> observations(JsonBody request) {
    return request.has("observations")
        ? Optional.of(SampleSize.parse(String.valueOf(request.raw("observations"))))
        : Optional.empty();
  }

  /// The JSON schema of the body.
  static Map<String, Object> schema() {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> place =
        Map.of("type", "object", "properties", Map.of("path", text, "staged", text));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("model", place);
    properties.put("activations", place);
    properties.put(
        "data",
        Map.of("type", "object", "properties", Map.of("path", text, "staged", text, "name", text)));
    properties.put("preprocess", text);
    properties.put(
        "epochs", Map.of("type", "object", "additionalProperties", Map.of("type", "integer")));
    properties.put("run", text);
    properties.put("tokenizer", place);
    properties.put("tokens", Map.of("type", "integer"));
    properties.put("label", text);
    properties.put("layers", Map.of("type", "array", "items", text));
    properties.put("observations", Map.of("type", List.of("integer", "string")));
    properties.put("withoutPredictions", Map.of("type", "boolean"));
    properties.put("study", text);
    return Map.of("type", "object", "properties", properties, "additionalProperties", false);
  }
}
