package io.inscape.study.analysis;

import io.inscape.activation.NpyFile;
import io.inscape.dataset.InputException;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import io.inscape.study.file.Digests;
import io.inscape.study.file.Json;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The kept results of a study, each in a folder named by the digest of what determines it.
///
/// A result counts once its `result.json` is there, which is written last; a folder without one is
/// what a killed process left, and is computed again. How long the stages took lies in
/// `seconds.json`, so that all other files have the same bytes for the same seed.
public final class Results {
  private static final String LAYOUT = "layout";
  private static final String HIT = "neighborhoodHit";
  private static final String TRUST = "trustworthiness";
  private static final Map<String, String> FILES =
      Map.of(LAYOUT, "layout.npy", HIT, "neighborhood-hit.npy", TRUST, "trustworthiness.npy");

  private final Study study;

  /// The results of a study.
  ///
  /// @param study open for writing where something is to be computed
  public Results(Study study) {
    this.study = study;
  }

  /// The digest of what determines the result of an analysis: kind, parameters, inputs and version.
  ///
  /// @param analysis any
  /// @return SHA-256 in hexadecimal
  /// @throws StudyException if the run or epoch is not there
  public String digest(Analysis analysis) {
    return digest(analysis, study.inputsDigest(analysis.source()));
  }

  private static String digest(Analysis analysis, String inputs) {
    Map<String, Object> identity = new LinkedHashMap<>(analysis.describe());
    identity.put("inputs", inputs);
    identity.put("version", Study.VERSION);
    return Digests.ofJson(identity);
  }

  /// The kept result of an analysis.
  ///
  /// @param analysis any
  /// @return its result; empty where there is none, or it is damaged and must be computed again
  /// @throws StudyException if the run or epoch is not there
  public Optional<AnalysisResult> find(Analysis analysis) {
    return whole(folder(analysis.kind(), digest(analysis)));
  }

  /// A kept result.
  ///
  /// @param digest of the result
  /// @return the result
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none, [Kind#DAMAGED] if its
  ///   description cannot be read
  public AnalysisResult get(String digest) {
    return read(known(digest));
  }

  /// The kept results that can be read, by digest.
  ///
  /// @param run only of this run; null for all
  /// @param epoch only of this epoch; null for all
  /// @param layer only of this layer; null for all
  /// @return their summaries
  public List<ResultSummary> list(
      @Nullable String run, @Nullable Integer epoch, @Nullable String layer) {
    List<ResultSummary> results = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        ResultSummary result = read(folder).summary();
        Map<String, Object> source = result.source();
        if ((run == null || run.equals(source.get("run")))
            && (epoch == null || epoch.equals(source.get("epoch")))
            && (layer == null || layer.equals(source.get("layer")))) {
          results.add(result);
        }
      } catch (StudyException _) { // problems() tells
      }
    }
    return results;
  }

  /// {@return one sentence for each result that cannot be read}
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        read(folder);
      } catch (StudyException e) {
        problems.add(e.getMessage() + "; ask for it again, and it is computed again");
      }
    }
    return problems;
  }

  /// A column of a kept result.
  ///
  /// @param digest of the result
  /// @param name such as `layout`
  /// @return its content
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such result or column
  /// @throws InputException if its file is gone or damaged
  public Column column(String digest, String name) {
    Path folder = known(digest);
    ColumnInfo info = read(folder).columns().get(name);
    String file = FILES.get(name);
    if (info == null || file == null) {
      throw new StudyException(
          Kind.UNKNOWN,
          "result "
              + digest
              + " has no column "
              + name
              + "; there are "
              + FILES.keySet().stream().sorted().toList());
    }
    float[] values = column(folder.resolve(file), info);
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Column(
        info.type(), info.shape().stream().mapToInt(size -> size).toArray(), bytes.array());
  }

  /// Computes an analysis, or finds its kept result, on the calling thread; an interrupt ends it.
  ///
  /// @param analysis what to compute
  /// @param workers do the arithmetic
  /// @param progress hears how far it is
  /// @return the result, kept
  /// @throws StudyException if the run or epoch is not there, or the disk is full
  /// @throws IllegalArgumentException if the layer is not there, or the parameters do not fit the
  ///   data
  /// @throws java.util.concurrent.CancellationException if it is interrupted
  public AnalysisResult compute(Analysis analysis, Workers workers, Progress progress) {
    return compute(
        analysis,
        workers,
        new ProjectionComputation.Observer() {
          @Override
          public void stage(String stage, double fraction) {
            progress.report(stage, fraction);
          }

          @Override
          public void sliced(ProjectionRun run) {
            progress.report("iterations", share(run));
          }
        });
  }

  static double share(ProjectionRun run) {
    return run.iterations() == 0 ? 1 : (double) run.iteration() / run.iterations();
  }

  AnalysisResult compute(
      Analysis analysis, Workers workers, ProjectionComputation.Observer observer) {
    String inputs = study.inputsDigest(analysis.source());
    Path folder = folder(analysis.kind(), digest(analysis, inputs));
    Optional<AnalysisResult> kept = whole(folder);
    if (kept.isPresent()) {
      return kept.get();
    }
    study.requireWritable("compute a " + analysis.kind());
    return switch (analysis) {
      case ProjectionAnalysis projection -> {
        long begin = System.nanoTime();
        observer.stage("activations", 0);
        Matrix data = study.vectors(analysis.source(), workers, observer::stage);
        double seconds = (System.nanoTime() - begin) / 1e9;
        var outcome =
            new ProjectionComputation(projection, workers, observer).compute(data, study.labels());
        observer.stage("keeping", 0.99);
        yield keep(folder, analysis, inputs, outcome, seconds);
      }
    };
  }

  private AnalysisResult keep(
      Path folder,
      Analysis analysis,
      String inputs,
      ProjectionComputation.Outcome outcome,
      double activationSeconds) {
    int rows = outcome.layout().observations();
    int dimensions = outcome.layout().dimensions();
    study
        .files()
        .delete(
            folder.resolve(
                "result.json")); // of a damaged result: it must not count while others change
    write(folder, LAYOUT, outcome.layout().toArray(), rows, dimensions);
    write(folder, HIT, outcome.neighborhoodHit(), rows);
    write(folder, TRUST, outcome.trustworthiness(), rows);
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("activations", activationSeconds);
    seconds.putAll(outcome.seconds());
    study.files().write(folder.resolve("seconds.json"), Json.pretty(seconds));
    Map<String, ColumnInfo> columns = new LinkedHashMap<>();
    columns.put(LAYOUT, new ColumnInfo("float32", List.of(rows, dimensions)));
    columns.put(HIT, new ColumnInfo("float32", List.of(rows)));
    columns.put(TRUST, new ColumnInfo("float32", List.of(rows)));
    AnalysisResult result =
        new AnalysisResult(
            folder.getFileName().toString(),
            analysis.kind(),
            analysis.source().describe(),
            analysis.method(),
            analysis.parameters(),
            Study.VERSION,
            inputs,
            outcome.iterations(),
            outcome.energy(),
            Map.of(),
            outcome.quality(),
            columns);
    study.files().write(folder.resolve("result.json"), Json.pretty(result));
    return read(folder); // just what everybody else will get
  }

  private void write(Path folder, String column, float[] values, long... shape) {
    Path target = folder.resolve(java.util.Objects.requireNonNull(FILES.get(column)));
    study.files().produce(target, aside -> NpyFile.writeFloats(aside, values, shape));
  }

  private Path root(String kind) {
    return study.folder().resolve("results").resolve(kind);
  }

  private Path folder(String kind, String digest) {
    return root(kind).resolve(digest);
  }

  private Path known(String digest) {
    Path folder = folder("projection", digest.matches("[0-9a-f]{64}") ? digest : "none");
    if (!Files.exists(folder.resolve("result.json"))) {
      throw new StudyException(Kind.UNKNOWN, "there is no result " + digest + " in the study");
    }
    return folder;
  }

  private List<Path> folders() {
    Path root = root("projection");
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> Files.exists(entry.resolve("result.json"))).sorted().toList();
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, root + " cannot be listed: " + e.getMessage(), e);
    }
  }

  private static AnalysisResult read(Path folder) {
    AnalysisResult result = Json.read(folder.resolve("result.json"), AnalysisResult.class);
    if (!folder.endsWith(result.digest())) {
      throw new StudyException(
          Kind.DAMAGED,
          folder.resolve("result.json")
              + " is of the result "
              + result.digest()
              + "; was its folder renamed?");
    }
    return result.withSeconds(seconds(folder));
  }

  private static Map<String, Double> seconds(Path folder) {
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

  /// The result in a folder, if it and all of its columns can be read.
  private static Optional<AnalysisResult> whole(Path folder) {
    if (!Files.exists(folder.resolve("result.json"))) {
      return Optional.empty();
    }
    try {
      AnalysisResult result = read(folder);
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        ColumnInfo info = result.columns().get(file.getKey());
        if (info == null) {
          return Optional.empty();
        }
        column(folder.resolve(file.getValue()), info);
      }
      return Optional.of(result);
    } catch (StudyException | InputException _) { // damaged, and computed again
      return Optional.empty();
    }
  }

  private static float[] column(Path file, ColumnInfo info) {
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
}
