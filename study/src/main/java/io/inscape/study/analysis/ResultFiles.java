package io.inscape.study.analysis;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The files of one result. `result.json` is written last and makes it count; what depends on the
/// clock lies in `seconds.json` and `energy.json`, so that all other files have the same bytes for
/// the same seed.
final class ResultFiles {
  static final String LAYOUT = "layout";

  private final Path folder;

  ResultFiles(Path folder) {
    this.folder = folder;
  }

  boolean exists() {
    return Files.exists(description());
  }

  private Path description() {
    return folder.resolve("result.json");
  }

  /// `neighborhoodHit` lies in `neighborhood-hit.npy`.
  Path column(String name) {
    return folder.resolve(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + ".npy");
  }

  AnalysisResult read() {
    AnalysisResult result = Json.read(description(), AnalysisResult.class, ResultFiles::upgrade);
    if (!folder.endsWith(result.digest())) {
      throw new StudyException(
          Kind.DAMAGED,
          description() + " is of the result " + result.digest() + "; was its folder renamed?");
    }
    return result.withMeasured(seconds(), energies());
  }

  /// What older versions did not write.
  private static void upgrade(Map<String, Object> result) {
    result.putIfAbsent("details", Map.of());
    result.putIfAbsent("energyHistory", List.of());
  }

  private Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    try {
      for (Object entry : Json.read(folder.resolve("seconds.json"), Map.class).entrySet()) {
        if (entry instanceof Map.Entry<?, ?> stage && stage.getValue() instanceof Number number) {
          seconds.put(String.valueOf(stage.getKey()), number.doubleValue());
        }
      }
    } catch (StudyException _) { // nothing depends on them
    }
    return seconds;
  }

  private List<EnergyHistory.Point> energies() {
    Path file = folder.resolve("energy.json");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<EnergyHistory.Point> points = new ArrayList<>();
    try {
      for (Object entry : Json.read(file, List.class)) {
        if (entry instanceof List<?> pair
            && pair.size() == 2
            && pair.get(0) instanceof Number iteration
            && pair.get(1) instanceof Number energy) {
          points.add(new EnergyHistory.Point(iteration.intValue(), energy.doubleValue()));
        }
      }
    } catch (StudyException _) { // nothing depends on them
    }
    return points;
  }

  /// The result, if it and all of its columns can be read.
  Optional<AnalysisResult> whole() {
    if (!exists()) {
      return Optional.empty();
    }
    try {
      AnalysisResult result = read();
      if (!result.columns().containsKey(LAYOUT)) {
        return Optional.empty();
      }
      for (Map.Entry<String, ColumnInfo> column : result.columns().entrySet()) {
        values(column.getKey(), column.getValue());
      }
      return Optional.of(result);
    } catch (StudyException | InputException _) { // damaged, and computed again
      return Optional.empty();
    }
  }

  float[] values(String name, ColumnInfo info) {
    Path file = column(name);
    NpyFile array = NpyFile.read(file);
    long[] shape = info.shape().stream().mapToLong(size -> size).toArray();
    if (!java.util.Arrays.equals(array.shape(), shape)) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " must have shape "
              + info.shape()
              + ", got "
              + java.util.Arrays.toString(array.shape())
              + "; ask for the result again, and it is computed again");
    }
    return array.floats();
  }

  /// Writes a result: its columns, what was measured, and the description that makes it count.
  AnalysisResult write(SafeFiles files, AnalysisResult result, FinishedProjection finished) {
    files.delete(description()); // of a damaged result: it must not count while others change
    int rows = finished.layout().observations();
    int dimensions = finished.layout().dimensions();
    float[] positions = finished.layout().toArray();
    files.produce(column(LAYOUT), aside -> NpyFile.writeFloats(aside, positions, rows, dimensions));
    finished
        .columns()
        .forEach((name, values) ->
            files.produce(
                column(name), aside -> NpyFile.writeFloats(aside, values, values.length)));
    files.write(folder.resolve("seconds.json"), Json.pretty(result.seconds()));
    if (!result.energyHistory().isEmpty()) {
      byte[] energies =
          (Json.write(result.energyHistory()) + "\n")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      files.write(folder.resolve("energy.json"), energies);
    }
    files.write(description(), Json.pretty(result.withMeasured(Map.of(), List.of())));
    return read(); // just what everybody else will get
  }
}
