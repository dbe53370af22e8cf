package io.inscape.vectors;

import io.inscape.activation.ArrayFile;
import io.inscape.matrix.Matrix;
import io.inscape.projection.Layout;
import io.inscape.projection.params.ProjectionParams;
import io.inscape.quality.LayoutQuality;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.VectorStudyConfig;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Column;
import io.inscape.study.analysis.EnergyHistory;
import io.inscape.study.analysis.FinishedProjection;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Quality;
import io.inscape.study.analysis.Results;
import io.inscape.study.file.StudyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The study that the projections of a file are kept in.
public final class VectorStudy implements AutoCloseable {
  private final Study study;
  private final Results results;
  private final VectorFile file;

  private VectorStudy(Study study, VectorFile file) {
    this.study = study;
    this.results = new Results(study);
    this.file = file;
  }

  /// Opens the study of a file, or makes it.
  ///
  /// @param folder the study's
  /// @param file what it must be about
  /// @return the study, to be closed
  /// @throws IllegalArgumentException if the study is about something else
  /// @throws StudyException if the folder holds something else, or another process writes to it
  /// @throws io.inscape.dataset.InputException if the file holds what is no finite number
  public static VectorStudy openOrCreate(Path folder, VectorFile file) {
    if (!Study.exists(folder)) {
      return new VectorStudy(Study.createVectors(folder, config(folder, file)), file);
    }
    Study study = Study.open(folder);
    boolean same = false;
    try {
      requireSame(study, file);
      same = true;
      return new VectorStudy(study, file);
    } finally {
      if (!same) {
        study.close();
      }
    }
  }

  private static VectorStudyConfig config(Path folder, VectorFile file) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    VectorStudyConfig config =
        VectorStudyConfig.of(
            name == null ? "vectors" : name.toString(), Path.of(file.file().name()));
    return file.labelFile() == null ? config : config.withLabels(Path.of(file.labelFile().name()));
  }

  private static void requireSame(Study study, VectorFile file) {
    StudyInfo.DatasetInfo has = study.info().dataset();
    boolean vectors = study.kind() == StudyInfo.DataKind.VECTORS;
    ArrayFile labels = file.labelFile();
    if (!vectors
        || (labels == null) != (has.labelsSource() == null)
        || !has.digest().equals(VectorStudyConfig.digest(file.file(), labels))) {
      throw new IllegalArgumentException(
          study.folder()
              + " is a study of "
              + (vectors ? has.source() : has.name())
              + (vectors ? labels(has.labelsSource()) : "")
              + ", not of "
              + file.file().name()
              + labels(labels == null ? null : labels.name())
              + " as it is now; name another folder with --study");
    }
    if (study.count() != has.count()) {
      throw new IllegalArgumentException(
          study.folder()
              + " looks at "
              + study.count()
              + " of the "
              + has.count()
              + " rows of "
              + has.source()
              + ", and a layout of all is not one of its results; name another folder with --study");
    }
  }

  private static String labels(@Nullable String labels) {
    return labels == null ? " without labels" : " with the labels " + labels;
  }

  /// {@return the study, open for writing}
  public Study study() {
    return study;
  }

  /// What is asked of the study.
  ///
  /// @param params how to project
  /// @return the analysis
  public ProjectionAnalysis analysis(ProjectionParams params) {
    return ProjectionAnalysis.of(new ActivationSource.Input(), params);
  }

  /// A projection that is kept already.
  ///
  /// @param params how
  /// @return its result, if there is one
  public Optional<AnalysisResult> find(ProjectionParams params) {
    return results.find(analysis(params));
  }

  /// Keeps a projection that was iterated to its end.
  ///
  /// @param params how
  /// @param projection what came out
  /// @param judged its quality, measured as [ProjectionAnalysis#qualityParams] says
  /// @param energies on the way
  /// @param seconds of each stage
  /// @return the digest it is kept under
  public String keep(
      ProjectionParams params,
      FileProjection projection,
      LayoutQuality judged,
      EnergyHistory energies,
      Map<String, Double> seconds) {
    OptionalDouble energy = projection.energy();
    FinishedProjection finished =
        new FinishedProjection(
            projection.layout(),
            projection.iteration(),
            energy.isPresent() ? (Double) energy.getAsDouble() : null,
            projection.details(),
            energies.points(),
            seconds,
            Quality.of(judged),
            judged.perObservation());
    return results.store(analysis(params), finished).digest();
  }

  /// What is said about a result.
  ///
  /// @param result of the study
  /// @param params how it was made
  /// @return the report, without an output; its seconds are those it was made in
  public ProjectionReport report(AnalysisResult result, ProjectionParams params) {
    FileProjection projection =
        new FileProjection(
            layout(result.digest()),
            result.iterations(),
            result.iterations(),
            result.energy() == null ? OptionalDouble.empty() : OptionalDouble.of(result.energy()),
            result.details(),
            false);
    return new ProjectionReport(
        file,
        params,
        null,
        new ProjectionReport.Keeping(study.folder().toString(), result.digest(), true),
        projection,
        result.seconds(),
        Map.of(),
        quality(result));
  }

  private QualityBlock quality(AnalysisResult result) {
    Map<String, Object> figures = new LinkedHashMap<>(result.layoutQuality().figures());
    figures.keySet().removeAll(Quality.FIRST_NAMES.values());
    return new QualityBlock(figures, file.classNames());
  }

  private Layout layout(String digest) {
    Column column = results.column(digest, "layout");
    int[] shape = column.shape();
    return Layout.of(
        Matrix.filled(
            shape[0],
            shape[1],
            values ->
                ByteBuffer.wrap(column.littleEndian())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values)));
  }

  @Override
  public void close() {
    study.close();
  }
}
