package io.inscape.sequences;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.field.Box;
import io.inscape.evolution.field.FieldParams;
import io.inscape.evolution.field.Trajectories;
import io.inscape.evolution.field.VectorFields;
import io.inscape.evolution.trails.Bundles;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.analysis.Analysis;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.BundleAnalysis;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.FieldAnalysis;
import io.inscape.study.analysis.Results;
import io.inscape.study.analysis.SequenceAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Sequences of a study, with their trails and fields: computed and kept, or found.
///
/// Each call goes on with what the one before made. Used by one thread.
public final class StudyEvolution {
  private final Study study;
  private final Results results;
  private final Workers workers;
  private final Progress progress;
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private boolean before = true;

  /// Sequences of a study.
  ///
  /// @param study open for writing, unless everything asked for is kept already
  /// @param workers do the arithmetic
  /// @param progress hears of every stage
  public StudyEvolution(Study study, Workers workers, Progress progress) {
    this.study = study;
    this.results = new Results(study);
    this.workers = workers;
    this.progress = progress;
  }

  /// Lays out a sequence.
  ///
  /// @param analysis which and how
  /// @return its layouts and their quality
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public EvolutionResult align(SequenceAnalysis analysis) {
    return aligned(compute(analysis));
  }

  private AnalysisResult compute(Analysis analysis) {
    before &= results.find(analysis).isPresent();
    AnalysisResult result = results.compute(analysis, workers, progress);
    digests.put(result.kind(), result.digest());
    result.seconds().forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
    return result;
  }

  private EvolutionResult aligned(AnalysisResult result) {
    Double energy = result.energy();
    Column layouts = results.column(result.digest(), "layouts");
    int[] shape = layouts.shape();
    FileAlignment alignment =
        new FileAlignment(
            LayoutSequence.of(shape[0], shape[1], shape[2], layouts.floats()),
            result.iterations(),
            result.iterations(),
            energy == null ? OptionalDouble.empty() : OptionalDouble.of(energy),
            result.details(),
            false);
    return new EvolutionResult(
        names(result.report()),
        study.labelled() ? Optional.of(study.labels()) : Optional.empty(),
        study.info().dataset().classNames(),
        alignment,
        quality(result.report()),
        null,
        null);
  }

  private static List<String> names(Map<String, ?> report) {
    return report.get("names") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static @Nullable Map<String, ?> quality(Map<String, ?> report) {
    if (!(report.get("quality") instanceof Map<?, ?> found)) {
      return null;
    }
    Map<String, Object> quality = new LinkedHashMap<>();
    found.forEach((name, value) -> quality.put(String.valueOf(name), value));
    return quality;
  }

  /// Bundles the trails of the sequence that was laid out last.
  ///
  /// @param result of [#align]
  /// @param bundle how
  /// @return the same with trails
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public EvolutionResult bundle(EvolutionResult result, EvolutionOrder.Bundle bundle) {
    AnalysisResult kept = compute(BundleAnalysis.of(sequence(), bundle.params()));
    Bundles bundles =
        Bundles.restore(
            result.aligned().layouts(), results.column(kept.digest(), "bundled").floats());
    return result.withTrails(BundledTrails.of(bundles, bundle.strength(), result.labels()));
  }

  /// Fits a field to the trails of the sequence that was laid out last.
  ///
  /// @param result of [#align]
  /// @param params how
  /// @return the same with a field
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public EvolutionResult flow(EvolutionResult result, FieldParams params) {
    AnalysisResult kept = compute(FieldAnalysis.of(sequence(), params));
    Trajectories trajectories = Trajectories.of(result.aligned().layouts());
    VectorFields fields =
        VectorFields.restore(
            trajectories,
            params,
            new VectorFields.Columns(
                Box.around(trajectories),
                results.column(kept.digest(), "field").floats(),
                results.column(kept.digest(), "assignment").ints()),
            workers);
    return result.withField(new FlowField(fields, kept.report()));
  }

  /// {@return the digest of the sequence that was laid out last}
  public String sequence() {
    String digest = digests.get("sequence");
    if (digest == null) {
      throw new IllegalStateException("there is no sequence yet");
    }
    return digest;
  }

  /// {@return where everything is kept}
  public EvolutionReport.Keeping keeping() {
    return new EvolutionReport.Keeping(study.folder().toString(), digests, before);
  }

  /// {@return the seconds that each stage took, when it was computed}
  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
