package io.inscape.web.bring;

import io.inscape.dataset.InputException;
import io.inscape.study.ActivationStudyConfig;
import io.inscape.study.SampleSize;
import io.inscape.study.Study;
import io.inscape.study.bring.ActivationsLook;
import io.inscape.study.bring.NewActivations;
import io.inscape.study.bring.Understanding;
import io.inscape.study.bring.Understanding.OutsidePart;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunInfo;
import io.inscape.web.bring.Importer.Listener;
import io.inscape.web.bring.Importer.Step;
import io.inscape.web.bring.Importer.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Imports activations that were made elsewhere: as a study of their own, or as new runs and epochs
/// of the study of activations that is open.
final class ActivationImporter {
  private final Optional<Study> study;

  ActivationImporter(Optional<Study> study) {
    this.study = study;
  }

  Understanding look(ImportOrder order) {
    Path brought = order.activations().orElseThrow();
    Understanding found = ActivationsLook.at(brought, study);
    return found.ready()
        ? study
            .flatMap(open -> obstacle(open, order, brought))
            .map(found::withProblem)
            .orElse(found)
        : found;
  }

  /// Why the open study cannot take in these files.
  private static Optional<String> obstacle(Study open, ImportOrder order, Path brought) {
    Path kept = kept(open);
    if (!uploaded(order, brought)) {
      return brought.toAbsolutePath().normalize().equals(kept)
          ? Optional.empty()
          : Optional.of(
              "the study is of the activations in "
                  + kept
                  + ", not in "
                  + brought
                  + "; write new epochs and runs there and name that folder, or make a study of its"
                  + " own");
    }
    if (!kept.startsWith(open.folder().toAbsolutePath().normalize())) {
      return Optional.of(
          "the study refers to the activations where they lie, in "
              + kept
              + ", so none are uploaded into it; write new epochs and runs there and name that"
              + " folder");
    }
    try {
      NewActivations _ = NewActivations.of(brought, kept);
      return Optional.empty();
    } catch (InputException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean uploaded(ImportOrder order, Path brought) {
    return brought.startsWith(new StudyFolder(order.folder()).staging());
  }

  /// Where the study's activations lie.
  private static Path kept(Study open) {
    return open.folder()
        .toAbsolutePath()
        .resolve(open.info().dataset().activationFolder())
        .normalize();
  }

  /// @throws IllegalArgumentException if they cannot be taken in
  Work prepare(ImportOrder order) {
    Understanding found = look(order);
    if (!found.ready()) {
      throw new IllegalArgumentException(String.join("\n", found.problems()));
    }
    List<OutsidePart> runs = Objects.requireNonNull(found.activations()).runs();
    String shown =
        runs.stream()
            .filter(run -> !run.fresh().isEmpty())
            .findFirst()
            .orElse(runs.getFirst())
            .name();
    if (study.isEmpty()) {
      return (settled, listener) -> {
        listener.report(new Step("data", 0, null, "Reading the observations"));
        return StudyImporter.make(
            Study.createActivations(order.folder(), config(settled)),
            made -> take(made, shown, listener));
      };
    }
    Study open = study.get();
    Path brought = order.activations().orElseThrow();
    return uploaded(order, brought)
        ? (_, listener) -> moveIn(open, NewActivations.of(brought, kept(open)), shown, listener)
        : (_, listener) -> take(open, shown, listener);
  }

  private static ActivationStudyConfig config(ImportOrder order) {
    Path name = order.folder().getFileName();
    return ActivationStudyConfig.of(
            order.keeping().title().orElse(name == null ? "study" : name.toString()),
            order.activations().orElseThrow())
        .withObservations(order.keeping().observations().orElse(SampleSize.usual()));
  }

  private static RunInfo take(Study into, String shown, Listener listener) {
    List<RunInfo> taken =
        into.importActivations(false, step -> listener.report(ImportWords.of(step)));
    return taken.stream()
        .filter(run -> run.name().equals(shown))
        .findFirst()
        .orElse(taken.getFirst());
  }

  private static RunInfo moveIn(
      Study open, NewActivations arriving, String shown, Listener listener) {
    listener.report(new Step("data", 0, null, "Moving the files into the study"));
    List<String> before = open.runs().stream().map(Run::name).toList();
    arriving.move();
    boolean complete = false;
    try {
      RunInfo run = take(open, shown, listener);
      complete = true;
      return run;
    } finally {
      if (!complete) {
        boolean interrupted = Thread.interrupted(); // or the files could not be moved
        arriving.takeBack();
        restore(open, before);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Makes the runs what their folders hold again.
  private static void restore(Study open, List<String> before) {
    try {
      for (Run run : open.runs()) {
        if (!before.contains(run.name())) {
          Staging.delete(new StudyFolder(open.folder()).run(run.name()));
        }
      }
      List<RunInfo> _ = open.importActivations(false);
    } catch (IOException e) {
      throw StagingArea.disk(open.folder(), e);
    } catch (InputException | StudyException _) {
      // The folder was broken before: what ended the import says so.
    }
  }
}
