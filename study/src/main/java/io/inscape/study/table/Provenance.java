package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.file.BuildVersion;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Where something that leaves a study comes from: enough to make it again.
public final class Provenance {
  private Provenance() {}

  /// Of a study.
  ///
  /// @param study any
  /// @return name, digest, data, preprocessing, sample, and the version that says so
  public static Map<String, String> of(Study study) {
    StudyInfo info = study.info();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("study", info.name());
    entries.put("study_digest", Digests.ofJson(Json.read(Json.write(info), Map.class)));
    entries.put("dataset", info.dataset().name());
    entries.put("dataset_digest", info.dataset().digest());
    entries.put("pipeline", info.pipeline());
    entries.put(
        "sample",
        info.sample().count()
            + " of "
            + info.sample().split().name().toLowerCase(Locale.ROOT)
            + ", seed "
            + info.sample().seed());
    entries.put("inscape_version", BuildVersion.current());
    return entries;
  }

  /// Of a kept result of a study.
  ///
  /// @param study where it is kept
  /// @param result any of its results
  /// @return that of the study; kind, source, method, parameters, seed, inputs and the version that
  ///   computed it
  public static Map<String, String> of(Study study, AnalysisResult result) {
    Map<String, String> entries = new LinkedHashMap<>(of(study));
    entries.put("result", result.digest());
    entries.put("kind", result.kind());
    entries.put("source", Json.write(result.source()));
    entries.put("method", result.method());
    entries.put("parameters", Json.write(result.parameters()));
    Object seed = result.parameters().get("seed");
    if (seed != null) {
      entries.put("seed", String.valueOf(seed));
    }
    entries.put("inputs", result.inputs());
    entries.put("result_version", result.version());
    return entries;
  }
}
