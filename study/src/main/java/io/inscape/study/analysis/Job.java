package io.inscape.study.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// An analysis in the queue, running, or ended. All methods are safe for use by any thread.
public final class Job {
  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

  /// How often a layout is put out to be fetched: at most 30 times a second, 40 MB a second, and
  /// once a second where nobody has fetched the one before.
  private static final long NANOS_BETWEEN_LAYOUTS = 33_000_000;

  private static final long NANOS_PER_LAYOUT_BYTE = 25;
  private static final long NANOS_BETWEEN_UNSEEN = 1_000_000_000;

  /// Energies that an ended job keeps; its result has more.
  private static final int ENERGIES_OF_ENDED = 100;

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
  private List<EnergyHistory.Point> energies = List.of();
  private Map<String, Object> details = Map.of();
  private long revision;
  private @Nullable String error;
  private @Nullable Reached reached;
  private boolean layoutSeen;
  private long layoutDue;
  private boolean pauseAsked;
  private boolean cancelAsked;
  private @Nullable Thread thread;
  private long computedNanos;
  private long runningSince;
  private long lastReport;

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
      return new JobInfo(
          id,
          analysis.kind(),
          digest,
          analysis.about(),
          analysis.method(),
          analysis.parameters(),
          state,
          stage,
          fraction,
          iteration,
          iterations,
          energy,
          energies,
          details,
          revision,
          error,
          nanos / 1e9);
    }
  }

  /// The newest layout. Asking for it lets the next one come sooner.
  ///
  /// @return the positions, `[observation, dim]` of a projection and `[step, observation, dim]` of
  ///   a sequence; empty before the first, and once the job has ended: its result has them
  public Optional<Column> layout() {
    synchronized (queue.monitor()) {
      layoutSeen = true;
      return Optional.ofNullable(reached).map(Reached::layout);
    }
  }

  /// A layout on the way.
  ///
  /// @param layout the positions
  /// @param iteration after which they were so
  public record Reached(Column layout, int iteration) {}

  /// The newest layout and the iteration that it is of.
  ///
  /// @return both; empty before the first, and once the job has ended
  public Optional<Reached> reached() {
    synchronized (queue.monitor()) {
      return Optional.ofNullable(reached);
    }
  }

  /// {@return the number of layouts there have been, which identifies the newest}
  public long revision() {
    synchronized (queue.monitor()) {
      return revision;
    }
  }

  /// Lets a queued or running job rest at its next step; others may compute meanwhile.
  ///
  /// @throws io.inscape.study.file.StudyException of kind `QUEUE_FULL` if too many rest half done
  ///   already
  public void pause() {
    synchronized (queue.monitor()) {
      if (begun() && !pauseAsked) {
        queue.requireRoomToRest();
      }
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
      reached = null; // hundreds of ended jobs are remembered, and a layout may be large
      energies = EnergyHistory.thin(energies, ENERGIES_OF_ENDED);
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
    energies = result.energyHistory();
    details = result.details();
    enter(JobState.DONE);
  }

  /// Sees the computation, on its own thread.
  final class Watch implements Stages.Observer {
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
    public void sliced(SteppedRun run, EnergyHistory history) {
      Column newest = layoutIsDue(run) ? run.positions() : null;
      List<EnergyHistory.Point> points = history.points();
      Map<String, Object> found = run.details();
      synchronized (queue.monitor()) {
        energy = history.newest();
        energies = points;
        details = found;
        if (newest != null) {
          put(newest, run.iteration());
        }
        stage = run.stage();
        iteration = run.iteration();
        iterations = run.iterations();
        fraction = run.share();
        report(run.done());
      }
      queue.deliver();
      queue.checkpoint(Job.this);
    }

    private boolean layoutIsDue(SteppedRun run) {
      synchronized (queue.monitor()) {
        long now = System.nanoTime();
        long due = layoutSeen ? layoutDue : layoutDue + NANOS_BETWEEN_UNSEEN;
        return reached == null || run.done() || pauseAsked || now >= due;
      }
    }

    private void put(Column newest, int iteration) {
      long bytes = newest.littleEndian().length;
      reached = new Reached(newest, iteration);
      layoutSeen = false;
      layoutDue =
          System.nanoTime() + Math.max(NANOS_BETWEEN_LAYOUTS, bytes * NANOS_PER_LAYOUT_BYTE);
      revision++;
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
