package io.inscape.study.analysis;

import io.inscape.dataset.InputException;
import io.inscape.matrix.Workers;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Computes analyses one after another, each on a platform thread of its own: they compute for
/// seconds without a pause, which on a virtual thread would hold up the requests of the server.
///
/// A paused job gives its place to the next one. All methods are safe for use by any thread;
/// listeners are called without locks held.
public final class JobQueue implements AutoCloseable {
  private static final int CAPACITY = 64;
  private static final int KEPT = 200;
  private static final int MOST_RESTING = 8;

  private final Study study;
  private final Results results;
  private final Workers workers;
  private final int capacity;
  private final int atOnce;
  private final Object monitor = new Object();
  private final List<Consumer<JobInfo>> listeners = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<JobInfo> news = new ConcurrentLinkedQueue<>();

  // All guarded by the monitor.
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int running;
  private long number;
  private boolean closed;

  private JobQueue(Study study, Workers workers, int capacity, int atOnce) {
    this.study = study;
    this.results = new Results(study);
    this.workers = workers;
    this.capacity = capacity;
    this.atOnce = atOnce;
  }

  /// A queue for 64 waiting jobs that computes one at a time.
  ///
  /// @param study where results are kept
  /// @param workers do the arithmetic
  /// @return the queue, to be closed before the workers and the study are
  public static JobQueue start(Study study, Workers workers) {
    return start(study, workers, CAPACITY, 1);
  }

  /// A queue.
  ///
  /// @param study where results are kept
  /// @param workers do the arithmetic
  /// @param capacity how many jobs may wait, at least 1
  /// @param atOnce how many compute at a time, at least 1
  /// @return the queue, to be closed before the workers and the study are
  public static JobQueue start(Study study, Workers workers, int capacity, int atOnce) {
    if (capacity < 1 || atOnce < 1) {
      throw new IllegalArgumentException(
          "a queue needs room for 1 job and must compute 1 at a time, got "
              + capacity
              + " and "
              + atOnce);
    }
    return new JobQueue(study, workers, capacity, atOnce);
  }

  /// Asks for an analysis.
  ///
  /// @param asked what to compute
  /// @return a job that is done already where the result is kept; the one in hand where the same
  ///   was asked for before; a new one otherwise
  /// @throws StudyException of kind [Kind#QUEUE_FULL], or if the run or epoch is not there
  /// @throws IllegalArgumentException if the layer is not there
  public Job submit(Analysis asked) {
    Analysis analysis = results.resolve(asked);
    requireLayer(analysis);
    Optional<AnalysisResult> kept = results.find(analysis);
    String digest = kept.map(AnalysisResult::digest).orElseGet(() -> results.digest(analysis));
    Job job;
    synchronized (monitor) {
      Optional<Job> same = inHand(digest, kept.isPresent());
      if (same.isPresent()) {
        return same.get();
      }
      if (closed) {
        throw new CancellationException("the queue is closed");
      }
      if (kept.isEmpty() && waiting.size() >= capacity) {
        throw new StudyException(
            Kind.QUEUE_FULL,
            "at most " + capacity + " jobs wait, and as many do; cancel one, or ask again later");
      }
      job = new Job(this, "job-" + ++number, digest, analysis);
      jobs.put(job.id(), job);
      forgetOldest();
      if (kept.isPresent()) {
        job.succeed(kept.get());
      } else {
        study.requireWritable("compute a " + analysis.kind());
        waiting.add(job);
        changed(job);
        startNext();
      }
    }
    deliver();
    return job;
  }

  private void requireLayer(Analysis analysis) {
    if (analysis instanceof ProjectionAnalysis projection
        && projection.source() instanceof ActivationSource.Layer(var run, _, var name)) {
      var layers = study.run(run).info().layers().stream().map(layer -> layer.name()).toList();
      if (!layers.contains(name)) {
        throw new IllegalArgumentException(
            "run " + run + " has no layer " + name + "; there are " + String.join(", ", layers));
      }
    }
  }

  private Optional<Job> inHand(String digest, boolean kept) {
    return jobs.values().stream()
        .filter(job -> job.digest().equals(digest))
        .filter(job ->
            (!job.state().ended() && !job.cancelAsked()) || (kept && job.state() == JobState.DONE))
        .findFirst();
  }

  /// {@return the jobs, newest last; of those that ended the last 200}
  public List<Job> jobs() {
    synchronized (monitor) {
      return List.copyOf(jobs.values());
    }
  }

  /// A job by its id.
  ///
  /// @param id the job's id
  /// @return the job
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none
  public Job job(String id) {
    synchronized (monitor) {
      Job job = jobs.get(id);
      if (job == null) {
        throw new StudyException(
            Kind.UNKNOWN, "there is no job " + id + "; it may have ended long ago");
      }
      return job;
    }
  }

  /// {@return what computes, for answers that are no jobs; not to be closed}
  public Workers workers() {
    return workers;
  }

  /// {@return how many threads compute}
  public int threads() {
    return workers.threads();
  }

  /// Listens to the jobs: every change of state, and progress at most ten times a second for each.
  ///
  /// @param listener called on the thread that computes or asks; must be quick
  /// @return ends the listening
  public Runnable listen(Consumer<JobInfo> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// Cancels all jobs and waits until none computes any more. An interrupt of the calling thread
  /// does not shorten the wait, and stays set.
  @Override
  public void close() {
    List<Job> all;
    synchronized (monitor) {
      closed = true;
      all = List.copyOf(jobs.values());
    }
    all.forEach(Job::cancel);
    boolean interrupted = false;
    for (Job job : all) {
      while (true) {
        try {
          job.await();
          break;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // What follows is for the jobs.

  Object monitor() {
    return monitor;
  }

  /// Notes a job's news, to be delivered once the monitor is left.
  void changed(Job job) {
    news.add(job.info());
    monitor.notifyAll();
  }

  /// Tells the listeners, one thread at a time so that news stay in order.
  void deliver() {
    synchronized (news) {
      for (JobInfo info = news.poll(); info != null; info = news.poll()) {
        for (Consumer<JobInfo> listener : listeners) {
          listener.accept(info);
        }
      }
    }
  }

  /// Refuses to let one more job rest half done: each holds all that it works with.
  void requireRoomToRest() {
    long resting =
        jobs.values().stream()
            .filter(job -> job.begun() && job.pauseAsked() && !job.state().ended())
            .count();
    if (resting >= MOST_RESTING) {
      throw new StudyException(
          Kind.QUEUE_FULL,
          "at most "
              + MOST_RESTING
              + " jobs can rest half done, and as many do; resume or cancel one");
    }
  }

  void pauseAsked(Job job) {
    if (waiting.remove(job)) {
      job.enter(JobState.PAUSED);
    }
  }

  void enqueueAgain(Job job) {
    waiting.addFirst(job);
    job.enter(JobState.QUEUED);
    startNext();
  }

  void cancelAsked(Job job) {
    waiting.remove(job);
    if (!job.begun()) {
      job.enter(JobState.CANCELLED);
    }
  }

  /// Where a computing thread rests or ends.
  void checkpoint(Job job) {
    synchronized (monitor) {
      if (job.pauseAsked() && !job.cancelAsked()) {
        running--;
        job.enter(JobState.PAUSED);
        startNext();
        awaitTurn(job);
      }
      if (job.cancelAsked()) {
        throw Job.cancelled();
      }
    }
    deliver();
  }

  /// Waits until the job is the one to go on, or is cancelled; either way it holds a place
  /// afterwards.
  private void awaitTurn(Job job) {
    while (job.state() != JobState.RUNNING && !job.cancelAsked()) {
      try {
        if (!news.isEmpty()) { // nobody else may be left to deliver that this job rests
          Thread.ofVirtual().name("inscape-news").start(this::deliver);
        }
        monitor.wait();
      } catch (InterruptedException _) { // a cancel: the loop's condition tells
        if (!job.cancelAsked()) {
          throw Job.cancelled();
        }
      }
    }
    if (job.state() != JobState.RUNNING) {
      running++; // given back at once by the thread's end
    }
  }

  private void startNext() {
    while (running < atOnce && !waiting.isEmpty()) {
      Job job = waiting.removeFirst();
      running++;
      boolean begun = job.begun();
      job.enter(JobState.RUNNING);
      if (!begun) {
        Thread thread =
            Thread.ofPlatform().daemon().name("inscape-" + job.id()).unstarted(() -> compute(job));
        job.begin(thread);
        thread.start();
      }
    }
  }

  private void compute(Job job) {
    try {
      AnalysisResult result = results.compute(job.analysis(), workers, job.new Watch());
      end(() -> job.succeed(result));
    } catch (CancellationException _) {
      end(() -> job.enter(JobState.CANCELLED));
    } catch (StudyException | InputException | IllegalArgumentException e) {
      end(() -> finish(job, String.valueOf(e.getMessage())));
    } catch (Throwable e) { // our fault, but the queue must go on
      end(() -> finish(job, "unexpected: " + e));
      throw e;
    }
  }

  private static void finish(Job job, String why) {
    if (job.cancelAsked()) { // an interrupt may look like a failing file
      job.enter(JobState.CANCELLED);
    } else {
      job.fail(why);
    }
  }

  private void end(Runnable how) {
    synchronized (monitor) {
      running--;
      how.run();
      startNext();
    }
    deliver();
  }

  private void forgetOldest() {
    Iterator<Job> oldest = jobs.values().iterator();
    long ended = jobs.values().stream().filter(job -> job.state().ended()).count();
    while (ended > KEPT && oldest.hasNext()) {
      if (oldest.next().state().ended()) {
        oldest.remove();
        ended--;
      }
    }
  }
}
