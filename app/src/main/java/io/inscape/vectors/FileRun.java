package io.inscape.vectors;

import io.inscape.matrix.Workers;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.quality.LayoutQuality;
import io.inscape.quality.QualityParams;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.EnergyHistory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a file, projects it, judges the layout and brings it to where it should go.
///
/// @param source the file, looked into
/// @param params how to project
/// @param measured how to judge the layout; null for not at all
/// @param workers do the arithmetic
/// @param stages hears of every stage, `reading` first
/// @param talk hears what a person should know, in sentences
public record FileRun(
    VectorFile source,
    ProjectionParams params,
    @Nullable QualityParams measured,
    Workers workers,
    Stages stages,
    Consumer<String> talk) {

  /// Without a study.
  ///
  /// @param output where the layout goes; null for nowhere
  /// @return what came out
  /// @throws CancellationException if the thread is interrupted before there is a layout
  public ProjectionReport report(@Nullable Path output) {
    VectorInput input = VectorInput.read(source, talk);
    FileProjection projection = project(input, output, new EnergyHistory(), false);
    LayoutQuality judged = judge(input, projection, measured);
    return report(output, null, projection, judged);
  }

  /// Into a study, unless it has the layout already.
  ///
  /// @param output where the layout goes too; null for nowhere
  /// @param study open for writing
  /// @return what came out, or was kept
  /// @throws CancellationException if the thread is interrupted before there is a layout
  public ProjectionReport report(@Nullable Path output, VectorStudy study) {
    Optional<AnalysisResult> found = study.find(params);
    if (found.isPresent()) {
      ProjectionReport kept = study.report(found.get(), params);
      try (LayoutOutput file = LayoutOutput.reserve(output, source.rows(), params.dimensions())) {
        file.write(kept.projection().layout());
      }
      return kept.writtenTo(text(output));
    }
    VectorInput input = VectorInput.read(source, talk);
    EnergyHistory energies = new EnergyHistory();
    FileProjection projection = project(input, output, energies, true);
    LayoutQuality judged = judge(input, projection, study.analysis(params).qualityParams());
    if (judged == null) {
      return report(output, null, projection, null);
    }
    stages.report("keeping", 0);
    String digest = study.keep(params, projection, judged, energies, stages.seconds());
    var keeping = new ProjectionReport.Keeping(study.study().folder().toString(), digest, false);
    return report(output, keeping, projection, judged);
  }

  private ProjectionReport report(
      @Nullable Path output,
      ProjectionReport.@Nullable Keeping keeping,
      FileProjection projection,
      @Nullable LayoutQuality judged) {
    stages.end();
    return new ProjectionReport(
        source,
        params,
        text(output),
        keeping,
        projection,
        stages.seconds(),
        stages.cpuSeconds(),
        judged == null ? null : QualityBlock.of(judged, source.classNames()));
  }

  private static @Nullable String text(@Nullable Path output) {
    return output == null ? null : output.toString();
  }

  /// Projects; the layout is on the disk afterwards.
  private FileProjection project(
      VectorInput input, @Nullable Path output, EnergyHistory energies, boolean kept) {
    try (LayoutOutput file =
        LayoutOutput.reserve(output, input.matrix().rows(), params.dimensions())) {
      FileProjection projection =
          FileProjection.run(
              input.matrix(), params, workers, stages, kept ? energies::look : _ -> {});
      file.write(projection.layout());
      return projection;
    }
  }

  private @Nullable LayoutQuality judge(
      VectorInput input, FileProjection projection, @Nullable QualityParams how) {
    if (projection.stopped() || how == null) {
      return null;
    }
    try {
      return input.judge(projection.layout().positions(), how, workers, stages);
    } catch (CancellationException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return null;
    }
  }
}
