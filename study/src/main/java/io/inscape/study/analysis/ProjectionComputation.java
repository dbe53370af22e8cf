package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.quality.LayoutQuality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Projects and judges, in slices short enough for whoever watches to pause or end it.
final class ProjectionComputation {
  /// The stage of the iterations, as the methods report it too.
  static final String ITERATING = "layout";

  private static final long SLICE_NANOS = 40_000_000;

  private final ProjectionAnalysis analysis;
  private final Workers workers;
  private final Observer observer;
  private final StageClock clock = new StageClock();
  private final EnergyHistory energies = new EnergyHistory();

  ProjectionComputation(ProjectionAnalysis analysis, Workers workers, Observer observer) {
    this.analysis = analysis;
    this.workers = workers;
    this.observer = observer;
  }

  /// Watches on the computing thread; may block it to pause, or throw a `CancellationException` to
  /// end it.
  interface Observer {
    void stage(String stage, double fraction);

    void sliced(ProjectionRun run, EnergyHistory energies);
  }

  FinishedProjection compute(Matrix data, Optional<int[]> labels) {
    clock.enter("start");
    ProjectionRun run = Projections.start(data, analysis.params(), workers, this::report);
    clock.enter(ITERATING);
    iterate(run);
    clock.enter("quality");
    LayoutQuality judged =
        LayoutQuality.of(
            data,
            run.layout().positions(),
            labels,
            analysis.qualityParams(),
            workers,
            this::report);
    clock.rest();
    return FinishedProjection.of(run, judged, energies.points(), clock.seconds());
  }

  private void iterate(ProjectionRun run) {
    int slice = 1;
    sliced(run);
    while (!run.done()) {
      long begin = System.nanoTime();
      run.step(slice);
      long nanos = Math.max(1, System.nanoTime() - begin);
      slice = (int) Math.clamp(slice * SLICE_NANOS / nanos, 1, Math.min(2L * slice, 200));
      sliced(run);
    }
  }

  private void sliced(ProjectionRun run) {
    energies.look(run);
    clock.rest();
    observer.sliced(run, energies);
    clock.enter(ITERATING);
  }

  private void report(String stage, double part) {
    clock.rest();
    observer.stage(stage, part);
    clock.enter(stage);
  }

  /// How long each stage took, without the time that a watcher let it wait.
  private static final class StageClock {
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String stage = "";
    private long since;

    void enter(String next) {
      rest();
      stage = next;
      since = System.nanoTime();
    }

    void rest() {
      if (!stage.isEmpty()) {
        seconds.merge(stage, (System.nanoTime() - since) / 1e9, Double::sum);
        stage = "";
      }
    }

    Map<String, Double> seconds() {
      return seconds;
    }
  }
}
