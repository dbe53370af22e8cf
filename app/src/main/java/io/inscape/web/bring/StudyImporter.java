package io.inscape.web.bring;

import io.inscape.dataset.Part;
import io.inscape.http.HttpError;
import io.inscape.network.Network;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Checkpoints;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.ImportRequest.Checkpoint;
import io.inscape.study.run.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Imports for real: into the study that is open, or into one that is made for it.
public final class StudyImporter implements Importer {
  private final Optional<Study> study;
  private final int threads;

  private StudyImporter(Optional<Study> study, int threads) {
    this.study = study;
    this.threads = threads;
  }

  /// Adds runs to a study.
  ///
  /// @param study open for writing
  /// @param threads how many threads compute
  /// @return the importer
  public static StudyImporter into(Study study, int threads) {
    return new StudyImporter(Optional.of(study), threads);
  }

  /// Makes a study.
  ///
  /// @param threads how many threads compute
  /// @return the importer
  public static StudyImporter fresh(int threads) {
    return new StudyImporter(Optional.empty(), threads);
  }

  @Override
  public Object look(ImportOrder order) {
    throw new HttpError(501, "this build cannot look at networks yet");
  }

  @Override
  public Examples examples(ImportOrder order) {
    throw new HttpError(501, "this build cannot look at data yet");
  }

  @Override
  public Work prepare(ImportOrder order) {
    Path model =
        order
            .model()
            .orElseThrow(() -> new IllegalArgumentException("model must say which networks"));
    List<Checkpoint> checkpoints = Checkpoints.find(model);
    Network first = Network.read(checkpoints.getFirst().file());
    String run = order.keeping().run().orElseGet(() -> safe(model.getFileName().toString()));
    ImportRequest request = new ImportRequest(run, first.name(), checkpoints);
    return study.isPresent()
        ? listener -> bring(study.get(), request, listener)
        : listener -> make(order, request, listener);
  }

  private RunInfo bring(Study open, ImportRequest request, Listener listener) {
    return open.importRun(
        request,
        threads,
        (stage, fraction) -> listener.report(new Step(stage, fraction, null, "")));
  }

  private RunInfo make(ImportOrder order, ImportRequest request, Listener listener) {
    Path folder = order.folder();
    boolean complete = false;
    try (Study made = Study.create(folder, config(order))) {
      RunInfo run = bring(made, request, listener);
      complete = true;
      return run;
    } finally {
      if (!complete) {
        takeBack(new StudyFolder(folder));
      }
    }
  }

  private static StudyConfig config(ImportOrder order) {
    Path name = order.folder().getFileName();
    String title = order.keeping().title().orElse(name == null ? "study" : name.toString());
    String data =
        order
            .data()
            .orElseThrow(() -> new IllegalArgumentException("data must say which data set"));
    return StudyConfig.of(title, data)
        .withPipeline(order.reading().preprocess().orElse("scale"))
        .withSplit(Part.TEST)
        .withObservations(order.keeping().observations().orElse(SampleSize.usual()));
  }

  /// Removes a study that nothing came of; what makes it a study goes when all else has gone.
  private static void takeBack(StudyFolder folder) {
    try {
      for (String name : List.of("runs", "activations", "results")) {
        Staging.delete(folder.root().resolve(name));
      }
      Staging.delete(folder.description());
      Staging.delete(folder.sample());
      Staging.delete(folder.sampleLabels());
    } catch (IOException e) {
      throw new StudyException(
          Kind.DISK, folder.root() + " cannot be cleared of the study that was begun", e);
    }
  }

  private static String safe(String name) {
    String begun =
        name.toLowerCase(Locale.ROOT)
            .replaceFirst("\\.onnx$", "")
            .replaceAll("[^a-z0-9._-]", "-")
            .replaceFirst("^[.-]+", "");
    return begun.isEmpty() ? "imported" : begun.substring(0, Math.min(64, begun.length()));
  }
}
