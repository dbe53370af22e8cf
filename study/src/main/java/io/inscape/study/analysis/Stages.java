package io.inscape.study.analysis;

import io.inscape.matrix.Progress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Takes a computation through its stages, in slices short enough for whoever watches to pause or
/// end it, and measures how long each takes. Used by one thread.
final class Stages implements Progress {
  /// The stage of the iterations, as the methods report it too.
  static final String ITERATING = "layout";

  private static final long SLICE_NANOS = 40_000_000;

  private final Observer observer;
  private final EnergyHistory energies = new EnergyHistory();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private String stage = "";
  private long since;

  Stages(Observer observer) {
    this.observer = observer;
  }

  /// Watches on the computing thread; may block it to pause, or throw a `CancellationException` to
  /// end it.
  interface Observer {
    void stage(String stage, double fraction);

    void sliced(SteppedRun run, EnergyHistory energies);
  }

  /// Begins a stage, unseen until something reports it.
  void enter(String next) {
    rest();
    stage = next;
    since = System.nanoTime();
  }

  /// Begins a stage and says so.
  void begin(String next) {
    report(next, 0);
  }

  /// Ends the last stage.
  void end() {
    rest();
  }

  @Override
  public void report(String now, double part) {
    rest(); // a watcher may let it wait, which is not the stage's time
    observer.stage(now, part);
    enter(now);
  }

  /// Steps a run to its end, shown on the way.
  void iterate(SteppedRun run) {
    enter(run.stage());
    sliced(run);
    slices(run, () -> sliced(run));
  }

  /// Steps a run to its end under a name of its own; only how far it is is shown.
  void iterateAside(String name, SteppedRun run) {
    report(name, run.share());
    slices(run, () -> report(name, run.share()));
  }

  private static void slices(SteppedRun run, Runnable afterEach) {
    int slice = 1;
    while (!run.done()) {
      long begin = System.nanoTime();
      run.step(slice);
      long nanos = Math.max(1, System.nanoTime() - begin);
      slice = (int) Math.clamp(slice * SLICE_NANOS / nanos, 1, Math.min(2L * slice, 200));
      afterEach.run();
    }
  }

  private void sliced(SteppedRun run) {
    energies.look(run);
    rest();
    observer.sliced(run, energies);
    enter(run.stage());
  }

  private void rest() {
    if (!stage.isEmpty()) {
      seconds.merge(stage, (System.nanoTime() - since) / 1e9, Double::sum);
      stage = "";
    }
  }

  EnergyHistory energies() {
    return energies;
  }

  /// How long each stage took, without the time that a watcher let it wait.
  Map<String, Double> seconds() {
    return seconds;
  }
}
