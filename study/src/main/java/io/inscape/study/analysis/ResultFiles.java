package io.inscape.study.analysis;

import io.inscape.activation.NpyFile;
import io.inscape.activation.NpyType;
import io.inscape.dataset.InputException;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
  static final String LAYOUTS = "layouts";
  static final String BUNDLED = "bundled";
  static final String FIELD = "field";

  /// Without its main column a result is none.
  private static final Map<String, String> MAIN =
      Map.of(
          ProjectionAnalysis.KIND, LAYOUT,
          SequenceAnalysis.KIND, LAYOUTS,
          BundleAnalysis.KIND, BUNDLED,
          FieldAnalysis.KIND, FIELD);

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
    result.putIfAbsent("report", Map.of());
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
      String first = MAIN.get(result.kind());
      if (first != null && !result.columns().containsKey(first)) {
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

  /// A column as its description has it.
  Column values(String name, ColumnInfo info) {
    Path file = column(name);
    NpyFile array = NpyFile.read(file);
    long[] shape = info.shape().stream().mapToLong(size -> size).toArray();
    NpyType type = info.type().equals(Column.INT32) ? NpyType.INT32 : NpyType.FLOAT32;
    if (!Arrays.equals(array.shape(), shape) || array.type() != type) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " must have type "
              + info.type()
              + " and shape "
              + info.shape()
              + ", got "
              + array.type()
              + " and "
              + Arrays.toString(array.shape())
              + "; ask for the result again, and it is computed again");
    }
    int[] sizes = info.shape().stream().mapToInt(size -> size).toArray();
    return type == NpyType.INT32
        ? Column.int32(Arrays.stream(array.longs()).mapToInt(Math::toIntExact).toArray(), sizes)
        : Column.float32(array.floats(), sizes);
  }

  /// Writes a result: its columns, what was measured, and the description that makes it count.
  AnalysisResult write(SafeFiles files, AnalysisResult result, Map<String, Column> columns) {
    files.delete(description()); // of a damaged result: it must not count while others change
    columns.forEach((name, values) -> files.produce(column(name), values::write));
    files.write(folder.resolve("seconds.json"), Json.pretty(result.seconds()));
    if (!result.energyHistory().isEmpty()) {
      byte[] energies =
          (Json.write(result.energyHistory()) + "\n").getBytes(StandardCharsets.UTF_8);
      files.write(folder.resolve("energy.json"), energies);
    }
    files.write(description(), Json.pretty(result.withMeasured(Map.of(), List.of())));
    return read(); // just what everybody else will get
  }
}
