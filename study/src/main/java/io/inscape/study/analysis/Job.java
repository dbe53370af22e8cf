package io.inscape.study.analysis;

import io.inscape.projection.Layout;
import io.inscape.projection.ProjectionRun;
import io.inscape.study.ActivationSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// An analysis in the queue, running, or ended. All methods are safe for use by any thread.
public final class Job {
  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;
  private static final long NANOS_BETWEEN_ENERGIES = 1_000_000_000;

  private final JobQueue queue;
  private final String id;
  private final String digest;
  private final Analysis analysis;

  // All guarded by the queue's monitor.
  private JobState state = JobState.QUEUED;
  private String stage = "waiting";
  private double fraction;
  private int iteration;
  private int iterations;
  private @Nullable Double energy;
  private long revision;
  private @Nullable String error;
  private @Nullable Layout layout;
  private boolean pauseAsked;
  private boolean cancelAsked;
  private @Nullable Thread thread;
  private long computedNanos;
  private long runningSince;
  private long lastReport;
  private long lastEnergy;

  Job(JobQueue queue, String id, String digest, Analysis analysis) {
    this.queue = queue;
    this.id = id;
    this.digest = digest;
    this.analysis = analysis;
  }

  /// {@return what the job is asked for by}
  public String id() {
    return id;
  }

  /// {@return the job as it is now}
  public JobInfo info() {
    synchronized (queue.monitor()) {
      long nanos =
          computedNanos + (state == JobState.RUNNING ? System.nanoTime() - runningSince : 0);
      ActivationSource source = analysis.source();
      return new JobInfo(
          id,
          analysis.kind(),
          digest,
          source.describe(),
          analysis.method(),
          analysis.parameters(),
          state,
          stage,
          fraction,
          iteration,
          iterations,
          energy,
          revision,
          error,
          nanos / 1e9);
    }
  }

  /// {@return the newest layout; empty before the first}
  public Optional<Layout> layout() {
    synchronized (queue.monitor()) {
      return Optional.ofNullable(layout);
    }
  }

  /// {@return the number of layouts there have been, which identifies the newest}
  public long revision() {
    synchronized (queue.monitor()) {
      return revision;
    }
  }

  /// Lets a queued or running job rest at its next step; others may compute meanwhile.
  public void pause() {
    synchronized (queue.monitor()) {
      if (!state.ended()) {
        pauseAsked = true;
        queue.pauseAsked(this);
      }
    }
    queue.deliver();
  }

  /// Lets a paused job go on when its turn comes.
  public void resume() {
    synchronized (queue.monitor()) {
      pauseAsked = false;
      if (state == JobState.PAUSED) {
        queue.enqueueAgain(this);
      }
    }
    queue.deliver();
  }

  /// Ends the job at its next step; nothing of it is kept.
  public void cancel() {
    synchronized (queue.monitor()) {
      if (state.ended() || cancelAsked) {
        return;
      }
      cancelAsked = true;
      queue.cancelAsked(this);
      if (thread != null) {
        thread.interrupt();
      }
    }
    queue.deliver();
  }

  /// Waits for the job to end.
  ///
  /// @return the job as it ended
  /// @throws InterruptedException if the waiting thread is interrupted
  public JobInfo await() throws InterruptedException {
    synchronized (queue.monitor()) {
      while (!state.ended()) {
        queue.monitor().wait();
      }
      return info();
    }
  }

  // What follows is for the queue, which holds its monitor.

  Analysis analysis() {
    return analysis;
  }

  String digest() {
    return digest;
  }

  JobState state() {
    return state;
  }

  boolean pauseAsked() {
    return pauseAsked;
  }

  boolean cancelAsked() {
    return cancelAsked;
  }

  boolean begun() {
    return thread != null;
  }

  void begin(Thread computing) {
    thread = computing;
  }

  void enter(JobState next) {
    long now = System.nanoTime();
    if (state == JobState.RUNNING) {
      computedNanos += now - runningSince;
    }
    if (next == JobState.RUNNING) {
      runningSince = now;
    }
    state = next;
    if (next.ended()) {
      thread = null;
    }
    queue.changed(this);
  }

  void fail(String why) {
    error = why;
    enter(JobState.FAILED);
  }

  void succeed(AnalysisResult result) {
    stage = "done";
    fraction = 1;
    iteration = result.iterations();
    iterations = result.iterations();
    energy = result.energy();
    enter(JobState.DONE);
  }

  /// Sees the computation, on its own thread.
  final class Watch implements ProjectionComputation.Observer {
    @Override
    public void stage(String now, double part) {
      synchronized (queue.monitor()) {
        boolean same = stage.equals(now);
        stage = now;
        fraction = part;
        report(!same);
      }
      queue.deliver();
      queue.checkpoint(Job.this);
    }

    @Override
    public void sliced(ProjectionRun run) {
      long now = System.nanoTime();
      Layout newest = run.layout();
      boolean energyDue = run.done() || now - lastEnergy > NANOS_BETWEEN_ENERGIES;
      Double measured =
          energyDue && run.energy().isPresent() ? (Double) run.energy().getAsDouble() : energy;
      synchronized (queue.monitor()) {
        lastEnergy = energyDue ? now : lastEnergy;
        energy = measured;
        layout = newest;
        revision++;
        stage = "iterations";
        iteration = run.iteration();
        iterations = run.iterations();
        fraction = Results.share(run);
        report(run.done());
      }
      queue.deliver();
      queue.checkpoint(Job.this);
    }

    private void report(boolean always) {
      long now = System.nanoTime();
      if (always || now - lastReport >= NANOS_BETWEEN_REPORTS) {
        lastReport = now;
        queue.changed(Job.this);
      }
    }
  }

  static CancellationException cancelled() {
    return new CancellationException("cancelled");
  }
}
