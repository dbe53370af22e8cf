package io.inscape.study.run;

import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The runs of one study. Safe for use by several threads.
public final class Runs {
  private final StudyFolder folder;
  private final SafeFiles files;
  private final RunStore store;
  private final int sampleCount;

  /// The runs in a folder.
  ///
  /// @param folder the study's
  /// @param files writes below it
  /// @param readOnly whether another process may be the writer
  /// @param sampleCount how many observations the study looks at
  public Runs(StudyFolder folder, SafeFiles files, boolean readOnly, int sampleCount) {
    this.folder = folder;
    this.files = files;
    this.store = new RunStore(folder, files, readOnly);
    this.sampleCount = sampleCount;
  }

  /// {@return the runs that can be read, by name}
  public List<Run> all() {
    List<Run> runs = new ArrayList<>();
    for (String name : store.names()) {
      try {
        store.read(name);
        runs.add(new Run(store, folder, name, sampleCount));
      } catch (StudyException _) { // problems() tells
      }
    }
    return runs;
  }

  /// A run by its name.
  ///
  /// @param name the run's name
  /// @return the run
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none
  public Run get(String name) {
    if (!store.names().contains(name)) {
      throw new StudyException(
          Kind.UNKNOWN,
          store.names().isEmpty()
              ? "there is no run "
                  + name
                  + " in the study, which has none yet; ./inscape train DATASET --model mlp --study "
                  + folder.root()
                  + " trains one"
              : "there is no run "
                  + name
                  + " in the study; there are "
                  + String.join(", ", store.names()));
    }
    return new Run(store, folder, name, sampleCount);
  }

  /// {@return one sentence for each run that cannot be read}
  public List<String> problems() {
    return store.problems();
  }

  /// Trains a run, or goes on with it, as `Study.train` has it.
  ///
  /// @param request what to train
  /// @param ground what to train it on
  /// @param threads how many threads compute
  /// @return the run as it is then
  public RunInfo train(RunRequest request, TrainingGround ground, int threads) {
    return new RunTraining(request, ground, folder, files, store).run(threads);
  }

  /// Takes in networks that were trained elsewhere, as `Study.importRun` has it.
  ///
  /// @param request which
  /// @param ground what they are measured on
  /// @param threads how many threads compute
  /// @param progress hears how far it is
  /// @return the run, complete
  public RunInfo bring(
      ImportRequest request, TrainingGround ground, int threads, ImportProgress progress) {
    return new RunImport(request, ground, folder, files, store).run(threads, progress);
  }

  /// Takes in activations that were made elsewhere, as `Study.importActivations` has it.
  ///
  /// @param request which
  /// @param progress hears how far it is
  /// @return the runs as they are then
  public List<RunInfo> bring(ActivationRuns request, ImportProgress progress) {
    return new ActivationImport(request, folder, files, store).run(progress);
  }

  /// Listens to what happens to the runs.
  ///
  /// @param listener called on the thread that trains; must be quick
  /// @return ends the listening
  public Runnable listen(Consumer<RunEvent> listener) {
    return store.listen(listener);
  }
}
