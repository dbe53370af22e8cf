package io.inscape.study.run;

import io.inscape.study.file.Json;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.file.StudyLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads and writes the runs' descriptions, knows those in training, and tells who listens.
final class RunStore {
  private final StudyFolder folder;
  private final SafeFiles files;
  private final boolean readOnly;
  private final Map<String, RunInfo> live = new ConcurrentHashMap<>();
  private final List<Consumer<RunEvent>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Thread watch;

  RunStore(StudyFolder folder, SafeFiles files, boolean readOnly) {
    this.folder = folder;
    this.files = files;
    this.readOnly = readOnly;
  }

  /// The names of the folders that are runs, in order.
  List<String> names() {
    TreeSet<String> names = new TreeSet<>(live.keySet());
    if (Files.isDirectory(folder.runs())) {
      try (Stream<Path> entries = Files.list(folder.runs())) {
        entries
            .filter(entry -> Files.exists(entry.resolve("run.json")))
            .forEach(entry -> names.add(entry.getFileName().toString()));
      } catch (IOException e) {
        throw new StudyException(
            Kind.DAMAGED, folder.runs() + " cannot be listed: " + e.getMessage(), e);
      }
    }
    return List.copyOf(names);
  }

  boolean exists(String run) {
    return live.containsKey(run) || Files.exists(folder.runFile(run));
  }

  /// A run as it is now.
  RunInfo read(String run) {
    RunInfo now = live.get(run);
    if (now != null) {
      return now;
    }
    RunInfo kept = Json.read(folder.runFile(run), RunInfo.class, RunInfo::upgrade);
    if (!kept.name().equals(run)) {
      throw new StudyException(
          Kind.DAMAGED,
          folder.runFile(run) + " describes the run " + kept.name() + "; was its folder renamed?");
    }
    boolean inTraining =
        kept.state() == RunState.TRAINING && readOnly && StudyLock.held(folder.root());
    return kept.state() == RunState.TRAINING && !inTraining
        ? kept.withState(RunState.INTERRUPTED, null)
        : kept;
  }

  /// One sentence for each run that cannot be read.
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String run : names()) {
      try {
        read(run);
      } catch (StudyException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  /// Writes a run and tells everybody.
  void keep(RunInfo run) {
    files.write(folder.runFile(run.name()), Json.pretty(run.withState(run.state(), run.error())));
    announce(run);
  }

  /// Tells everybody how a run stands, and holds it for those who ask while it is in training.
  void announce(RunInfo run) {
    live.put(run.name(), run);
    tell(new RunEvent.Changed(run));
  }

  void progress(RunInfo run, TrainingProgress progress) {
    live.put(run.name(), run.withProgress(progress));
    tell(new RunEvent.Progressed(progress));
  }

  /// Claims a run for one training.
  void claim(RunInfo run) {
    if (live.putIfAbsent(run.name(), run) != null) {
      throw new StudyException(
          Kind.IN_USE, "run " + run.name() + " is being trained already in this process");
    }
    tell(new RunEvent.Changed(run));
  }

  void release(String run) {
    live.remove(run);
  }

  /// Where another process may be the writer, its changes are heard too, within a second or so.
  synchronized Runnable listen(Consumer<RunEvent> listener) {
    listeners.add(listener);
    if (readOnly && watch == null) {
      watch = new RunWatch(this::names, folder::runFile, this::changed).start();
    }
    return () -> forget(listener);
  }

  private synchronized void forget(Consumer<RunEvent> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty() && watch != null) {
      watch.interrupt();
      watch = null;
    }
  }

  private void changed(String run) {
    try {
      tell(new RunEvent.Changed(read(run)));
    } catch (StudyException _) { // problems() tells
    }
  }

  private void tell(RunEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
