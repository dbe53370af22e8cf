package io.inscape.web.bring;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Pipeline;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.StudyConfig;
import io.inscape.study.bring.Bring;
import io.inscape.study.bring.Look;
import io.inscape.study.bring.LookRequest;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunInfo.Answers;
import io.inscape.study.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Imports for real: into the study that is open, or into one that is made for it.
public final class StudyImporter implements Importer {
  private static final String USUAL_PREPROCESSING = "scale";

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
    if (order.activations().isPresent()) {
      return new ActivationImporter(study).look(order);
    }
    return Look.at(request(order), threads);
  }

  @Override
  public Examples examples(ImportOrder order) {
    if (order.activations().isPresent()) {
      throw new IllegalArgumentException(
          "activations are given to no network, so there is no input to show; look at a model");
    }
    DataRequest data = data(order).orElseThrow(StudyImporter::noData);
    Look.Examples examples = Look.examples(data);
    return new Examples(
        examples.values(), examples.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Object graph(ImportOrder order) {
    if (order.activations().isPresent()) {
      throw new IllegalArgumentException(
          "activations come without a network, so there is no graph");
    }
    return Look.graph(request(order));
  }

  private LookRequest request(ImportOrder order) {
    return new LookRequest(
        order.model(),
        data(order),
        order.reading().epochs(),
        Optional.of(new StudyFolder(order.folder()).dataIndex()),
        order.keeping().run());
  }

  /// The data of the study that is open, or those of the order.
  private Optional<DataRequest> data(ImportOrder order) {
    return study.isPresent()
        ? study.map(open -> open.info().dataset().request(open.pipeline()))
        : order.data().map(source -> data(source, order.reading()));
  }

  private static DataRequest data(String source, ImportOrder.Reading reading) {
    return new DataRequest(
        source,
        Pipeline.parse(reading.preprocess().orElse(USUAL_PREPROCESSING)),
        reading.label(),
        reading.tokenizer().map(Path::toString),
        reading.tokens());
  }

  private static IllegalArgumentException noData() {
    return new IllegalArgumentException(
        "data must say which data set the networks were made for; it is missing");
  }

  @Override
  public Work prepare(ImportOrder order) {
    if (order.activations().isPresent()) {
      return new ActivationImporter(study).prepare(order);
    }
    List<ImportRequest> requests =
        Bring.requests(
            request(order),
            order.keeping().withoutPredictions() ? Optional.of(Answers.NONE) : Optional.empty(),
            order.keeping().layers());
    if (study.isPresent()) {
      Study open = study.get();
      requests.forEach(request -> requireNotTraining(open, request.name()));
      return (_, listener) -> bring(open, requests, listener);
    }
    config(order); // says at once what is missing
    return (settled, listener) -> make(settled, requests, listener);
  }

  private static void requireNotTraining(Study open, String name) {
    for (Run run : open.runs()) {
      if (run.name().equals(name) && run.info().state() == RunState.TRAINING) {
        throw new StudyException(
            Kind.IN_USE,
            "run "
                + name
                + " is being trained; wait for it, or give the imported one another name");
      }
    }
  }

  private RunInfo bring(Study open, List<ImportRequest> requests, Listener listener) {
    return Bring.into(open, requests, threads, step -> listener.report(ImportWords.of(step)))
        .getFirst();
  }

  private RunInfo make(ImportOrder order, List<ImportRequest> requests, Listener listener) {
    listener.report(new Step("data", 0, null, "Reading the data"));
    return make(
        Study.create(order.folder(), config(order)), made -> bring(made, requests, listener));
  }

  /// Brings something into a study that was made for it, and closes the study.
  ///
  /// @param made taken back where nothing comes of it
  /// @param bringing the work
  /// @return what came of it
  static RunInfo make(Study made, Function<Study, RunInfo> bringing) {
    boolean complete = false;
    try (made) {
      RunInfo run = bringing.apply(made);
      complete = true;
      return run;
    } finally {
      if (!complete) {
        boolean interrupted = Thread.interrupted(); // or the files could not be removed
        takeBack(new StudyFolder(made.folder()));
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static StudyConfig config(ImportOrder order) {
    Path name = order.folder().getFileName();
    String title = order.keeping().title().orElse(name == null ? "study" : name.toString());
    DataRequest data = data(order.data().orElseThrow(StudyImporter::noData), order.reading());
    return StudyConfig.of(title, data.source())
        .withPipeline(data.pipeline().toString())
        .withObservations(order.keeping().observations().orElse(SampleSize.usual()))
        .withReading(new StudyConfig.Reading(data.label(), data.tokenizer(), data.tokens()));
  }

  /// Removes a study that nothing came of; what makes it a study goes when all else has gone.
  private static void takeBack(StudyFolder folder) {
    try {
      for (String name : List.of("runs", "activations", "results")) {
        Staging.delete(folder.root().resolve(name));
      }
      for (Path file :
          List.of(
              folder.description(),
              folder.sample(),
              folder.sampleLabels(),
              folder.sampleValues())) {
        Staging.delete(file);
      }
    } catch (IOException e) {
      throw StagingArea.disk(folder.root(), e);
    }
  }
}
