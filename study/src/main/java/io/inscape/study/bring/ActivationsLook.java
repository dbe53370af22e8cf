package io.inscape.study.bring;

import io.inscape.activation.outside.OutsideArray;
import io.inscape.dataset.ImageShape;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Targets;
import io.inscape.study.Study;
import io.inscape.study.StudyInfo;
import io.inscape.study.bring.Understanding.ActivationsPart;
import io.inscape.study.bring.Understanding.DataPart;
import io.inscape.study.bring.Understanding.OutsideLayer;
import io.inscape.study.bring.Understanding.OutsidePart;
import io.inscape.study.outside.OutsideData;
import io.inscape.study.outside.OutsideFolder;
import io.inscape.study.outside.OutsideRun;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at a folder of activations before they are taken in: which runs, epochs, layers and
/// observations there are, and which views there will be. Nothing is written, and of the arrays
/// only what describes them is read.
public final class ActivationsLook {
  private final Path folder;
  private final Optional<Study> study;
  private final List<String> problems = new ArrayList<>();
  private int epochs; // of the longest run, once all is in

  private ActivationsLook(Path folder, Optional<Study> study) {
    this.folder = folder;
    this.study = study;
  }

  /// Looks.
  ///
  /// @param folder as `docs/formats.md` has it
  /// @param study that they are to be taken into; empty for a new one
  /// @return what was understood; what stands in the way is said in it, not thrown
  public static Understanding at(Path folder, Optional<Study> study) {
    return new ActivationsLook(folder, study).look();
  }

  /// Says why a study cannot take in activations at all.
  ///
  /// @param study which
  /// @return a sentence, if it cannot
  public static Optional<String> refusal(Study study) {
    return study.info().dataset().madeElsewhere()
        ? Optional.empty()
        : Optional.of(
            "study "
                + study.info().name()
                + " is about "
                + study.info().dataset().name()
                + ", not about activations that were made elsewhere; make a new study for them");
  }

  private Understanding look() {
    study.flatMap(ActivationsLook::refusal).ifPresent(problems::add);
    String name = String.valueOf(Objects.requireNonNullElse(folder.getFileName(), folder));
    try (OutsideData data = OutsideData.open(folder)) {
      DataPart observations = study.map(open -> of(open.info().dataset())).orElse(of(name, data));
      int count = study.map(open -> open.info().dataset().count()).orElse(data.count());
      int classes = observations.classes().size();
      List<OutsidePart> runs = new ArrayList<>();
      for (OutsideRun run : OutsideFolder.find(folder)) {
        runs.add(part(run, count, classes));
      }
      if (runs.isEmpty()) {
        throw InputException.missing(
            folder.resolve("<run>/<epoch>/<layer>.npy").toString(),
            "a folder for each run with its epochs in it",
            "see docs/formats.md, Activations made elsewhere");
      }
      return understanding(new ActivationsPart(name, count, runs, null), observations);
    } catch (InputException e) {
      String sentence = String.valueOf(e.getMessage());
      problems.add(sentence);
      return understanding(new ActivationsPart(name, 0, List.of(), sentence), null);
    }
  }

  private Understanding understanding(ActivationsPart part, @Nullable DataPart data) {
    List<Understanding.View> views =
        data == null || !problems.isEmpty() ? List.of() : ActivationViews.of(part, epochs, data);
    return new Understanding(null, part, data, null, null, views, problems, problems.isEmpty());
  }

  private OutsidePart part(OutsideRun run, int count, int classes) {
    String problem = null;
    try {
      RunRequest.requireName(run.name());
      run.requireWhole(count);
      run.epochs().forEach(epoch -> requireClasses(run, epoch, classes));
    } catch (InputException | IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
      problems.add(problem);
    }
    List<Integer> brought = run.epochs().stream().map(OutsideRun.Epoch::epoch).toList();
    List<Integer> known = known(run.name());
    List<Integer> fresh = brought.stream().filter(epoch -> !known.contains(epoch)).toList();
    Set<Integer> all = new HashSet<>(known);
    all.addAll(brought);
    epochs = Math.max(epochs, all.size());
    int predictions =
        Math.toIntExact(
            run.epochs().stream().filter(epoch -> epoch.predictions().isPresent()).count());
    return new OutsidePart(
        run.name(),
        brought,
        fresh,
        problem == null ? layers(run) : List.of(),
        predictions,
        run.metrics().size(),
        problem);
  }

  private static List<OutsideLayer> layers(OutsideRun run) {
    return run.epochs().getFirst().layers().stream()
        .map(layer -> new OutsideLayer(layer.name(), layer.array().units(), layer.shape()))
        .toList();
  }

  private List<Integer> known(String run) {
    return study.stream()
        .flatMap(open -> open.runs().stream())
        .filter(one -> one.name().equals(run))
        .map(Run::info)
        .flatMap(info -> info.snapshots().stream())
        .toList();
  }

  private static void requireClasses(OutsideRun run, OutsideRun.Epoch epoch, int classes) {
    if (classes == 0 || epoch.predictions().isEmpty()) {
      return;
    }
    OutsideArray predictions = epoch.predictions().get();
    if (predictions.units() != classes) {
      throw InputException.unsupported(
          predictions.file().toString(),
          "epoch " + epoch.epoch() + " of run " + run.name() + ", predictions",
          predictions.units() + " numbers for each observation",
          classes + ", a probability for each class",
          "write the outputs after softmax, and the names of all classes into classes.txt");
    }
  }

  /// The observations of a new study.
  private static DataPart of(String name, OutsideData data) {
    int classes = data.classNames().size();
    List<Integer> counts = new ArrayList<>(Collections.nCopies(classes, 0));
    if (data.targets() instanceof Targets.Classes known) {
      for (int label : known.labels()) {
        counts.set(label, counts.get(label) + 1);
      }
    }
    String labels =
        switch (data.targets()) {
          case Targets.Classes _ -> "classes";
          case Targets.Values _ -> "values";
          case Targets.None _ -> "none";
        };
    return part(
        name,
        data.shape().orElse(null),
        data.columns(),
        data.count(),
        data.classNames(),
        labels,
        counts);
  }

  /// The observations of a study that is there, which never change.
  private static DataPart of(StudyInfo.DatasetInfo dataset) {
    String labels =
        switch (Objects.requireNonNull(dataset.labels())) {
          case CLASSES -> "classes";
          case VALUES -> "values";
          case NONE -> "none";
        };
    return part(
        dataset.name(),
        dataset.shape(),
        dataset.columns(),
        dataset.count(),
        dataset.classNames(),
        labels,
        List.of());
  }

  @SuppressWarnings("TooManyParameters") // what a part has
  private static DataPart part(
      String name,
      @Nullable ImageShape shape,
      int columns,
      int count,
      List<String> classes,
      String labels,
      List<Integer> counts) {
    return new DataPart(
        name,
        shape != null ? "images" : columns > 0 ? "vectors" : "none",
        shape == null ? null : List.of(shape.channels(), shape.rows(), shape.cols()),
        columns,
        0,
        count,
        classes,
        labels,
        counts,
        shape == null ? "none" : "scale",
        null);
  }
}
