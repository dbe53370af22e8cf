package io.inscape.study.analysis;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.projection.Projections;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.quality.Trustworthiness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Projects and judges, in slices short enough for whoever watches to pause or end it.
final class ProjectionComputation {
  static final int TRUSTWORTHINESS_K = 7;
  private static final long SLICE_NANOS = 40_000_000;

  private final ProjectionAnalysis analysis;
  private final Workers workers;
  private final Observer observer;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  ProjectionComputation(ProjectionAnalysis analysis, Workers workers, Observer observer) {
    this.analysis = analysis;
    this.workers = workers;
    this.observer = observer;
  }

  /// Watches on the computing thread; may block it to pause, or throw a `CancellationException` to
  /// end it.
  interface Observer {
    void stage(String stage, double fraction);

    void sliced(ProjectionRun run);
  }

  /// What came out.
  @SuppressWarnings("ArrayRecordComponent") // goes straight to files
  record Outcome(
      Layout layout,
      int iterations,
      @Nullable Double energy,
      Quality quality,
      float[] neighborhoodHit,
      float[] trustworthiness,
      Map<String, Double> seconds) {}

  Outcome compute(Matrix data, int[] labels) {
    long begin = System.nanoTime();
    ProjectionRun run = Projections.start(data, analysis.params(), workers, observer::stage);
    begin = lap("start", begin);
    iterate(run);
    Layout layout = run.layout();
    Double energy = run.energy().isPresent() ? (Double) run.energy().getAsDouble() : null;
    begin = lap("iterations", begin);
    Matrix positions = layout.positions();
    int k = analysis.k();
    observer.stage("quality: neighborhood hit", 0.94);
    NeighborhoodHit hit = NeighborhoodHit.of(positions, labels, k, workers);
    observer.stage("quality: neighborhood hit in the own space", 0.95);
    NeighborhoodHit own = NeighborhoodHit.of(data, labels, k, workers);
    observer.stage("quality: trustworthiness", 0.97);
    Trustworthiness trust = Trustworthiness.of(data, positions, TRUSTWORTHINESS_K, workers);
    lap("quality", begin);
    List<Double> perClass = Arrays.stream(hit.perClass()).boxed().toList();
    Quality quality =
        new Quality(
            k,
            hit.mean(),
            own.mean(),
            NeighborhoodHit.baseline(labels),
            perClass,
            trust.mean(),
            TRUSTWORTHINESS_K);
    return new Outcome(
        layout,
        run.iteration(),
        energy,
        quality,
        hit.perObservation(),
        trust.perObservation(),
        Map.copyOf(seconds));
  }

  private void iterate(ProjectionRun run) {
    int slice = 1;
    observer.sliced(run);
    while (!run.done()) {
      long begin = System.nanoTime();
      run.step(slice);
      long nanos = Math.max(1, System.nanoTime() - begin);
      slice = (int) Math.clamp(slice * SLICE_NANOS / nanos, 1, Math.min(2L * slice, 200));
      observer.sliced(run);
    }
  }

  private long lap(String stage, long begin) {
    long now = System.nanoTime();
    seconds.put(stage, (now - begin) / 1e9);
    return now;
  }
}
