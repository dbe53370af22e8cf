package io.inscape.study.bring;

import io.inscape.dataset.InputException;
import io.inscape.network.Network;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.run.Checkpoints;
import io.inscape.study.run.ImportProgress;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.ImportRequest.Checkpoint;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunInfo.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the networks of one or several trainings into a study.
public final class Bring {
  private Bring() {}

  /// What to take in: a run for each training of a folder.
  ///
  /// @param look where the networks are
  /// @param answers what their outputs are; empty to find out
  /// @param layers names of the layers that are looked at; empty for those proposed
  /// @return at least one request
  /// @throws InputException if there is no network file, or the names tell no epochs
  /// @throws IllegalArgumentException if no networks are named
  public static List<ImportRequest> requests(
      LookRequest look, Optional<Answers> answers, Optional<List<String>> layers) {
    Path model =
        look.model()
            .orElseThrow(() -> new IllegalArgumentException("an import needs networks, got none"));
    List<Path> trainings = Checkpoints.runs(model);
    List<ImportRequest> requests = new ArrayList<>();
    for (Path training : trainings) {
      List<Checkpoint> checkpoints = Checkpoints.find(training, look.epochs());
      Network first = Network.read(checkpoints.getFirst().file());
      String name =
          trainings.size() == 1
              ? look.run().orElse(Look.runName(training))
              : look.run().map(run -> run + "-").orElse("") + Look.runName(training);
      requests.add(
          new ImportRequest(name, Look.title(first, training), checkpoints, answers, layers));
    }
    return requests;
  }

  /// Takes them in, one after the other.
  ///
  /// @param study to take them into
  /// @param requests what
  /// @param threads how many threads compute
  /// @param progress hears the fraction of all
  /// @return the runs, complete
  /// @throws InputException as [Study#importRun] has it
  public static List<RunInfo> into(
      Study study, List<ImportRequest> requests, int threads, ImportProgress progress) {
    List<RunInfo> runs = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int begun = i;
      runs.add(
          study.importRun(
              requests.get(i),
              threads,
              step -> progress.report(step.within(begun, requests.size()))));
    }
    return runs;
  }

  /// Takes back a study that was made for networks which do not fit it: the next try, with the
  /// right data set, must not find the wrong one there. A study with a run in it stays.
  ///
  /// @param folder of a study that is not open
  /// @throws StudyException of kind [Kind#DISK] if a file of it cannot be deleted
  public static void forget(Path folder) {
    StudyFolder made = new StudyFolder(folder);
    if (Files.exists(made.runs())) {
      return;
    }
    try {
      for (Path file :
          List.of(made.description(), made.sample(), made.sampleLabels(), made.sampleValues())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StudyException(Kind.DISK, folder + " could not be cleared: " + e.getMessage(), e);
    }
  }
}
