package io.inscape.study.analysis;

import io.inscape.dataset.InputException;
import io.inscape.evolution.LayoutSequence;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult.ColumnInfo;
import io.inscape.study.file.BuildVersion;
import io.inscape.study.file.Digests;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.io.IOException;
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
/// what a killed process left, and is computed again.
public final class Results {
  /// Part of what a projection is addressed by. It changes when the same parameters give other
  /// numbers, so that kept results are computed again then, and not with each version.
  static final String GENERATION = "2";

  /// The same of the other kinds.
  private static final String GENERATION_OF_OTHERS = "1";

  private final Study study;
  private final Computations computations;

  /// The results of a study.
  ///
  /// @param study open for writing where something is to be computed
  public Results(Study study) {
    this.study = study;
    this.computations = new Computations(study, this);
  }

  /// {@return the study whose results these are}
  public Study study() {
    return study;
  }

  /// The digest of what determines the result of an analysis: kind, parameters, inputs and the
  /// generation of the methods.
  ///
  /// @param analysis any
  /// @return SHA-256 in hexadecimal
  /// @throws StudyException if the run or epoch is not there
  public String digest(Analysis analysis) {
    Analysis whole = resolve(analysis);
    return digest(whole, computations.inputs(whole));
  }

  /// The same analysis with everything named that it leaves to what the study has.
  ///
  /// @throws StudyException if something that it names is not there
  /// @throws IllegalArgumentException if a layer is not there, or there is nothing to compare
  Analysis resolve(Analysis analysis) {
    return switch (analysis) {
      case ProjectionAnalysis projection -> projection;
      case SequenceAnalysis(var source, var params, int k) ->
          new SequenceAnalysis(source.resolve(study), params, k);
      case BundleAnalysis(var of, _, var params) ->
          new BundleAnalysis(of, sequence(of).source(), params);
      case FieldAnalysis(var of, _, var params) ->
          new FieldAnalysis(of, sequence(of).source(), params);
      case ComputedAnalysis computed -> computed.resolve(this);
    };
  }

  private AnalysisResult sequence(String digest) {
    AnalysisResult result = get(digest);
    if (!result.kind().equals(SequenceAnalysis.KIND)) {
      throw new IllegalArgumentException(
          "trails are those of a sequence, but result " + digest + " is a " + result.kind());
    }
    return result;
  }

  /// The layouts of a kept sequence.
  ///
  /// @param digest of its result
  /// @return one layout for each step
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such result
  /// @throws IllegalArgumentException if it is of another kind
  /// @throws InputException if its file is gone or damaged
  public LayoutSequence layouts(String digest) {
    Column column = column(sequence(digest).digest(), ResultFiles.LAYOUTS);
    int[] shape = column.shape();
    return LayoutSequence.of(shape[0], shape[1], shape[2], column.floats());
  }

  private static String digest(Analysis analysis, String inputs) {
    return digest(analysis.kind(), analysis.describe(), inputs);
  }

  private static String digest(String kind, Map<String, Object> description, String inputs) {
    Map<String, Object> identity = new LinkedHashMap<>(description);
    identity.put("inputs", inputs);
    identity.put(
        "version", kind.equals(ProjectionAnalysis.KIND) ? GENERATION : GENERATION_OF_OTHERS);
    return Digests.ofJson(identity);
  }

  /// The kept result of an analysis. One that was made before the method had some of its options
  /// counts as made with their defaults.
  ///
  /// @param analysis any
  /// @return its result; empty where there is none, or it is damaged and must be computed again
  /// @throws StudyException if the run or epoch is not there
  public Optional<AnalysisResult> find(Analysis analysis) {
    Analysis whole = resolve(analysis);
    return find(whole, computations.inputs(whole));
  }

  private Optional<AnalysisResult> find(Analysis analysis, String inputs) {
    Optional<AnalysisResult> kept = files(analysis.kind(), digest(analysis, inputs)).whole();
    return kept.isPresent() ? kept : older(analysis, inputs);
  }

  private Optional<AnalysisResult> older(Analysis analysis, String inputs) {
    for (ResultFiles files : all(analysis.kind())) {
      try {
        AnalysisResult result = files.read();
        if (result.inputs().equals(inputs)
            && result.asks(analysis)
            && digest(result.kind(), result.askedLike(analysis), inputs).equals(result.digest())) {
          return files.whole();
        }
      } catch (StudyException _) { // problems() tells
      }
    }
    return Optional.empty();
  }

  /// A kept result.
  ///
  /// @param digest of the result
  /// @return the result
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none, [Kind#DAMAGED] if its
  ///   description cannot be read
  public AnalysisResult get(String digest) {
    return known(digest).read();
  }

  /// The kept projections that can be read, by digest.
  ///
  /// @param run only of this run; null for all
  /// @param epoch only of this epoch; null for all
  /// @param layer only of this layer; null for all
  /// @return their summaries
  public List<ResultSummary> list(
      @Nullable String run, @Nullable Integer epoch, @Nullable String layer) {
    List<ResultSummary> results = new ArrayList<>();
    for (ResultSummary result : list(ProjectionAnalysis.KIND, null)) {
      Map<String, Object> source = result.source();
      if ((run == null || run.equals(source.get("run")))
          && (epoch == null || epoch.equals(source.get("epoch")))
          && (layer == null || layer.equals(source.get("layer")))) {
        results.add(result);
      }
    }
    return results;
  }

  /// The kept results of a kind that can be read, by digest.
  ///
  /// @param kind such as `sequence`
  /// @param of only those made of the result with this digest; null for all
  /// @return their summaries
  /// @throws IllegalArgumentException if there is no such kind
  public List<ResultSummary> list(String kind, @Nullable String of) {
    if (!Analysis.KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "kind must be one of " + String.join(", ", Analysis.KINDS) + ", got \"" + kind + "\"");
    }
    List<ResultSummary> results = new ArrayList<>();
    for (ResultFiles files : all(kind)) {
      try {
        ResultSummary result = files.read().summary();
        if (of == null || of.equals(result.source().get("of"))) {
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
    for (String kind : Analysis.KINDS) {
      for (ResultFiles files : all(kind)) {
        try {
          files.read();
        } catch (StudyException e) {
          problems.add(e.getMessage() + "; ask for it again, and it is computed again");
        }
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
    ResultFiles files = known(digest);
    Map<String, ColumnInfo> columns = files.read().columns();
    ColumnInfo info = columns.get(name);
    if (info == null) {
      throw new StudyException(
          Kind.UNKNOWN,
          "result "
              + digest
              + " has no column "
              + name
              + "; there are "
              + columns.keySet().stream().sorted().toList());
    }
    return files.values(name, info);
  }

  /// What moved while a kept result was computed, as it was at the end.
  ///
  /// @param digest of the result
  /// @return the layout of a projection, the layouts of a sequence; empty for other kinds
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is no such result
  /// @throws InputException if its file is gone or damaged
  public Optional<Column> layout(String digest) {
    return switch (get(digest).kind()) {
      case ProjectionAnalysis.KIND -> Optional.of(column(digest, ResultFiles.LAYOUT));
      case SequenceAnalysis.KIND -> Optional.of(column(digest, ResultFiles.LAYOUTS));
      default -> Optional.empty();
    };
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
        new Stages.Observer() {
          @Override
          public void stage(String stage, double fraction) {
            progress.report(stage, fraction);
          }

          @Override
          public void sliced(SteppedRun run, EnergyHistory energies) {
            progress.report(run.stage(), run.share());
          }
        });
  }

  AnalysisResult compute(Analysis asked, Workers workers, Stages.Observer observer) {
    Analysis analysis = resolve(asked);
    String inputs = computations.inputs(analysis);
    Optional<AnalysisResult> kept = find(analysis, inputs);
    if (kept.isPresent()) {
      return kept.get();
    }
    study.requireWritable("compute a " + analysis.kind());
    Finished finished = computations.compute(analysis, workers, new Stages(observer));
    observer.stage("keeping", 0.99);
    return keep(analysis, inputs, finished);
  }

  /// Keeps a projection that was computed elsewhere as the result of an analysis, under the digest
  /// that it would have had here; what is kept already stays.
  ///
  /// @param analysis what was computed, with this study's vectors
  /// @param finished what came out
  /// @return the result, kept
  /// @throws StudyException if the run or epoch is not there, or the disk is full
  /// @throws IllegalArgumentException if it has another number of observations than the study
  public AnalysisResult store(ProjectionAnalysis analysis, FinishedProjection finished) {
    if (finished.layout().observations() != study.count()) {
      throw new IllegalArgumentException(
          "a result of the study needs its "
              + study.count()
              + " observations, got a layout of "
              + finished.layout().observations());
    }
    String inputs = study.inputsDigest(analysis.source());
    Optional<AnalysisResult> kept = find(analysis, inputs);
    if (kept.isPresent()) {
      return kept.get();
    }
    study.requireWritable("keep a " + analysis.kind());
    return keep(analysis, inputs, Finished.of(finished));
  }

  private AnalysisResult keep(Analysis analysis, String inputs, Finished finished) {
    String digest = digest(analysis, inputs);
    Finished.Course course = finished.progress();
    Map<String, ColumnInfo> columns = new LinkedHashMap<>();
    finished.columns().forEach((name, values) -> columns.put(name, values.info()));
    AnalysisResult result =
        new AnalysisResult(
            digest,
            analysis.kind(),
            analysis.about(),
            analysis.method(),
            analysis.parameters(),
            BuildVersion.current(),
            inputs,
            course.iterations(),
            course.energy(),
            course.details(),
            course.energyHistory(),
            course.seconds(),
            finished.quality(),
            finished.report(),
            columns);
    return files(analysis.kind(), digest).write(study.files(), result, finished.columns());
  }

  private Path root(String kind) {
    return study.folder().resolve("results").resolve(kind);
  }

  private ResultFiles files(String kind, String digest) {
    return new ResultFiles(root(kind).resolve(digest));
  }

  private ResultFiles known(String digest) {
    if (digest.matches("[0-9a-f]{64}")) {
      for (String kind : Analysis.KINDS) {
        ResultFiles files = files(kind, digest);
        if (files.exists()) {
          return files;
        }
      }
    }
    throw new StudyException(Kind.UNKNOWN, "there is no result " + digest + " in the study");
  }

  private List<ResultFiles> all(String kind) {
    Path root = root(kind);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.sorted().map(ResultFiles::new).filter(ResultFiles::exists).toList();
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, root + " cannot be listed: " + e.getMessage(), e);
    }
  }
}
